"""Lets returns and offers lapse that nobody decided in half a working day: silence is a no, and both sides read so."""

from datetime import datetime

from bot.jobs.repeating import repeat
from bot.jobs.telling import Telling
from bot.services.lapsing import lapse, overdue
from storage.domain.calendar import Calendar

_EVERY_SECONDS = 60


class Lapsing(Telling):
    """Looks every minute."""

    async def run(self) -> None:
        """Look until cancelled."""
        await repeat(self.once, seconds=_EVERY_SECONDS, failed="what lapsed could not be looked for")

    async def once(self) -> int:
        """Look once, then a transaction an appeal; return about how many appeals something lapsed."""
        now = self._now()
        calendar = self._house.calendar(now)
        async with self._database.reading() as session:
            late = await overdue(session, now=now, city=self._house.city, calendar=calendar)
        lapsed = sum([await self._lapse(appeal_id, now, calendar) for appeal_id in late])
        if lapsed:
            self._on_queued()
        return lapsed

    async def _lapse(self, appeal_id: int, now: datetime, calendar: Calendar) -> bool:
        async with self._database.writing() as session:
            lapsed = await lapse(session, appeal_id, now=now, city=self._house.city, calendar=calendar)
            await self._tell(session, now)
        return lapsed
