"""Serves one update as the worker does: prepared, handled in a savepoint, refused in words, prepared anew if asked."""

from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversations.desk import CitizensDesk
from bot.delivery.say import Spoken
from bot.delivery.worker import NotYet
from storage.domain.errors import Refused


async def serve(desk: CitizensDesk, session: AsyncSession, raw: dict[str, Any], *, now: Any) -> list[Spoken]:
    """Return what is said to an update."""
    for _ in range(3):
        prepared = await desk.prepare(session, raw, waited=timedelta())
        try:
            async with session.begin_nested():
                return list(await desk.serve(session, prepared, now=now))
        except NotYet:
            continue
        except Refused as refusal:
            return list(await desk.refuse(session, prepared, refusal, now=now))
    raise AssertionError("the desk never had what it needed")
