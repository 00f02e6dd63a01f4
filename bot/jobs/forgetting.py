"""Forgets, after a day, what people said before they agreed to anything."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.jobs.repeating import repeat
from storage.engine import Database
from storage.repositories import drafts

KEPT_UNCONSENTED = timedelta(hours=24)
_EVERY_SECONDS = 600


class Forgetting:
    """Looks every ten minutes for what may no longer be kept."""

    def __init__(self, *, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def run(self) -> None:
        """Look until cancelled."""
        await repeat(self.once, seconds=_EVERY_SECONDS, failed="old drafts could not be looked for")

    async def once(self) -> int:
        """Look once; return how many drafts were forgotten."""
        async with self._database.writing() as session:
            return await drafts.drop_unconsented_before(session, self._now() - KEPT_UNCONSENTED)
