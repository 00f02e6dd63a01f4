"""What helps the classifier on real messages and what does not: `python -m tests.bench.classifier`.

Five folds of the messages beside the project, the same for all. Each way is learnt with one thing changed and asked
three questions: whole messages, their first 60 characters, and the first 60 of the body alone. Nothing is written down
but figures.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from types import ModuleType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, f1_score

from classifier import LabelledText, columns, pipeline, tokens, training
from classifier.evaluation import cross_validated
from classifier.training import Known, dealt, unwatched
from tests.bench.__main__ import REAL, real_messages

_FOLDS: Final = 5
_BEGINNING: Final = 60
_OF_THE_HEAD: Final = {"EVEN", "RARE", "PENALTY"}
_PLACE: Final = re.compile(r"[A-Z]\d*(?=[\u5e02\u533a\u53bf\u9547\u4e61\u6751])")
"""A letter that stands for the name of a city, district, county, town or village."""

Rows = Sequence[LabelledText]
Marks = NDArray[np.bool_]


@dataclass(frozen=True)
class Way:
    """One way to learn: constants that differ, texts that are changed before, and which rows are learnt from."""

    constants: Mapping[tuple[ModuleType, str], Any] = field(default_factory=dict)
    text: Callable[[str], str] = str
    choose: Callable[[Known, Marks], Marks] = lambda _known, learnt: learnt


def sorts(**lengths: float) -> tuple[columns.Sort, ...]:
    """Return the sorts of columns with other lengths; 0 leaves one out."""
    names = ("words", "runs", "title_words", "title_runs")
    return tuple(
        each._replace(length=lengths.get(name, each.length)) for name, each in zip(names, columns.SORTS, strict=True)
    )


def without_likely_errors(known: Known, learnt: Marks) -> Marks:
    """Leave out what a model of the other half finds least likely to bear its label: 2 % of what is learnt."""
    names = sorted({row.label for row in known.rows})
    half = dealt([row.label for row in known.rows], 2, seed=1)
    margin = np.full(len(known.rows), np.inf)
    for aside in (0, 1):
        asked = np.flatnonzero(learnt & (half == aside))
        scores = known.learnt(learnt & (half != aside), seed=0).scores(known.matrix[asked])
        truth = np.asarray([names.index(known.rows[at].label) for at in asked.tolist()])
        own = scores[np.arange(len(asked)), truth]
        scores[np.arange(len(asked)), truth] = -np.inf
        margin[asked] = own - scores.max(axis=1)
    return learnt & (margin > np.quantile(margin[learnt], 0.02))


def _sorts(**lengths: float) -> Way:
    chosen = sorts(**lengths)
    return Way({(columns, "SORTS"): chosen, (pipeline, "SORTS"): chosen})


WAYS: Final[Mapping[str, Way]] = {
    "as it is": Way(),
    "titles not told from bodies": Way({(tokens, "LONGEST_TITLE"): 0}),
    "a title counts once among the words": Way({(columns, "TITLE_COUNTS"): 1}),
    "no columns of the title alone": _sorts(title_words=0.0, title_runs=0.0),
    "no beginnings learnt from": Way({(training, "LONG"): sys.maxsize}),
    "beginnings count in full": Way({(training, "BEGINNING_COUNTS"): 1.0}),
    "columns not weighed": Way({(pipeline, "EVEN"): 1.0}),
    "columns weighed harder (EVEN .5)": Way({(pipeline, "EVEN"): 0.5}),
    "runs of two characters at most": Way({(columns, "LONGEST_RUN"): 2}),
    "words alone": _sorts(runs=0.0, title_runs=0.0),
    "runs alone": _sorts(words=0.0, title_words=0.0),
    "C 0.25": Way({(pipeline, "PENALTY"): 0.25}),
    "letters for places made one word": Way(text=lambda text: _PLACE.sub(tokens.ELSEWHERE, text)),
    "2 % that look wrongly labelled left out": Way(choose=without_likely_errors),
    "as it was before (words, runs of two, nothing else)": Way(
        {
            (tokens, "LONGEST_TITLE"): 0,
            (training, "LONG"): sys.maxsize,
            (pipeline, "EVEN"): 1.0,
            (columns, "LONGEST_RUN"): 2,
        }
    ),
}
QUESTIONS: Final[Mapping[str, Callable[[str], str]]] = {
    "whole": str,
    "first 60": lambda text: text[:_BEGINNING],
    "body's 60": lambda text: text.partition("\n")[2][:_BEGINNING],
}


@cache
def _as_numbers(rows: tuple[LabelledText, ...]) -> Known:
    return Known.of(rows, unwatched)


def known_in(way: Way, rows: Rows) -> Known:
    """Return the rows as numbers; those of ways that differ only in how a head is learnt are made once."""
    if way.text is str and all(name in _OF_THE_HEAD for _module, name in way.constants):
        return _as_numbers(tuple(rows))
    return Known.of([replace(row, text=way.text(row.text)) for row in rows], unwatched)


def answered(rows: Rows, way: Way) -> dict[str, list[list[str]]]:
    """Return, for each question, the two best labels of each row by a model that learnt from the other folds."""
    folds = dealt([row.label for row in rows], _FOLDS, seed=0)
    with changed(way.constants):
        known = known_in(way, rows)
        said: dict[str, list[list[str]]] = {question: [[] for _ in rows] for question in QUESTIONS}
        for fold in range(_FOLDS):
            head = known.learnt(way.choose(known, folds != fold), seed=0)
            asked = np.flatnonzero(folds == fold).tolist()
            for question, of in QUESTIONS.items():
                cut = [tokens.cut(of(known.rows[at].text)) for at in asked]
                best = np.argsort(-head.scores(known.features.matrix(cut)), axis=1)[:, :2]
                for at, two in zip(asked, best.tolist(), strict=True):
                    said[question][at] = [head.labels[column] for column in two]
    return said


@contextmanager
def changed(constants: Mapping[tuple[ModuleType, str], Any]) -> Iterator[None]:
    """Let constants have other values meanwhile."""
    before = {(module, name): getattr(module, name) for module, name in constants}
    for (module, name), value in constants.items():
        setattr(module, name, value)
    try:
        yield
    finally:
        for (module, name), value in before.items():
            setattr(module, name, value)


def line(rows: Rows, said: Mapping[str, list[list[str]]]) -> str:
    """Return macro-F1, accuracy and top-2 of whole messages, and the accuracy of beginnings."""
    truth = [row.label for row in rows]
    best = {question: [two[0] for two in twos] for question, twos in said.items()}
    figures = [
        f1_score(truth, best["whole"], average="macro"),
        accuracy_score(truth, best["whole"]),
        float(np.mean([one in two for one, two in zip(truth, said["whole"], strict=True)])),
        accuracy_score(truth, best["first 60"]),
        accuracy_score(truth, best["body's 60"]),
    ]
    return " | ".join(f"{each:.4f}"[1:] for each in figures)


def main() -> int:
    """Print the table of ways, then the figures with curve and threshold learnt within each training part."""
    rows = real_messages()
    if not rows:
        print(f"What helps the classifier is not measured: {REAL.name} does not lie beside the project.")
        return 0
    print("| way | macro-F1 | accuracy | top-2 | accuracy, first 60 | accuracy, body's 60 |\n|---|---|---|---|---|---|")
    for name, way in WAYS.items():
        print(f"| {name} | {line(rows, answered(rows, way))} |", flush=True)
    report = cross_validated(rows, folds=_FOLDS, seed=0).to_json()
    print("".join(f"\n{name:14}{value:.4f}" for name, value in report.items() if isinstance(value, float)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
