"""Looks whether the classifier's last week was as those before it, in office hours: the alarm is no emergency."""

from typing import Final

from bot.jobs.repeating import repeat
from bot.jobs.telling import Telling
from bot.services import drifting

_EVERY_SECONDS: Final = 3600


class Drifting(Telling):
    """Looks every hour."""

    async def run(self) -> None:
        """Look until cancelled."""
        await repeat(self.once, seconds=_EVERY_SECONDS, failed="the classifier's weeks could not be looked at")

    async def once(self) -> int:
        """Look once; return how many figures left their band."""
        now = self._now()
        calendar = self._house.calendar(now)
        if not calendar.is_office_time(now):
            return 0
        async with self._database.writing() as session:
            found = await drifting.look(session, now=now, calendar=calendar)
            await self._tell(session, now)
        if found:
            self._on_queued()
        return len(found)
