"""What the jobs have in common that look what is due and let others hear of it."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.house import House
from storage.engine import Database


class Telling:
    """A job's surroundings: `tell(session, now)` queues what the recorded events give others to hear.

    `on_queued` hears that something was.
    """

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
