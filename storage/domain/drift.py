"""Whether the classifier's weeks are as they were: a week's figure and the band of the weeks before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Final

#: A week with fewer appeals says nothing.
FEWEST: Final = 30
#: A band wants so many weeks that say something, and is made of so many at most.
WEEKS_AT_LEAST: Final = 4
WEEKS: Final = 8
_DEVIATIONS: Final = 3.0
_NARROWEST: Final = 0.05


@dataclass(frozen=True)
class Band:
    """Between which shares (0 to 1) a figure has been."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a figure lies in it."""
        return self.low <= value <= self.high


def band(before: Sequence[float]) -> Band | None:
    """Return the band of the weeks before, the newest last; None where they are too few to say.

    The mean of the last eight weeks and three standard deviations to each side, at least five points: a quiet town's
    weeks hardly differ, and one chance appeal is no drift.
    """
    weeks = before[-WEEKS:]
    if len(weeks) < WEEKS_AT_LEAST:
        return None
    middle, wide = fmean(weeks), max(_NARROWEST, _DEVIATIONS * stdev(weeks))
    return Band(max(0.0, middle - wide), min(1.0, middle + wide))
