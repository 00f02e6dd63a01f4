"""Columns of a message: its words and its runs of one to three characters, counted for many messages at once."""

from collections.abc import Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from classifier.tokens import Cut

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

TITLE_COUNTS: Final = 3
"""So many times a title's words are counted among the message's."""
_BITS: Final = 21
"""Bits of one character: a run of three fits into 63."""
LONGEST_RUN: Final = 3
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
"""An odd number near 2^64 divided by the golden ratio: multiplying by it spreads keys over the upper bits."""
_ROOM: Final = 3
"""Bits of a table beyond those that its keys need: seven of eight places stay empty, which says no at once."""


class Counted(NamedTuple):
    """What occurs in messages, one after the other: the message's place, the column, and how often it counts."""

    place: Numbers
    column: Numbers
    times: Floats


class Texts(NamedTuple):
    """Strings of single-spaced parts, the message each belongs to, and how often what stands in it counts."""

    parts: Sequence[str]
    place: Numbers
    times: Floats


class Sort(NamedTuple):
    """One sort of columns: words or runs, of the title alone or of the whole message, and how long a row is in them.

    `most`: so many columns there may be; `share`: of those that a head of many labels can afford.
    """

    words: bool
    title: bool
    most: int
    share: float
    length: float

    def texts(self, cut: Sequence[Cut]) -> Texts:
        """Return what is looked at of each message."""
        name = "words" if self.words else "characters"
        if self.title:
            of_title = attrgetter(f"title.{name}")
            return Texts([of_title(one) for one in cut], np.arange(len(cut)), np.ones(len(cut), dtype=np.float32))
        of_both = attrgetter(f"title.{name}", f"body.{name}")
        times = np.tile(np.asarray([TITLE_COUNTS, 1], dtype=np.float32), len(cut))
        return Texts(list(chain.from_iterable(map(of_both, cut))), np.repeat(np.arange(len(cut)), 2), times)


SORTS: Final = (
    Sort(words=True, title=False, most=40_000, share=0.32, length=1.0),
    Sort(words=False, title=False, most=120_000, share=0.55, length=1.0),
    Sort(words=True, title=True, most=15_000, share=0.04, length=0.5),
    Sort(words=False, title=True, most=45_000, share=0.09, length=0.5),
)
"""The message's words and runs of characters, and once more those of its title alone."""


class Words:
    """Columns that are words."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self._column = {name: at for at, name in enumerate(self.names)}

    @classmethod
    def learnt(cls, texts: Texts, *, most: int, often: int) -> "Words":
        """Keep the `most` frequent words that stand in `often` messages at least."""
        every: dict[str, int] = {}
        at = [[every.setdefault(word, len(every)) for word in part.split()] for part in texts.parts]
        place, key, times = _flat(texts, at)
        kept = _kept(place, key, times, most=most, often=often)
        names = list(every)
        return cls(sorted(names[one] for one in kept))

    def find(self, texts: Texts) -> Counted:
        """Return the known words."""
        known = self._column.get
        found = [[at for at in map(known, part.split()) if at is not None] for part in texts.parts]
        return _flat(texts, found)


class Runs:
    """Columns that are runs of one to three characters; each is a number of 63 bits, and they stand in its order.

    Most are found at once in a table, by the upper bits of their product with a fixed number (Fibonacci hashing); where
    two keys share a place, the other one is looked for among all.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self._keys = np.asarray([_key(name) for name in self.names], dtype=np.int64)
        self._shift = np.uint64(64 - len(self._keys).bit_length() - _ROOM)
        self._table = np.full(1 << (64 - int(self._shift)), -1, dtype=np.int32)
        self._table[self._place(self._keys)] = np.arange(len(self._keys), dtype=np.int32)

    @classmethod
    def learnt(cls, texts: Texts, *, most: int, often: int) -> "Runs":
        """Keep the `most` frequent runs that stand in `often` messages at least."""
        place, key, times = _runs(texts)
        return cls(map(_name, np.sort(_kept(place, key, times, most=most, often=often)).tolist()))

    def find(self, texts: Texts) -> Counted:
        """Return the known runs."""
        place, key, times = _runs(texts)
        if not len(self._keys):
            return Counted(place[:0], key[:0], times[:0])
        column = self._table[self._place(key)].astype(np.int64)
        others = np.flatnonzero((column >= 0) & (self._keys[column] != key))
        column[others] = np.minimum(np.searchsorted(self._keys, key[others]), len(self._keys) - 1)
        column[others[self._keys[column[others]] != key[others]]] = -1
        known = column >= 0
        return Counted(place[known], column[known], times[known])

    def _place(self, key: Numbers) -> NDArray[np.uint64]:
        """Return each key's place in the table."""
        return (key.view(np.uint64) * _SPREAD) >> self._shift


def matrix_of(counted: Counted, rows: int, columns: int) -> csr_matrix:
    """Return (rows, columns) counts."""
    return csr_matrix((counted.times, (counted.place, counted.column)), shape=(rows, columns), dtype=np.float32)


def _flat(texts: Texts, found: Sequence[Sequence[int]]) -> Counted:
    """Join what was found in each part."""
    sizes = np.fromiter(map(len, found), dtype=np.int64, count=len(found))
    column = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=int(sizes.sum()))
    return Counted(np.repeat(texts.place, sizes), column, np.repeat(texts.times, sizes))


def _runs(texts: Texts) -> Counted:
    """Return every run as a number."""
    joined = "\0".join(texts.parts)
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)
    sizes = np.fromiter(map(len, texts.parts), dtype=np.int64, count=len(texts.parts)) + 1
    part = np.repeat(np.arange(len(texts.parts)), sizes)[: len(codes)]
    runs, at = codes, np.arange(len(codes))
    inside = codes != 0
    keys, places = [runs[inside]], [at[inside]]
    for length in range(2, LONGEST_RUN + 1):
        runs = (runs[:-1] << _BITS) | codes[length - 1 :]
        inside = inside[:-1] & (codes[length - 1 :] != 0)
        keys.append(runs[inside])
        places.append(at[: len(runs)][inside])
    found = part[np.concatenate(places)]
    return Counted(texts.place[found], np.concatenate(keys), texts.times[found])


def _kept(place: Numbers, key: Numbers, times: Floats, *, most: int, often: int) -> Numbers:
    """Return the keys that count most, of those that stand in `often` messages at least."""
    keys, column = np.unique(key, return_inverse=True)
    counts = matrix_of(Counted(place, column, times), int(place.max(initial=0)) + 1, len(keys))
    messages = np.bincount(counts.indices, minlength=len(keys))
    sums = np.where(messages >= often, np.asarray(counts.sum(axis=0)).ravel(), 0)
    ranked = np.argsort(-sums, kind="stable")[:most]
    return np.asarray(keys[ranked[sums[ranked] > 0]], dtype=np.int64)


def _key(run: str) -> int:
    key = 0
    for character in run:
        key = (key << _BITS) | ord(character)
    return key


def _name(key: int) -> str:
    characters = ""
    while key:
        characters = chr(key & ((1 << _BITS) - 1)) + characters
        key >>= _BITS
    return characters
