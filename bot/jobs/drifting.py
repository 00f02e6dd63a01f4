"""Looks whether the classifier's last week was as those before it, in office hours: the alarm is no emergency."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from bot.jobs.repeating import repeat
from bot.services import drifting
from storage.engine import Database

_EVERY_SECONDS: Final = 3600


class Drifting:
    """Looks every hour; `tell(session, now)` queues what the recorded events give others to hear."""

    def __init__(
        self,
        *,
        database: Database,
        house: House,
        now: Callable[[], datetime],
        tell: Callable[[AsyncSession, datetime], Awaitable[None]],
        on_queued: Callable[[], None],
    ) -> None:
        self._database = database
        self._house = house
        self._now = now
        self._tell = tell
        self._on_queued = on_queued

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
