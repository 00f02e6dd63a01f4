"""A scale for texts: each piece of one or two characters weighs for danger or against it, whatever order they stand in.

The words of danger know what somebody thought of; the scale knows what texts of danger have in common.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

_SIGNS = frozenset(",\n_")


@dataclass(frozen=True, slots=True)
class Scale:
    """What each piece weighs, for danger at all and for each of the kinds; the rest is there before any text."""

    kinds: tuple[str, ...]
    pieces: Mapping[str, float]
    of_kinds: Mapping[str, tuple[float, ...]]
    rest: float
    rest_of_kinds: tuple[float, ...]

    def weigh(self, text: str) -> float:
        """Return how much of danger is in a text: above nought when it is likelier than not."""
        known = [weight for piece in _neighbours(text) if (weight := self.pieces.get(piece)) is not None]
        return self.rest + sum(known) / sqrt(len(known) or 1)

    def weigh_kinds(self, text: str) -> dict[str, float]:
        """Return how much of each kind of danger is in a text."""
        known = [weights for piece in _neighbours(text) if (weights := self.of_kinds.get(piece)) is not None]
        length = sqrt(len(known) or 1)
        sums = [sum(column) / length for column in zip(*known, strict=True)] or [0.0] * len(self.kinds)
        return {kind: rest + one for kind, rest, one in zip(self.kinds, self.rest_of_kinds, sums, strict=True)}

    def heaviest(self, text: str) -> str:
        """Return what weighs most of that which stands between two commas or ends of sentences."""
        return max(text.replace("\n", ",").split(","), key=self._load)

    def _load(self, part: str) -> float:
        return sum(self.pieces.get(piece, 0.0) for piece in _neighbours(part))


def pieces_of(text: str) -> set[str]:
    """Return the characters of a folded text and its pairs of neighbours, each once; its signs tell nothing."""
    return {piece for piece in _neighbours(text) if _SIGNS.isdisjoint(piece)}


def _neighbours(text: str) -> set[str]:
    """Return the same with the signs, which no scale knows; it takes half the time."""
    return {*text, *map("".join, pairwise(text))}
