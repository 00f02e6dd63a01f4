"""Knowing what it does not know: whether a message is like those a model was taught, or of a matter it never met.

A model of a few topics is often sure of a message that belongs to none of them. What else a city is asked stands in the
starter corpus; how much of each of its units a model was taught is estimated from the messages it learns from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.preprocessing import normalize
from sklearn.utils import murmurhash3_32

from classifier.calibration import Marks
from classifier.columns import Floats
from classifier.corpus import starter_corpus
from classifier.labels import labels
from classifier.pipeline import Curve, Head, fitted_head
from classifier.tokens import cut

COLUMNS: Final = 2**14
KEPT: Final = 0.84
"""The share of messages from the taught labels that should still go on by themselves."""
KEPT_OF_SURE: Final = 0.97
"""No more of the sure ones is kept than this, however few they are."""
LEAST_ROWS: Final = 200
"""From fewer messages it cannot be told what a model was taught."""
MARGIN_COUNTS: Final = 2.0
"""How much the best label's margin counts beside what the background says, both in standard deviations."""
_CURVE: Final = Curve(steep=3.5)
_ROUNDS: Final = 40
_FOLDS: Final = 3


@dataclass(frozen=True)
class Background:
    """What a city is asked: a head for the starter corpus's labels upon hashed words, `idf` (COLUMNS,)."""

    idf: Floats
    head: Head

    def chances(self, words: Sequence[str]) -> Floats:
        """Return (rows, labels) probabilities; each of `words` is a message's, parted by spaces."""
        return self.head.chances(_matrix(_counted(words), self.idf))


@dataclass(frozen=True)
class Novelty:
    """Tells messages of unknown matters.

    `known` (labels of the background,): from 0, never met in training, to 1, met as often as in the starter corpus.
    `counts`: what a margin of 1 and a message all known count. Below `least` together a message is new.
    """

    background: Background
    known: Floats
    counts: tuple[float, float]
    least: float

    def is_new(self, words: Sequence[str], margins: Floats) -> Marks:
        """Say of each message whether it is new; `margins` are (rows, labels), from the model's own head."""
        return _familiar(self.background.chances(words) @ self.known, margins, self.counts) < self.least


def learnt(words: Sequence[str], margins: Floats, sure: Marks, taught: Sequence[str], *, seed: int) -> Novelty | None:
    """Learn from messages of units, with the margins (rows, labels) of models that had not seen them.

    `sure`: which would go on by probability alone; `taught`: the model's labels. None where nothing can be learnt: too
    few messages, none of them sure, or every label of the starter corpus is among the model's own.
    """
    if len(words) < LEAST_ROWS or not sure.any():
        return None
    background = _background(seed)
    if set(background.head.labels) <= {*taught, labels().nobody}:
        return None
    chances = _unlearnt(background.chances(words), words, seed)
    prior = _prior(background)
    known = np.minimum(1, shares(chances, prior) / prior).astype(np.float32)
    likeness = chances @ known
    counts = MARGIN_COUNTS / _spread(margins.max(axis=1)), 1 / _spread(likeness)
    kept = min(KEPT_OF_SURE, KEPT / float(sure.mean()))
    least = float(np.quantile(_familiar(likeness, margins, counts)[sure], 1 - kept))
    return Novelty(background, known, counts, least)


def shares(chances: Floats, prior: Floats) -> Floats:
    """Return what share of the messages each label has, by expectation and maximisation (Saerens et al., 2002).

    `chances` (rows, labels) come from a model that learnt from labels in the shares `prior`.
    """
    found = prior.astype(np.float64)
    for _ in range(_ROUNDS):
        weighed = chances * (found / prior)
        found = (weighed / weighed.sum(axis=1, keepdims=True)).mean(axis=0)
    return found.astype(np.float32)


def _familiar(likeness: Floats, margins: Floats, counts: tuple[float, float]) -> Floats:
    return np.asarray(margins.max(axis=1) * counts[0] + likeness * counts[1], dtype=np.float32)


def _spread(values: Floats) -> float:
    return max(float(values.std()), 1e-6)


def _unlearnt(chances: Floats, words: Sequence[str], seed: int) -> Floats:
    """Put, for messages of the starter corpus itself, what backgrounds say that have not learnt from them."""
    at = {own: place for place, own in enumerate(_corpus().words)}
    met = [place for place, own in enumerate(words) if own in at]
    if met:
        chances[met] = _blind(seed)[[at[words[place]] for place in met]]
    return chances


class _Corpus(NamedTuple):
    words: list[str]
    labels: list[str]


@cache
def _corpus() -> _Corpus:
    rows = starter_corpus()
    return _Corpus([cut(row.text).words for row in rows], [row.label for row in rows])


@cache
def _background(seed: int) -> Background:
    return _learnt_from(range(len(_corpus().words)), seed)


@cache
def _blind(seed: int) -> Floats:
    """Return (rows of the corpus, labels): probabilities by backgrounds learnt from the other folds."""
    words, names = _corpus()
    fold = np.random.default_rng(seed).integers(_FOLDS, size=len(words))
    found = np.zeros((len(words), len(set(names))), dtype=np.float32)
    for aside in range(_FOLDS):
        held = np.flatnonzero(fold == aside)
        part = _learnt_from(np.flatnonzero(fold != aside).tolist(), seed)
        found[held] = part.chances([words[at] for at in held])
    return found


def _learnt_from(chosen: Sequence[int], seed: int) -> Background:
    words, names = _corpus()
    counted = _counted([words[at] for at in chosen])
    occurs = np.bincount(counted.indices, minlength=COLUMNS)
    idf = (np.log((1 + len(chosen)) / (1 + occurs)) + 1).astype(np.float32)
    head = fitted_head(_matrix(counted, idf), [names[at] for at in chosen], seed=seed)
    return Background(idf, replace(head, curve=_CURVE))


def _prior(background: Background) -> Floats:
    names = _corpus().labels
    return np.asarray([names.count(label) / len(names) for label in background.head.labels], dtype=np.float32)


def _counted(texts: Sequence[str]) -> csr_matrix:
    """Return (rows, COLUMNS) counts of words by their hash; each text is words parted by spaces."""
    rows = [[_column(word) for word in text.split()] for text in texts]
    begins = np.cumsum([0, *map(len, rows)])
    columns = np.fromiter(chain.from_iterable(rows), dtype=np.int32, count=int(begins[-1]))
    counted = csr_matrix((np.ones(len(columns), dtype=np.float32), columns, begins), shape=(len(rows), COLUMNS))
    counted.sum_duplicates()
    return counted


@lru_cache(maxsize=100_000)
def _column(word: str) -> int:
    return abs(int(murmurhash3_32(word, seed=0))) % COLUMNS


def _matrix(counted: Any, idf: NDArray[np.float32]) -> csr_matrix:
    """Turn counts into tf-idf rows of length 1."""
    weighed = (1 + np.log(counted.data)) * idf[counted.indices]
    return normalize(csr_matrix((weighed, counted.indices, counted.indptr), shape=counted.shape), copy=False)
