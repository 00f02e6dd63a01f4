"""The loop of a job: what it does once is done again and again, also after the database did not answer."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import SQLAlchemyError

_log = logging.getLogger(__name__)


async def repeat(once: Callable[[], Awaitable[object]], *, seconds: float, failed: str) -> None:
    """Do it every so many seconds until cancelled; `failed` says in the log what could not be done this time."""
    while True:
        try:
            await once()
        except SQLAlchemyError:
            _log.exception("%s, trying again later", failed)
        await asyncio.sleep(seconds)
