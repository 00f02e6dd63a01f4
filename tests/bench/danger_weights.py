"""`python -m tests.bench.danger_weights`: learn from written texts what each piece of text weighs, and keep it.

Learnt from are the written sets, and as texts without danger the classifier's starter corpus: nothing but what was
written for this project, so that everybody gets the same weights. With `unseen` it keeps nothing, and prints how each
set is judged by what is learnt from the others.
"""

import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

import classifier
from storage.city.dangers import WEIGHTS, load_dangers
from storage.domain.dangers import Danger, find_danger
from storage.domain.scale import Scale, pieces_of
from tests.bench.dangers import WRITTEN, figures, judged, print_head, print_line, set_of

KINDS = tuple(Danger)
_OFTEN = 2  # a piece that stands in fewer texts tells nothing
_ORDINARY = 0.3  # what a text of the starter corpus counts beside one that was written about danger
_NOTHING = 0.1  # what weighs less is left out, unless it tells one kind from another
_STARTER = Path(classifier.__file__).parent / "data" / "starter"


def written(paths: Iterable[Path]) -> tuple[list[str], list[str]]:
    """Return the folded texts of some files, and the danger of each, empty where there is none."""
    fold, texts, dangers = load_dangers().folding.fold, [], []
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                texts.append(fold(row["text"]))
                dangers.append(row.get("danger") or "")
    return texts, dangers


def ordinary() -> list[str]:
    """Return the folded texts of the starter corpus in which no word tells of danger."""
    rules = load_dangers()
    wordy = replace(rules, scale=replace(rules.scale, pieces={}, rest=-1.0))
    paths = sorted(_STARTER.glob("*.csv"))
    texts = [row["text"] for path in paths for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())]
    return [rules.folding.fold(text) for text in texts if find_danger(text, wordy) is None]


def learn(texts: Sequence[str], dangers: Sequence[str]) -> Scale:
    """Return the scale that tells those texts apart best, without trusting any single piece too much."""
    calm = ordinary()
    counted = CountVectorizer(analyzer=pieces_of, binary=True, min_df=_OFTEN)
    rows: Any = normalize(counted.fit_transform([*texts, *calm]))
    counts = [1.0] * len(texts) + [_ORDINARY] * len(calm)
    is_danger = [bool(each) for each in dangers] + [False] * len(calm)
    at_all = LogisticRegression(C=20, max_iter=3_000).fit(rows, is_danger, sample_weight=counts)
    some = [place for place, each in enumerate(dangers) if each]
    of_kinds = LogisticRegression(C=30, max_iter=3_000).fit(rows[some], [dangers[place] for place in some])
    order = [list(of_kinds.classes_).index(kind) for kind in KINDS]
    names = counted.get_feature_names_out()
    return Scale(
        kinds=KINDS,
        pieces=dict(zip(names, at_all.coef_[0].tolist(), strict=True)),
        of_kinds=dict(zip(names, map(tuple, of_kinds.coef_[order].T.tolist()), strict=True)),
        rest=float(at_all.intercept_[0]),
        rest_of_kinds=tuple(of_kinds.intercept_[order].tolist()),
    )


def keep(scale: Scale) -> None:
    """Write the scale to the city's files, one piece a line."""
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["piece", "danger", *scale.kinds])
        lines.writerow(["", *_rounded(scale.rest, scale.rest_of_kinds)])
        for piece in sorted(each for each in scale.pieces if _tells(scale, each)):
            lines.writerow([piece, *_rounded(scale.pieces[piece], scale.of_kinds[piece])])


def _tells(scale: Scale, piece: str) -> bool:
    """Whether a piece weighs enough to be kept."""
    return abs(scale.pieces[piece]) >= _NOTHING or any(abs(each) >= _NOTHING for each in scale.of_kinds[piece])


def _rounded(weight: float, of_kinds: Sequence[float]) -> list[str]:
    return [f"{weight:.2f}", *(f"{each:.1f}" for each in of_kinds)]


def print_unseen() -> None:
    """Print how each set is judged by the scale learnt from the others; the words were tuned on the first two."""
    paths = sorted(WRITTEN.glob("*.csv"))
    print_head()
    for name in sorted(set(map(set_of, paths))):
        scale = learn(*written(path for path in paths if set_of(path) != name))
        rules = replace(load_dangers(), scale=scale)
        rows = [row for path in paths if set_of(path) == name for row in judged(path, rules)]
        print_line(name.replace("_", " ") or "tuned", figures(rows))


def main(argument: str = "") -> int:
    """Learn from all written sets, or measure."""
    if argument == "unseen":
        print_unseen()
    else:
        keep(learn(*written(sorted(WRITTEN.glob("*.csv")))))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
