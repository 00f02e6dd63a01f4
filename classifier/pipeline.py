"""From tokens to numbers, and from these to scores: tf-idf of words and character runs, linear weights upon them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.svm import LinearSVC

from classifier.columns import SORTS, Floats, Runs, Sort, Words, matrix_of
from classifier.tokens import Cut

MOST_WEIGHTS: Final = 4_700_000
"""Columns by labels of a head: two bytes each in the file, and less once it is packed."""
AT_ONCE: Final = 2000
"""So many messages are counted at once; a letter takes some 30 KB meanwhile."""
LEARNT_FROM: Final = 20_000
"""So many messages, spread evenly, say which columns there are; more would hardly change which are frequent."""
PENALTY: Final = 0.5
"""LinearSVC's C, label by label."""
RARE: Final = 0.1
"""Added to each column's sum on both sides before they are compared: how far a rare column may be trusted."""
EVEN: Final = 0.75
"""The part of a column's weight that is the same for all columns; 1 would weigh none."""


class Columns(NamedTuple):
    """The columns of one sort: their names and their idf."""

    names: tuple[str, ...]
    idf: Floats


class Block(NamedTuple):
    """The columns of one sort at work."""

    sort: Sort
    columns: Words | Runs
    idf: Floats

    def rows(self, cut: Sequence[Cut]) -> csr_matrix:
        """Return a row a message: 1 + log of the count, times idf, not yet brought to a length."""
        counts = _counts(self.sort, self.columns, cut)
        counts.data = (1 + np.log(counts.data)) * self.idf[counts.indices]
        return counts


