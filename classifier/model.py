"""The model as its readers see it: a message in, units ranked by probability and the words that decided out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from classifier.calibration import Marks
from classifier.columns import SORTS, Floats
from classifier.novelty import Novelty
from classifier.pipeline import Features, Head
from classifier.tokens import ELSEWHERE, Cut, cut

EXPLAINED: Final = 3
"""So many of the best labels carry their words, and each so many words."""
LOOKED_AT: Final = 60
"""Columns that may speak for a label: those behind them weigh next to nothing."""


@dataclass(frozen=True)
class Ranked:
    """One label, its probability `p` (0 to 1), and the words of the message that spoke for it (best labels only)."""

    label: str
    p: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guess:
    """Every label, best first, and whether the best may be used without asking anybody.

    `new`: nothing like it was learnt, so it is never `auto`, however sure the best label seems.
    """

    ranked: tuple[Ranked, ...]
    auto: bool
    new: bool
    threshold: float
    kind: str
    kind_p: float


@dataclass(frozen=True)
class Judged:
    """Every label, best first, with its probability.

    `sure`, `sure_98`: the best is a unit, and probable enough for 95 % and for 98 % precision. `auto`: it goes on by
    itself, being sure and nothing new.
    """

    ranked: tuple[str, ...]
    p: tuple[float, ...]
    sure: bool
    sure_98: bool
    auto: bool


@dataclass(frozen=True)
class Model:
    """A trained classifier; it never changes, so any number of threads may ask it.

    `threshold` and `threshold_98` are the probabilities from which 95 % and 98 % of guesses were right in
    cross-validation, `nobody` the label of messages that are no unit's matter (never `auto`), `kinds` may be missing,
    `novelty` too: it knows messages unlike all that was taught. `metrics` are those of the training.
    """

    features: Features
    units: Head
    kinds: Head | None
    threshold: float
    threshold_98: float
    nobody: str
    novelty: Novelty | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)

    @staticmethod
    def load(path: Path) -> "Model":
        """Read the model kept in the folder `path`; raise ModelFileError where it is damaged, foreign or newer."""
        from classifier.artefacts import load  # noqa: PLC0415 — artefacts build models: the import would be a circle

        return load(path)

    def guess(self, text: str) -> Guess:
        """Rank the labels for one message of any length; a message without words gets a guess that is never `auto`."""
        return self.guess_many([text])[0]

    def guess_many(self, texts: Sequence[str]) -> list[Guess]:
        """Rank the labels for each message; quicker than one by one."""
        if not texts:
            return []
        whole = [cut(text) for text in texts]
        rows = self.features.matrix(whole)
        margins = self.units.scores(rows)
        units, new = self.units.curve.chances(margins), self._new(whole, margins)
        kinds = self.kinds.chances(rows) if self.kinds else None
        return [
            self._guess(rows[at], units[at], None if kinds is None else kinds[at], new=bool(new[at]))
            for at in range(len(texts))
        ]

    def judge(self, texts: Sequence[str]) -> list[Judged]:
        """Rank the labels for each message without looking for the words that decided: for many at once."""
        if not texts:
            return []
        whole = [cut(text) for text in texts]
        rows = self.features.matrix(whole)
        margins = self.units.scores(rows)
        chances, new = self.units.curve.chances(margins), self._new(whole, margins)
        order = np.argsort(-chances, axis=1, kind="stable")
        has_words = np.diff(rows.indptr) > 0
        return [
            self._judged(order[at], chances[at], known=bool(has_words[at]), new=bool(new[at]))
            for at in range(len(texts))
        ]

    def _judged(self, order: NDArray[np.intp], chances: Floats, *, known: bool, new: bool) -> Judged:
        ranked = tuple(self.units.labels[at] for at in order)
        p = tuple(float(chances[at]) for at in order)
        may = known and ranked[0] != self.nobody
        sure = may and p[0] >= self.threshold
        return Judged(ranked, p, sure, may and p[0] >= self.threshold_98, sure and not new)

    def _new(self, whole: Sequence[Cut], margins: Floats) -> Marks:
        """Say of each message whether nothing like it was learnt."""
        if self.novelty is None:
            return np.zeros(len(whole), dtype=np.bool_)
        return self.novelty.is_new([one.words for one in whole], margins)

    def _guess(self, row: csr_matrix, units: Floats, kinds: Floats | None, *, new: bool) -> Guess:
        order = np.argsort(-units, kind="stable")
        ranked = tuple(
            Ranked(self.units.labels[at], float(units[at]), self._words(row, int(at)) if place < EXPLAINED else ())
            for place, at in enumerate(order)
        )
        best = ranked[0]
        auto = bool(row.nnz) and best.p >= self.threshold and best.label != self.nobody and not new
        if self.kinds is None or kinds is None:
            return Guess(ranked, auto, new, self.threshold, "", 0.0)
        kind = int(kinds.argmax())
        return Guess(ranked, auto, new, self.threshold, self.kinds.labels[kind], float(kinds[kind]))

    @cached_property
    def _names(self) -> list[str]:
        return [name for columns in self.features.columns() for name in columns.names]

    @cached_property
    def _is_word(self) -> NDArray[np.bool_]:
        sizes = [len(columns.names) for columns in self.features.columns()]
        return np.repeat([sort.words for sort in SORTS], sizes)

    def _words(self, row: csr_matrix, label: int) -> tuple[str, ...]:
        """Return the words that push hardest (weight by tf-idf) for a label; fragments where words are too few."""
        pushes = row.data * self.units.weights[row.indices, label]
        hardest = [at for at in np.argsort(-pushes)[:LOOKED_AT] if pushes[at] > 0]
        words: dict[str, float] = {}
        grams: dict[str, float] = {}
        for at in hardest:
            column = int(row.indices[at])
            name, into = self._names[column], words if self._is_word[column] else grams
            into[name] = into.get(name, 0.0) + float(pushes[at])
        telling = {name: push + _inside(name, grams | words) for name, push in words.items() if _is_telling(name)}
        return _best({name: push for name, push in grams.items() if _is_telling(name)}, _best(telling, ()))


def _inside(word: str, parts: Mapping[str, float]) -> float:
    """Sum what the shorter words and character runs within a word say: the word speaks through them too."""
    return sum(push for part, push in parts.items() if len(part) > 1 and part != word and part in word)


def _is_telling(word: str) -> bool:
    return len(word) > 1 and " " not in word and "0" not in word and word not in ELSEWHERE


def _best(pushes: Mapping[str, float], chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Fill `chosen` up to EXPLAINED with those that push hardest for the label and repeat nothing chosen before."""
    for name in sorted(pushes, key=lambda one: (-pushes[one], one)):
        if len(chosen) == EXPLAINED:
            break
        if not any(name in word or word in name for word in chosen):
            chosen = (*chosen, name)
    return chosen
