"""Histories at random, each from a seed of its own; one that breaks a rule is cut down to the steps it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tests.histories import gathered, scene
from tests.histories.acts import ACTS, file, following
from tests.histories.history import STATS, BrokenError, History


@dataclass(frozen=True)
class Step:
    """What happened, and what was picked meanwhile."""

    name: str
    picked: tuple[int, ...]


class _Dice:
    """Picks at random and remembers it, or picks once more what was picked before."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311 - the same seed is to give the same history
        self._again: list[int] | None = None
        self.picked: list[int] = []

    def __call__(self, n: int) -> int:
        if self._again is None:
            pick = self._random.randrange(n)
        else:
            pick = min(self._again.pop(0), n - 1) if self._again else 0
        self.picked.append(pick)
        return pick

    def follow(self, picked: Sequence[int] | None) -> None:
        """Pick this from now on, and 0 where it ends; or at random again (None)."""
        self._again, self.picked = None if picked is None else list(picked), []


async def walk(seed: int, *, steps: int) -> None:
    """Play one history; raise BrokenError with its seed and the steps that are needed for it."""
    STATS.histories += 1
    dice, taken = _Dice(seed), list[Step]()
    history = History(await scene.fresh(), dice, gathered=gathered.broken)
    try:
        for each in range(steps):
            name = following(history) if each else file.__name__
            dice.follow(None)
            taken.append(Step(name, ()))
            try:
                await history.happens(name, ACTS.get(name, file))
            finally:
                taken[-1] = Step(name, tuple(dice.picked))
    except BrokenError as broken:
        raise BrokenError(f"seed {seed}: {await _cut_down(taken, str(broken))}") from None
    finally:
        await history.database.close()


async def _cut_down(steps: Sequence[Step], why: str) -> str:
    """Leave out each step that the breach does not need; return how it reads then."""
    at = len(steps) - 2
    while at > 0:
        fewer = [*steps[:at], *steps[at + 1 :]]
        broken = await _replayed(fewer)
        if broken and broken.splitlines()[0] == why.splitlines()[0]:
            steps, why = fewer, broken
        at -= 1
    return why


async def _replayed(steps: Sequence[Step]) -> str:
    """Return what was broken, or an empty string."""
    dice = _Dice(0)
    history = History(await scene.fresh(), dice, gathered=gathered.broken)
    try:
        for each in steps:
            dice.follow(each.picked)
            await history.happens(each.name, ACTS.get(each.name, file))
    except BrokenError as broken:
        return str(broken)
    finally:
        await history.database.close()
    return ""