@dataclass(frozen=True)
class Features:
    """The columns of each sort with their idf."""

    blocks: tuple[Block, ...]

    @classmethod
    def fitted(cls, cut: Sequence[Cut], *, labels: int) -> "Features":
        """Learn the columns from messages; ValueError where none holds a word."""
        some = cut[:: 1 + len(cut) // LEARNT_FROM]
        often = 2 if len(some) > 100 else 1  # noqa: PLR2004 — in a handful of rows nothing comes twice
        made = cls(tuple(_block(sort, some, labels, often) for sort in SORTS))
        if not len(made.blocks[0].idf):
            raise ValueError("there are no words in any message: nothing can be learnt")
        return made

    @classmethod
    def restored(cls, columns: Sequence[Columns]) -> "Features":
        """Build again what `columns` was taken from; raise ValueError where names and idf differ in length."""
        for each in columns:
            if len(each.names) != len(each.idf):
                raise ValueError(f"{len(each.names)} names, but {len(each.idf)} idf values")
        made = zip(SORTS, columns, strict=True)
        return cls(tuple(Block(sort, _kind(sort)(each.names), each.idf) for sort, each in made))

    def columns(self) -> list[Columns]:
        """Return names and idf of each sort, in the order of the matrix."""
        return [Columns(each.columns.names, each.idf) for each in self.blocks]

    def matrix(self, cut: Sequence[Cut]) -> csr_matrix:
        """Return one sparse row a message, the columns in the order of SORTS, each sort brought to its length."""
        parts = [cut[begin : begin + AT_ONCE] for begin in range(0, max(1, len(cut)), AT_ONCE)]
        return vstack([self._rows(part) for part in parts], format="csr")

    def _rows(self, cut: Sequence[Cut]) -> csr_matrix:
        return self._brought_to_length(hstack([block.rows(cut) for block in self.blocks], format="csr"))

    def _brought_to_length(self, rows: csr_matrix) -> csr_matrix:
        sort = np.repeat(np.arange(len(SORTS)), [len(block.idf) for block in self.blocks])
        part = np.repeat(np.arange(rows.shape[0]) * len(SORTS), np.diff(rows.indptr)) + sort[rows.indices]
        squares = np.bincount(part, weights=np.square(rows.data), minlength=rows.shape[0] * len(SORTS))
        lengths = np.tile([each.length for each in SORTS], rows.shape[0]) / np.sqrt(np.maximum(squares, 1e-12))
        rows.data *= lengths.astype(np.float32)[part]
        return rows


def _kind(sort: Sort) -> type[Words] | type[Runs]:
    return Words if sort.words else Runs


def _block(sort: Sort, cut: Sequence[Cut], labels: int, often: int) -> Block:
    most = min(sort.most, int(sort.share * MOST_WEIGHTS / labels))
    columns = _kind(sort).learnt(sort.texts(cut), most=most, often=1 if sort.words else often)
    counts = _counts(sort, columns, cut)
    messages = np.bincount(counts.indices, minlength=len(columns.names))
    return Block(sort, columns, (np.log((1 + len(cut)) / (1 + messages)) + 1).astype(np.float32))


def _counts(sort: Sort, columns: Words | Runs, cut: Sequence[Cut]) -> csr_matrix:
    return matrix_of(columns.find(sort.texts(cut)), len(cut), len(columns.names))


class Curve(NamedTuple):
    """From margins to probabilities: softmax of steep x arcsinh(stretch x (margin + 1)).

    A margin of -1 says that nothing speaks for the label. Above it evidence counts ever less, as margins far out are as
    often wrong as those before them: a plain temperature was three times as far from the truth (ECE .09 against .03).
    """

    steep: float = 2.5
    stretch: float = 5.0

    def chances(self, margins: Floats) -> Floats:
        """Turn (rows, labels) margins into probabilities; each row sums to 1."""
        sharp = self.steep * np.arcsinh(self.stretch * (margins.astype(np.float64) + 1))
        sharp = np.exp(sharp - sharp.max(axis=1, keepdims=True))
        return np.asarray(sharp / sharp.sum(axis=1, keepdims=True), dtype=np.float32)


@dataclass(frozen=True)
class Head:
    """A linear score for each label: `weights` is (columns, labels), `bias` (labels,); `curve` calibrates."""

    labels: tuple[str, ...]
    weights: Floats
    bias: Floats
    curve: Curve

    def scores(self, rows: csr_matrix) -> Floats:
        """Return (rows, labels) margins: above 0 speaks for the label."""
        return np.asarray(rows @ self.weights + self.bias, dtype=np.float32)

    def chances(self, rows: csr_matrix) -> Floats:
        """Return (rows, labels) calibrated probabilities; each row sums to 1."""
        return self.curve.chances(self.scores(rows))


def fitted_head(rows: csr_matrix, labels: Sequence[str], *, counts: Floats | None = None, seed: int) -> Head:
    """Learn one label against the rest, for each of two labels or more; `labels` is as long as `rows`.

    `counts`: how much each row counts. Columns are weighed before by how unevenly they fall on both sides (Wang and
    Manning's NB-SVM, 2012, with the sizes of the log-count ratios); the weights are multiplied into the head's own, so
    that it is linear in the rows as they come.
    """
    names = np.asarray(labels)
    counts = np.ones(len(names), dtype=np.float32) if counts is None else counts
    known = np.unique(names)
    lines = [_line(rows, names == name, counts, seed) for name in known]
    coef = np.stack([line for line, _bias in lines], axis=1)
    return Head(
        labels=tuple(str(label) for label in known),
        weights=np.ascontiguousarray(coef.astype(np.float16).astype(np.float32)),  # as precise as the file keeps them
        bias=np.asarray([bias for _line, bias in lines], dtype=np.float32),
        curve=Curve(),
    )


def _line(rows: csr_matrix, own: NDArray[np.bool_], counts: Floats, seed: int) -> tuple[Floats, float]:
    """Return weights and bias that part a label's own rows from the others; ValueError where there are no others."""
    telling = _telling(rows, own, counts)
    weighed = csr_matrix((rows.data * telling[rows.indices], rows.indices, rows.indptr), shape=rows.shape)
    svc = LinearSVC(C=PENALTY, tol=1e-2, random_state=seed, max_iter=10_000).fit(weighed, own, sample_weight=counts)
    return np.asarray(svc.coef_[0] * telling, dtype=np.float32), float(svc.intercept_[0])


def _telling(rows: csr_matrix, own: NDArray[np.bool_], counts: Floats) -> Floats:
    """Return each column's weight: how unevenly it falls on both sides; 1 in square mean."""
    inside = np.asarray(rows.T @ (counts * own)) + RARE
    outside = np.asarray(rows.T @ (counts * ~own)) + RARE
    uneven = np.abs(np.log(inside / inside.sum()) - np.log(outside / outside.sum()))
    mixed = EVEN * uneven.mean() + (1 - EVEN) * uneven
    return np.asarray(mixed / np.sqrt(np.square(mixed).mean()), dtype=np.float32)
