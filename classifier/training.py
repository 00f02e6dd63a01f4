"""Learning a model from labelled messages: cross-validation for honest probabilities and threshold, then all rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from classifier.calibration import NEVER, Marks, Truth, calibration_error, fitted_curve, threshold_for
from classifier.corpus import LabelledText
from classifier.labels import labels
from classifier.model import Model
from classifier.pipeline import Features, Floats, Head, fitted_head
from classifier.tokens import Cut, cut, parted

FOLDS: Final = 4
WANTED_PRECISION: Final = 0.95
HIGHER_PRECISION: Final = 0.98
_STEPS: Final = FOLDS + 3
_CUT_AT_ONCE: Final = 500
LONG: Final = 90
"""Characters from which on a message's beginning is learnt from as well."""
BEGINNING: Final = 60
BEGINNING_COUNTS: Final = 0.3
"""How much a beginning counts beside a message."""

Watch = Callable[[float], None]
"""Hears how much of the work is done, from 0 to 1."""


def unwatched(_done: float) -> None:
    """Nobody looks on."""


@dataclass(frozen=True)
class _HeldOut:
    """Scores of rows by models that had not seen them: (rows, labels), and the column of the true label."""

    scores: Floats
    truth: Truth


def train(rows: Sequence[LabelledText], *, seed: int = 0, watch: Watch = unwatched) -> Model:
    """Learn from at least two labels; the same rows and seed give the same model.

    `watch` hears the share that is done. Raises ValueError where there are fewer labels, or no words at all.
    """
    known = _Known.of(rows, watch)
    nobody = labels().nobody
    features, units, matrix = known.learnt(range(len(rows)), seed=seed)
    watch(2 / _STEPS)
    held_out = _cross_validated(known, units.labels, seed=seed, watch=watch)
    units = replace(units, curve=fitted_curve(held_out.scores, held_out.truth))
    thresholds, metrics = _measured(units, held_out, nobody)
    kinds, of_kinds = _kinds(matrix, rows, seed=seed)
    watch(1.0)
    return Model(features, units, kinds, *thresholds, nobody, metrics | of_kinds)


@dataclass(frozen=True)
class _Known:
    """Messages to learn from: the rows, how each is cut, and how the beginnings of it are that are learnt from too."""

    rows: Sequence[LabelledText]
    cut: Sequence[Cut]
    beginnings: Sequence[tuple[Cut, ...]]

    @classmethod
    def of(cls, rows: Sequence[LabelledText], watch: Watch) -> "_Known":
        """Cut every message; the first step of all."""
        whole: list[Cut] = []
        begun: list[tuple[Cut, ...]] = []
        for at, row in enumerate(rows):
            whole.append(cut(row.text))
            begun.append(tuple(map(cut, beginnings(row.text))))
            if at % _CUT_AT_ONCE == 0:
                watch(at / len(rows) / _STEPS)
        return cls(rows, whole, begun)

    def learnt(self, chosen: Sequence[int], *, seed: int) -> tuple[Features, Head, csr_matrix]:
        """Learn from the chosen rows; the matrix returned has them in their order, and the beginnings behind them."""
        names = [self.rows[at].label for at in chosen]
        parts = [(part, self.rows[at].label) for at in chosen for part in self.beginnings[at]]
        texts = [*(self.cut[at] for at in chosen), *(part for part, _label in parts)]
        features, matrix = Features.fitted(texts, labels=len(set(names)))
        counts = np.concatenate([np.ones(len(names)), np.full(len(parts), BEGINNING_COUNTS)]).astype(np.float32)
        head = fitted_head(matrix, [*names, *(label for _part, label in parts)], counts=counts, seed=seed)
        return features, head, matrix


def beginnings(text: str) -> list[str]:
    """Return what else a long message teaches: its beginning, and that of its body if it has a title.

    People write shorter in a chat than in a letter: learnt from letters alone, a model is worse at short messages.
    """
    if len(text) < LONG:
        return []
    title, body = parted(text)
    return [text[:BEGINNING], body[:BEGINNING]] if title else [text[:BEGINNING]]


