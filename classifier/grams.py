"""Runs of two and three characters as numbers: always the same column and the same weight, whatever was learnt.

What a run weighs was counted once in the starter corpus (`python -m tests.bench.gram_weights`) and is fixed from then
on: vectors made of runs stay comparable between processes, versions of Python, and models.
"""

import csv
import re
import unicodedata
from functools import cache
from importlib import resources
from typing import Final

import numpy as np
from numpy.typing import NDArray

Columns = NDArray[np.int64]

_LOG2: Final = 18
COLUMNS: Final = 1 << _LOG2
_BITS: Final = np.uint64(64 - _LOG2)
_FACTORS: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_SPACE: Final = 0x20
_SIGNS: Final = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Return a text in NFKC and lower case, every run of signs and line breaks as one space."""
    return _SIGNS.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip()


def columns_of(plain: str) -> Columns:
    """Return the columns of all runs of two, then of three characters of a folded text, without a space in them."""
    letters = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    return np.concatenate([_runs(letters, 2), _runs(letters, 3)])


def _runs(letters: NDArray[np.uint64], length: int) -> Columns:
    if len(letters) < length:
        return np.zeros(0, np.int64)
    parts = [letters[at : len(letters) - length + 1 + at] for at in range(length)]
    whole = np.all([part != _SPACE for part in parts], axis=0)
    mixed = np.full(int(whole.sum()), length, dtype=np.uint64)
    for part, factor in zip(parts, _FACTORS, strict=False):
        mixed = (mixed ^ part[whole]) * np.uint64(factor)
        mixed ^= mixed >> np.uint64(29)
    return (mixed * np.uint64(_FACTORS[0]) >> _BITS).astype(np.int64)


def shuffled(columns: Columns) -> NDArray[np.uint64]:
    """Return a number for each column by which equals are put into an order that has nothing to do with the text."""
    return columns.astype(np.uint64) * np.uint64(_FACTORS[1])


@cache
def weights() -> NDArray[np.float32]:
    """Return what each column weighs, 0 to 1: 1 unless it is common speech."""
    found = np.ones(COLUMNS, dtype=np.float32)
    with resources.files("classifier").joinpath("data/gram_weights.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for gram in row["grams"].split():
                found[columns_of(gram)[-1]] = float(row["weight"])
    return found
