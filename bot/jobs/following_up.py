"""Asks once more how it went, three days after an answer, and closes after two weeks what nobody rated; by day only."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.jobs.repeating import repeat
from bot.jobs.telling import Telling
from bot.services.following_up import ask_again, close_unrated, due

_EVERY_SECONDS = 60


class FollowingUp(Telling):
    """Looks every minute."""

    async def run(self) -> None:
        """Look until cancelled."""
        await repeat(self.once, seconds=_EVERY_SECONDS, failed="unrated answers could not be looked after")

    async def once(self) -> int:
        """Look once, then a transaction an appeal; return about how many appeals somebody was told something."""
        now = self._now()
        async with self._database.reading() as session:
            asked, late = await due(session, now=now, calendar=self._house.calendar(now))
        told = sum([await self._do(ask_again, each, now) for each in asked])
        told += sum([await self._do(close_unrated, each, now) for each in late])
        if told:
            self._on_queued()
        return told

    async def _do(self, step: Callable[..., Awaitable[bool]], appeal_id: int, now: datetime) -> bool:
        async with self._database.writing() as session:
            done = await step(session, appeal_id, now=now)
            await self._tell(session, now)
        return done