def _kinds(matrix: csr_matrix, rows: Sequence[LabelledText], *, seed: int) -> tuple[Head | None, dict[str, float]]:
    """Learn the kinds from the rows that have one; curve and accuracy come from one fold held out."""
    having = [at for at, row in enumerate(rows) if row.kind]
    if len({rows[at].kind for at in having}) < 2:  # noqa: PLR2004 — between one kind there is nothing to choose
        return None, {}
    matrix = matrix[having]
    names = [rows[at].kind for at in having]
    head = fitted_head(matrix, names, seed=seed)
    aside = dealt(names, FOLDS, seed=seed) == 0
    if not aside.any():
        return head, {}
    part = fitted_head(matrix[~aside], [name for name, out in zip(names, aside, strict=True) if not out], seed=seed)
    scores = part.scores(matrix[aside])
    truth = np.asarray([head.labels.index(name) for name, out in zip(names, aside, strict=True) if out])
    right = float((scores.argmax(axis=1) == truth).mean())
    return replace(head, curve=fitted_curve(scores, truth)), {"kind_accuracy": right}


def _cross_validated(known: _Known, names: Sequence[str], *, seed: int, watch: Watch) -> _HeldOut:
    """Score each message (but a label's only one) by a model trained without its fold, which knows every label."""
    rows = known.rows
    folds = np.full(len(rows), -1)
    asked = [at for at, row in enumerate(rows) if not row.name]
    folds[asked] = dealt([rows[at].label for at in asked], FOLDS, seed=seed)
    scores = np.zeros((len(rows), len(names)), dtype=np.float32)
    for fold in range(FOLDS):
        aside = np.flatnonzero(folds == fold).tolist()
        if not aside:
            continue
        features, head, _matrix = known.learnt(np.flatnonzero(folds != fold).tolist(), seed=seed)
        scores[aside] = head.scores(features.matrix([known.cut[at] for at in aside]))
        watch((3 + fold) / _STEPS)
    measured = np.flatnonzero(folds >= 0).tolist()
    column = {name: at for at, name in enumerate(names)}
    return _HeldOut(scores[measured], np.asarray([column[rows[at].label] for at in measured], dtype=np.intp))


def dealt(names: Sequence[str], folds: int, *, seed: int) -> NDArray[np.int_]:
    """Deal rows to folds 0 … folds-1, each label evenly; -1 for a label's only row.

    That one is always learnt from: held out, nothing would be left to know the label by.
    """
    dealer = np.random.default_rng(seed)
    place = np.full(len(names), -1)
    for name in sorted(set(names)):
        own = [at for at, other in enumerate(names) if other == name]
        if len(own) > 1:
            place[dealer.permutation(own)] = (np.arange(len(own)) + dealer.integers(folds)) % folds
    return place


def _measured(head: Head, held_out: _HeldOut, nobody: str) -> tuple[tuple[float, float], dict[str, float]]:
    """Return the thresholds of the wanted and of the higher precision, and what the model card says."""
    if not len(held_out.truth):
        return (NEVER, NEVER), {"n": 0.0, "threshold": NEVER}
    chances = head.curve.chances(held_out.scores)
    order = np.argsort(-chances, axis=1, kind="stable")
    best, p = order[:, 0], chances.max(axis=1)
    right: Marks = best == held_out.truth
    units = np.asarray([label != nobody for label in head.labels])[best]
    wanted = threshold_for(WANTED_PRECISION, p[units], right[units])
    higher = threshold_for(HIGHER_PRECISION, p[units], right[units])
    auto = units & (p >= wanted)
    return (wanted, higher), {
        "n": float(len(right)),
        "accuracy": float(right.mean()),
        "top2": float((order[:, :2] == held_out.truth[:, None]).any(axis=1).mean()),
        "ece": calibration_error(p, right),
        "threshold": wanted,
        "threshold_98": higher,
        "coverage_95": float(auto.sum() / max(1, units.sum())),
        "precision_95": float(right[auto].mean()) if auto.any() else 0.0,
    }
