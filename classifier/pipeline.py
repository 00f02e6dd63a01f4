"""From tokens to numbers, and from these to scores: tf-idf of words and of characters, linear weights upon them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

from classifier.tokens import Tokens

Floats = NDArray[np.float32]

WORDS_KEPT: Final = 40_000
GRAMS_KEPT: Final = 60_000
PENALTY: Final = 0.5
"""LinearSVC's C: 0.2 was best on the starter corpus, 1 on long texts, each by half a point at most."""

_COMMON: Final[dict[str, Any]] = {"lowercase": False, "sublinear_tf": True, "dtype": np.float32}
_WORDS: Final[dict[str, Any]] = {**_COMMON, "token_pattern": r"(?u)\S+"}
_GRAMS: Final[dict[str, Any]] = {**_COMMON, "analyzer": "char", "ngram_range": (1, 2)}


@dataclass(frozen=True)
class Features:
    """Two fitted tf-idf vocabularies: jieba words, and runs of one or two characters."""

    words: TfidfVectorizer
    grams: TfidfVectorizer

    @classmethod
    def fitted(cls, cut: Sequence[Tokens]) -> tuple["Features", csr_matrix]:
        """Learn both vocabularies from messages and return their `matrix` too; ValueError where none holds a word."""
        often = 2 if len(cut) > 100 else 1  # noqa: PLR2004 — in a handful of rows nothing comes twice
        words = TfidfVectorizer(max_features=WORDS_KEPT, **_WORDS)
        grams = TfidfVectorizer(max_features=GRAMS_KEPT, min_df=often, **_GRAMS)
        rows = [words.fit_transform([one.words for one in cut]), grams.fit_transform([one.characters for one in cut])]
        return cls(words=words, grams=grams), hstack(rows, format="csr")

    @classmethod
    def restored(cls, words: Sequence[str], word_idf: Floats, grams: Sequence[str], gram_idf: Floats) -> "Features":
        """Build again what `names` and the idf arrays were taken from; raise ValueError where the lengths differ."""
        return cls(words=_vectorizer(_WORDS, words, word_idf), grams=_vectorizer(_GRAMS, grams, gram_idf))

    def names(self) -> tuple[list[str], list[str]]:
        """Return words and character runs, each in the order of the columns."""
        return [str(n) for n in self.words.get_feature_names_out()], [
            str(n) for n in self.grams.get_feature_names_out()
        ]

    def matrix(self, cut: Sequence[Tokens]) -> csr_matrix:
        """Return one sparse row a message: first the words' columns, then those of the character runs."""
        words = self.words.transform([one.words for one in cut])
        grams = self.grams.transform([one.characters for one in cut])
        return hstack([words, grams], format="csr")


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


def fitted_head(rows: csr_matrix, labels: Sequence[str], *, seed: int) -> Head:
    """Learn one label against the rest, for each of two labels or more; `labels` is as long as `rows`."""
    svc = LinearSVC(C=PENALTY, random_state=seed, max_iter=10_000).fit(rows, np.asarray(labels))
    coef, bias = np.atleast_2d(svc.coef_), np.atleast_1d(svc.intercept_)
    if len(svc.classes_) == 2:  # noqa: PLR2004 — of two labels liblinear keeps one line, the second's
        coef, bias = np.vstack([-coef, coef]), np.concatenate([-bias, bias])
    return Head(
        labels=tuple(str(label) for label in svc.classes_),
        weights=np.ascontiguousarray(coef.T.astype(np.float16).astype(np.float32)),  # as precise as the file keeps them
        bias=bias.astype(np.float32),
        curve=Curve(),
    )


def _vectorizer(options: dict[str, Any], names: Sequence[str], idf: Floats) -> TfidfVectorizer:
    if len(names) != len(idf):
        raise ValueError(f"{len(names)} names, but {len(idf)} idf values")
    vectorizer = TfidfVectorizer(vocabulary={name: column for column, name in enumerate(names)}, **options)
    vectorizer.idf_ = idf
    return vectorizer
