"""Waits no longer for citizens who did not add what they were asked for (请补充): the clock goes on, both read so."""

from datetime import datetime

from bot.jobs.repeating import repeat
from bot.jobs.telling import Telling
from bot.services import asking
from storage.domain.calendar import Calendar
from storage.repositories import appeals

_EVERY_SECONDS = 60


class Waiting(Telling):
    """Looks every minute."""

    async def run(self) -> None:
        """Look until cancelled."""
        await repeat(self.once, seconds=_EVERY_SECONDS, failed="whom to wait for no longer could not be looked for")

    async def once(self) -> int:
        """Look once, then a transaction an appeal; return for how many nobody waits any more."""
        now = self._now()
        calendar = self._house.calendar(now)
        async with self._database.reading() as session:
            late = await appeals.waited_out(session, now)
        lapsed = sum([await self._lapse(appeal_id, now, calendar) for appeal_id in late])
        if lapsed:
            self._on_queued()
        return lapsed

    async def _lapse(self, appeal_id: int, now: datetime, calendar: Calendar) -> bool:
        async with self._database.writing() as session:
            lapsed = await asking.lapse(session, appeal_id, now=now, calendar=calendar)
            await self._tell(session, now)
        return lapsed
