"""From tokens to numbers, and from these to scores: tf-idf of words and character runs, linear weights upon them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from classifier.tokens import Cut

Floats = NDArray[np.float32]

MOST_WEIGHTS: Final = 4_700_000
"""Columns by labels of a head: two bytes each in the file, and less once it is packed."""
TITLE_COUNTS: Final = 3
"""So many times a title's words are counted among the message's."""
PENALTY: Final = 0.5
"""LinearSVC's C, label by label."""
RARE: Final = 0.1
"""Added to each column's sum on both sides before they are compared: how far a rare column may be trusted."""
EVEN: Final = 0.75
"""The part of a column's weight that is the same for all columns; 1 would weigh none."""

_COMMON: Final[dict[str, Any]] = {"lowercase": False, "sublinear_tf": True, "dtype": np.float32}
_WORDS: Final[dict[str, Any]] = {**_COMMON, "token_pattern": r"(?u)\S+"}
_GRAMS: Final[dict[str, Any]] = {**_COMMON, "analyzer": "char", "ngram_range": (1, 3)}


class Sort(NamedTuple):
    """One sort of columns: how they are cut from a message, how many there may be, how long a row is in them.

    `share`: of the columns that a head of many labels can afford. `words`: whether a column is a whole word.
    """

    text: Callable[[Cut], str]
    words: bool
    most: int
    share: float
    length: float = 1.0

    def vectorizer(self, **more: Any) -> TfidfVectorizer:
        """Return an unfitted vectorizer of such columns."""
        return TfidfVectorizer(**(_WORDS if self.words else _GRAMS), **more)


def _all_words(cut: Cut) -> str:
    return " ".join([*[cut.title.words] * TITLE_COUNTS, cut.body.words]).strip()


def _all_characters(cut: Cut) -> str:
    return " ".join([*[cut.title.characters] * TITLE_COUNTS, cut.body.characters]).strip()


SORTS: Final = (
    Sort(_all_words, words=True, most=40_000, share=0.32),
    Sort(_all_characters, words=False, most=120_000, share=0.55),
    Sort(lambda cut: cut.title.words, words=True, most=15_000, share=0.04, length=0.5),
    Sort(lambda cut: cut.title.characters, words=False, most=45_000, share=0.09, length=0.5),
)
"""The message's words and runs of one to three characters, and once more those of its title alone."""


class Columns(NamedTuple):
    """The columns of one sort: their names and their idf."""

    names: tuple[str, ...]
    idf: Floats


@dataclass(frozen=True)
class Features:
    """A fitted tf-idf vocabulary of each sort; of one without columns the vectorizer is missing."""

    vectorizers: tuple[TfidfVectorizer | None, ...]

    @classmethod
    def fitted(cls, cut: Sequence[Cut], *, labels: int) -> tuple["Features", csr_matrix]:
        """Learn the vocabularies from messages and return their `matrix` too; ValueError where none holds a word."""
        often = 2 if len(cut) > 100 else 1  # noqa: PLR2004 — in a handful of rows nothing comes twice
        made: list[TfidfVectorizer | None] = []
        rows: list[csr_matrix] = []
        for sort in SORTS:
            texts = [sort.text(one) for one in cut]
            if not any(texts) and made:
                made.append(None)
                continue
            most = min(sort.most, int(sort.share * MOST_WEIGHTS / labels))
            vectorizer = sort.vectorizer(max_features=most, min_df=1 if sort.words else often)
            rows.append(vectorizer.fit_transform(texts) * np.float32(sort.length))
            made.append(vectorizer)
        return cls(tuple(made)), _joined(rows)

    @classmethod
    def restored(cls, columns: Sequence[Columns]) -> "Features":
        """Build again what `columns` was taken from; raise ValueError where names and idf differ in length."""
        return cls(tuple(_vectorizer(sort, each) for sort, each in zip(SORTS, columns, strict=True)))

    def columns(self) -> list[Columns]:
        """Return names and idf of each sort, in the order of the matrix."""
        return [
            Columns(tuple(map(str, each.get_feature_names_out())), each.idf_)
            if each
            else Columns((), np.zeros(0, np.float32))
            for each in self.vectorizers
        ]

    def matrix(self, cut: Sequence[Cut]) -> csr_matrix:
        """Return one sparse row a message, the columns in the order of SORTS."""
        return _joined(
            [
                each.transform([sort.text(one) for one in cut]) * np.float32(sort.length)
                for sort, each in zip(SORTS, self.vectorizers, strict=True)
                if each
            ]
        )


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
    svc = LinearSVC(C=PENALTY, random_state=seed, max_iter=10_000).fit(weighed, own, sample_weight=counts)
    return np.asarray(svc.coef_[0] * telling, dtype=np.float32), float(svc.intercept_[0])


def _telling(rows: csr_matrix, own: NDArray[np.bool_], counts: Floats) -> Floats:
    """Return each column's weight: how unevenly it falls on both sides; 1 in square mean."""
    inside = np.asarray(rows.T @ (counts * own)) + RARE
    outside = np.asarray(rows.T @ (counts * ~own)) + RARE
    uneven = np.abs(np.log(inside / inside.sum()) - np.log(outside / outside.sum()))
    mixed = EVEN * uneven.mean() + (1 - EVEN) * uneven
    return np.asarray(mixed / np.sqrt(np.square(mixed).mean()), dtype=np.float32)


def _joined(blocks: Sequence[csr_matrix]) -> csr_matrix:
    return hstack(blocks, format="csr") if len(blocks) > 1 else csr_matrix(blocks[0])


def _vectorizer(sort: Sort, columns: Columns) -> TfidfVectorizer | None:
    if len(columns.names) != len(columns.idf):
        raise ValueError(f"{len(columns.names)} names, but {len(columns.idf)} idf values")
    if not columns.names:
        return None
    vectorizer = sort.vectorizer(vocabulary={name: at for at, name in enumerate(columns.names)})
    vectorizer.idf_ = columns.idf
    return vectorizer
