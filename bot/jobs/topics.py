"""Looks what many people report at once, and lets the supervisors hear of it; never at night."""

import asyncio
from typing import Final

from bot.jobs.repeating import repeat
from bot.jobs.telling import Telling
from bot.services import topics
from storage.domain.care import is_night

_EVERY_SECONDS: Final = 600
_CALM_SECONDS: Final = 60


class Topics(Telling):
    """Looks every ten minutes."""

    async def run(self) -> None:
        """Look until cancelled; not in the first minute, when all else begins."""
        await asyncio.sleep(_CALM_SECONDS)
        await repeat(self.once, seconds=_EVERY_SECONDS, failed="what many report could not be looked for")

    async def once(self) -> int:
        """Look once; return how many topics the supervisors are told of."""
        now = self._now()
        if is_night(now, self._house.calendar(now)):
            return 0
        found = await self._house.find_topics()
        async with self._database.writing() as session:
            told = await topics.note(session, found, rule=self._house.city.topics, now=now)
            await self._tell(session, now)
        if told:
            self._on_queued()
        return told
