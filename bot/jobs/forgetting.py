"""Forgets, after a day, what people said before they agreed to anything."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from storage.engine import Database
from storage.repositories import drafts

_log = logging.getLogger(__name__)
KEPT_UNCONSENTED = timedelta(hours=24)
_EVERY_SECONDS = 600


class Forgetting:
    """Looks every ten minutes for what may no longer be kept."""

    def __init__(self, *, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.once()
            except SQLAlchemyError:
                _log.exception("old drafts could not be looked for, trying again later")
            await asyncio.sleep(_EVERY_SECONDS)

    async def once(self) -> int:
        """Look once; return how many drafts were forgotten."""
        async with self._database.writing() as session:
            return await drafts.drop_unconsented_before(session, self._now() - KEPT_UNCONSENTED)
