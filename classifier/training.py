"""Learning a model from labelled messages: cross-validation for honest probabilities and threshold, then all rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from classifier.calibration import NEVER, Marks, Truth, calibration_error, fitted_curve, threshold_for
from classifier.columns import Floats
from classifier.corpus import LabelledText
from classifier.labels import labels
from classifier.model import Model
from classifier.novelty import Novelty, learnt
from classifier.pipeline import Features, Head, fitted_head
from classifier.tokens import LONGEST, Cut, cut, parted

FOLDS: Final = 4
WANTED_PRECISION: Final = 0.95
HIGHER_PRECISION: Final = 0.98
_STEPS: Final = FOLDS + 3
_CUT_AT_ONCE: Final = 500
MOST_CHARACTERS: Final = 16_000_000
"""So much text is learnt from at most: 40,000 letters of 400 characters, or half a million short messages."""
MANY: Final = 20_000
_SHARES: Final = 1000
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
    """Scores of rows by models that had not seen them: (rows, labels), and the column of the true label.

    `places` says which rows they are.
    """

    places: NDArray[np.intp]
    scores: Floats
    truth: Truth


def train(rows: Sequence[LabelledText], *, seed: int = 0, watch: Watch = unwatched) -> Model:
    """Learn from at least two labels; the same rows and seed give the same model.

    Of more than MOST_CHARACTERS a sample is learnt from. `watch` hears the share that is done. Raises ValueError where
    there are fewer labels, or no words at all.
    """
    known = Known.of(sampled(rows, seed=seed), watch)
    nobody = labels().nobody
    units = known.learnt(np.ones(len(known.rows), dtype=bool), seed=seed)
    watch(2 / _STEPS)
    held_out = _cross_validated(known, units.labels, seed=seed, watch=watch)
    units = replace(units, curve=fitted_curve(held_out.scores, held_out.truth))
    thresholds, metrics = _measured(units, held_out, nobody)
    novelty = _novelty(units, held_out, known.rows, thresholds[0], seed=seed)
    kinds, of_kinds = _kinds(known.whole, known.rows, seed=seed)
    watch(1.0)
    return Model(known.features, units, kinds, *thresholds, nobody, novelty, metrics | of_kinds)


def sampled(rows: Sequence[LabelledText], *, seed: int) -> Sequence[LabelledText]:
    """Return all rows, or as many of each label's as keep the whole within MOST_CHARACTERS."""
    read = sum(min(len(row.text), LONGEST) for row in rows)
    if read <= MOST_CHARACTERS:
        return rows
    place = dealt([row.label for row in rows], _SHARES, seed=seed)
    return [row for row, at in zip(rows, place, strict=True) if at < _SHARES * MOST_CHARACTERS // read]


@dataclass(frozen=True)
class Known:
    """Messages to learn from, as numbers.

    `matrix`: a row for each message, then one for each beginning; `message`: the place of the message it belongs to;
    `counts`: how much it counts.
    """

    rows: Sequence[LabelledText]
    features: Features
    matrix: csr_matrix
    message: Truth
    counts: Floats

    @classmethod
    def of(cls, rows: Sequence[LabelledText], watch: Watch) -> "Known":
        """Cut every message; the first step of all."""
        begun = [(at, part) for at, row in enumerate(rows) for part in beginnings(row.text)]
        texts = [*(row.text for row in rows), *(part for _at, part in begun)]
        parts: list[Cut] = []
        for begin in range(0, len(texts), _CUT_AT_ONCE):
            parts += map(cut, texts[begin : begin + _CUT_AT_ONCE])
            watch(len(parts) / len(texts) / _STEPS)
        features = Features.fitted(parts, labels=len({row.label for row in rows}))
        message = np.asarray([*range(len(rows)), *(at for at, _part in begun)], dtype=np.intp)
        counts = np.where(np.arange(len(texts)) < len(rows), 1.0, BEGINNING_COUNTS).astype(np.float32)
        return cls(rows, features, features.matrix(parts), message, counts)

    @property
    def whole(self) -> csr_matrix:
        """A row for each message."""
        return self.matrix[: len(self.rows)]

    def learnt(self, chosen: Marks, *, seed: int) -> Head:
        """Learn from the chosen messages and their beginnings."""
        within = np.flatnonzero(chosen[self.message])
        names = [self.rows[at].label for at in self.message[within].tolist()]
        return fitted_head(self.matrix[within], names, counts=self.counts[within], seed=seed)


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


def _cross_validated(known: Known, names: Sequence[str], *, seed: int, watch: Watch) -> _HeldOut:
    """Score each message (but a label's only one) by a model trained without its fold, which knows every label.

    Of MANY messages one fold is scored: that is enough to measure by.
    """
    folds = np.full(len(known.rows), -1)
    asked = [at for at, row in enumerate(known.rows) if not row.name]
    folds[asked] = dealt([known.rows[at].label for at in asked], FOLDS, seed=seed)
    if len(asked) > MANY:
        folds[folds > 0] = -1
    scores = np.zeros((len(folds), len(names)), dtype=np.float32)
    for fold in range(FOLDS):
        aside = np.flatnonzero(folds == fold)
        if len(aside):
            scores[aside] = known.learnt(folds != fold, seed=seed).scores(known.matrix[aside])
            watch((3 + fold) / _STEPS)
    measured = np.flatnonzero(folds >= 0)
    column = {name: at for at, name in enumerate(names)}
    truth = np.asarray([column[known.rows[at].label] for at in measured.tolist()], dtype=np.intp)
    return _HeldOut(measured, scores[measured], truth)


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


def _novelty(
    head: Head, held_out: _HeldOut, rows: Sequence[LabelledText], threshold: float, *, seed: int
) -> Novelty | None:
    """Learn from units' messages what is new, from MANY at most; nobody's are no sign of what was taught."""
    of_unit = np.asarray([label != labels().nobody for label in head.labels])
    own = np.flatnonzero(of_unit[held_out.truth])
    own = own[:: 1 + len(own) // MANY]
    chances = head.curve.chances(held_out.scores[own])
    sure = of_unit[chances.argmax(axis=1)] & (chances.max(axis=1) >= threshold)
    words = [cut(rows[at].text).words for at in held_out.places[own].tolist()]
    return learnt(words, held_out.scores[own], sure, head.labels, seed=seed)


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
