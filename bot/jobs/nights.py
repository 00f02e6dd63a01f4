"""Has the classifier trained by night, where the city's files want it and there is anything new to learn."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.jobs.repeating import repeat
from bot.services import retraining
from bot.services.retraining import State
from storage.engine import Database
from storage.repositories import labels, trainings

_EVERY_SECONDS: Final = 600
_HOURS: Final = range(2, 5)
_APART: Final = timedelta(hours=20)
_EPOCH: Final = timedelta(days=3650)


class Nights:
    """Looks every ten minutes whether it is night; the training itself is run like one that somebody asked for."""

    def __init__(self, *, database: Database, house: House, now: Callable[[], datetime]) -> None:
        self._database = database
        self._house = house
        self._now = now

    async def run(self) -> None:
        """Look until cancelled."""
        await repeat(self.once, seconds=_EVERY_SECONDS, failed="the nightly training could not be asked for")

    async def once(self) -> bool:
        """Look once; return whether a training was asked for."""
        now = self._now()
        if not self._house.city.retraining.nightly or self._house.calendar(now).local(now).hour not in _HOURS:
            return False
        async with self._database.writing() as session:
            if not await _is_due(session, now):
                return False
            await retraining.want(session, person_id=None, now=now, nightly=True)
        return True


async def _is_due(session: AsyncSession, now: datetime) -> bool:
    """Whether the last training is long over, and appeals were closed since."""
    last = await trainings.newest(session, states=tuple(State), limit=1)
    since = last[0].asked_at if last else now - _EPOCH
    if last and (last[0].under_way or now - since < _APART):
        return False
    return bool(await labels.confirmed_since(session, since))
