"""`make bench`: the classifier beside a plain peer in the same run, on the starter corpus and on real messages."""

import csv
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline

from classifier import LabelledText, starter_corpus, train

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "appeals_train.csv"
_FOLDS = 3

Learner = Callable[[Sequence[LabelledText], Sequence[str]], list[str]]


def ours(rows: Sequence[LabelledText], asked: Sequence[str]) -> list[str]:
    """Train as the bot does; return the best label of each text."""
    model = train(rows)
    return [guess.ranked[0].label for guess in model.guess_many(list(asked))]


def plain(rows: Sequence[LabelledText], asked: Sequence[str]) -> list[str]:
    """What a tutorial does: jieba words, TF-IDF, logistic regression."""
    made = make_pipeline(TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None), LogisticRegression(max_iter=300))
    made.fit([row.text for row in rows], [row.label for row in rows])
    return list(made.predict(list(asked)))


def real_messages() -> list[LabelledText]:
    """The messages that lie beside the project for measuring; none where they do not."""
    if not REAL.exists():
        return []
    with REAL.open(encoding="utf-8", newline="") as file:
        return [LabelledText(f"{row['title']}\n{row['body']}", row["label"], "") for row in csv.DictReader(file)]


def crossed(rows: Sequence[LabelledText], learner: Learner) -> tuple[float, float, float]:
    """Return accuracy, macro-F1 and CPU seconds of one learner, cross-validated."""
    labels = [row.label for row in rows]
    truth: list[str] = []
    said: list[str] = []
    begun = time.process_time()
    for known, held in StratifiedKFold(_FOLDS, shuffle=True, random_state=0).split(labels, labels):
        said += learner([rows[at] for at in known], [rows[at].text for at in held])
        truth += [labels[at] for at in held]
    return accuracy_score(truth, said), f1_score(truth, said, average="macro"), time.process_time() - begun


def main() -> int:
    """Print the table."""
    print(f"{'messages':<24}{'learner':<10}{'accuracy':>10}{'macro-F1':>10}{'CPU s / plain':>15}")
    for name, rows in (("starter corpus", starter_corpus()), ("real, seven topics", real_messages())):
        if not rows:
            print(f"{name:<24}not measured: {REAL.name} is not there")
            continue
        peer = crossed(rows, plain)
        mine = crossed(rows, ours)
        for learner, (accuracy, f1, seconds) in (("plain", peer), ("ours", mine)):
            print(f"{name:<24}{learner:<10}{accuracy:>10.3f}{f1:>10.3f}{seconds / peer[2]:>15.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
