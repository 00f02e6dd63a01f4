"""Near-identical messages: a fixed vector of what each says, and an index that finds those like a new one.

The vectors depend on nothing that is learnt from a city's appeals (see grams.py). The place goes first: what is known
to be somewhere else is never looked at.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from classifier.grams import COLUMNS, columns_of, folded, shuffled, weights
from classifier.places import Agreement, Place

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
_Kept = TypeVar("_Kept", bound=np.generic)

SAME_MATTER: Final[Mapping[Agreement, float]] = {Agreement.SAME: 0.30, Agreement.UNKNOWN: 0.45}
"""The cosine from which on two messages tell of the same matter, by how their places agree.

Measured on real messages by `python -m tests.bench.topics`; docs/classifier.md has the figures.
"""
SAME_TOPIC: Final[Mapping[Agreement, float]] = {Agreement.SAME: 0.25, Agreement.UNKNOWN: 0.35}
"""The cosine from which on they belong to one topic."""

KEPT: Final = 192
"""Runs of characters that are kept of a message: the heaviest, of equals those that come first when shuffled."""
READ: Final = 300
"""Characters of a message that are read."""
HEAD: Final = 60
"""Characters at the beginning that count twice: people say there what it is about."""

_TAIL: Final = 500
_SEARCHED: Final = 60_000
_WEIGHED: Final = 300


class Vector(NamedTuple):
    """At most KEPT columns, ascending, and their weights, whose squares sum to 1; both empty where nothing is said."""

    columns: Ints
    weights: Floats


class Alike(NamedTuple):
    """A message found: its key, the cosine with the one asked about, and how the places agree."""

    key: int
    likeness: float
    place: Agreement


def vector_of(text: str) -> Vector:
    """Turn a message into its vector."""
    plain = folded(text[:READ])
    columns, counts = np.unique(np.concatenate([columns_of(plain), columns_of(plain[:HEAD])]), return_counts=True)
    heavy = (1 + np.log(counts)) * weights()[columns]
    if len(columns) > KEPT:
        kept = np.sort(np.lexsort((shuffled(columns), -heavy))[:KEPT])
        columns, heavy = columns[kept], heavy[kept]
    length = np.linalg.norm(heavy) or 1.0
    return Vector(columns.astype(np.int32), (heavy / length).astype(np.float32))


def likeness(one: Vector, two: Vector) -> float:
    """Return the cosine of two vectors, 0 to 1."""
    _, first, second = np.intersect1d(one.columns, two.columns, assume_unique=True, return_indices=True)
    return float(one.weights[first] @ two.weights[second])


class Index:
    """Messages by an integer key of the caller's, found by what they say and where.

    Most stand in lists by column, the newest in a tail that is looked through; when the tail has grown by a part in 32,
    or half of all were dropped, the lists are made anew, without the dropped ones. Nothing of a text is kept but its
    vector and its place: at most 2 kB a message.
    """

    def __init__(self) -> None:
        self._row: dict[int, int] = {}
        self._keys: list[int] = []
        self._places: list[Place] = []
        self._areas: dict[frozenset[str], int] = {}
        self._area = np.zeros(64, np.int32)
        self._start = np.zeros(64, np.int64)
        self._columns = np.zeros(4096, np.int32)
        self._weights = np.zeros(4096, np.float16)
        self._listed = 0
        self._list_start = np.zeros(COLUMNS + 1, np.int64)
        self._list = np.zeros(0, np.int32)

    def __len__(self) -> int:
        return len(self._row)

    @property
    def size(self) -> int:
        """Bytes of the vectors and lists, without what stands beside them for the places."""
        return sum(each.nbytes for each in (self._columns, self._weights, self._list, self._list_start, self._start))

    def add(self, key: int, vector: Vector, place: Place) -> None:
        """Keep a message under a key, in the place of what stood there; one that says nothing is like no other."""
        self.drop(key)
        if not len(vector.columns):
            return
        row, begin = len(self._keys), int(self._start[len(self._keys)])
        end = begin + len(vector.columns)
        self._columns, self._weights = _roomy(self._columns, end), _roomy(self._weights, end)
        self._start, self._area = _roomy(self._start, row + 2), _roomy(self._area, row + 1)
        self._columns[begin:end], self._weights[begin:end] = vector
        self._start[row + 1] = end
        self._area[row] = self._areas.setdefault(place.areas, len(self._areas))
        self._keys.append(key)
        self._places.append(place)
        self._row[key] = row
        if row - self._listed > max(_TAIL, self._listed // 32):
            self._list_anew()

    def drop(self, key: int) -> None:
        """Forget a message; one that is not there is nothing to forget."""
        if self._row.pop(key, None) is not None and len(self._keys) > 2 * len(self._row) + _TAIL:
            self._list_anew()

    def find(
        self, vector: Vector, place: Place, *, least: Mapping[Agreement, float] = SAME_MATTER, limit: int = 10
    ) -> list[Alike]:
        """Return the messages like this one, the likest first; `least` is the cosine that each agreement asks for."""
        asked = np.zeros(COLUMNS, np.float32)
        asked[vector.columns] = vector.weights
        rows = self._candidates(vector, self._reachable(place))
        found = self._cosines(rows, asked)
        alike: list[Alike] = []
        for at in np.argsort(-found, kind="stable"):
            if len(alike) == limit or found[at] < min(least.values()):
                break
            row = int(rows[at])
            agreement = place.agrees(self._places[row])
            if self._row.get(self._keys[row]) == row and found[at] >= least.get(agreement, 2.0):
                alike.append(Alike(self._keys[row], round(float(found[at]), 4), agreement))
        return alike

    def _reachable(self, place: Place) -> NDArray[np.bool_]:
        """Return, by the number of a set of areas, whether what lies there may be in the same place."""
        return np.array([not (place.areas and areas) or bool(place.areas & areas) for areas in self._areas], np.bool_)

    def _candidates(self, vector: Vector, reachable: NDArray[np.bool_]) -> Ints:
        """Return rows worth weighing: the tail, and of the lists those that share most of the seldom columns."""
        if not self._keys:
            return np.zeros(0, np.int32)
        tail = np.arange(self._listed, len(self._keys), dtype=np.int32)
        tail = tail[reachable[self._area[tail]]]
        lengths = self._list_start[vector.columns + 1] - self._list_start[vector.columns]
        order = np.argsort(lengths, kind="stable")
        chosen = order[: max(8, int(np.searchsorted(np.cumsum(lengths[order]), _SEARCHED)))]
        parts = [self._list[self._list_start[each] : self._list_start[each + 1]] for each in vector.columns[chosen]]
        shared = np.concatenate([np.zeros(0, np.int32), *parts])
        weighed = np.repeat(vector.weights[chosen], lengths[chosen])
        near = reachable[self._area[shared]]
        sums = np.bincount(shared[near], weights=weighed[near], minlength=self._listed)
        best = np.argpartition(-sums, _WEIGHED)[:_WEIGHED] if len(sums) > _WEIGHED else np.arange(len(sums))
        return np.concatenate([best[sums[best] > 0].astype(np.int32), tail])

    def _cosines(self, rows: Ints, asked: Floats) -> Floats:
        if not len(rows):
            return np.zeros(0, np.float32)
        begins, lengths = self._start[rows], self._start[rows + 1] - self._start[rows]
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1]) + np.repeat(begins - (ends - lengths), lengths)
        products = asked[self._columns[places]] * self._weights[places]
        return np.add.reduceat(products, ends - lengths).astype(np.float32)

    def _list_anew(self) -> None:
        """Leave out what was dropped and list all by column."""
        alive = np.fromiter(self._row.values(), np.int64, len(self._row))
        lengths = self._start[alive + 1] - self._start[alive]
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        places = np.arange(total) + np.repeat(self._start[alive] - (ends - lengths), lengths)
        self._columns, self._weights = self._columns[places], self._weights[places]
        self._start = np.concatenate([[0], ends]).astype(np.int64)
        self._keys, self._places = [self._keys[row] for row in alive], [self._places[row] for row in alive]
        self._row = {key: row for row, key in enumerate(self._keys)}
        self._areas = {}
        areas = [self._areas.setdefault(place.areas, len(self._areas)) for place in self._places]
        self._area = np.array(areas, np.int32)
        self._listed = len(alive)
        order = np.argsort(self._columns, kind="stable")
        self._list = np.repeat(np.arange(len(alive), dtype=np.int32), lengths)[order]
        counts = np.bincount(self._columns, minlength=COLUMNS)
        self._list_start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _roomy(kept: NDArray[_Kept], needed: int) -> NDArray[_Kept]:
    """Return the array with room for so many, twice as long where it had none."""
    if len(kept) >= needed:
        return kept
    grown = np.zeros(max(needed, 2 * len(kept)), kept.dtype)
    grown[: len(kept)] = kept
    return grown
