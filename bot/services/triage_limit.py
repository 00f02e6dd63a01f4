"""Dispatchers have half a working day to find a unit: what is late they are reminded of once, by day.

What is extreme has minutes, and `bot.services.emergencies` watches those.
"""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, find
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.domain.words import Urgency
from storage.repositories import appeals, events
from storage.tables import Appeal

LATE: Final = "triage_late"


async def late(session: AsyncSession, *, now: datetime, city: City, calendar: Calendar) -> list[int]:  # noqa: ARG001 - each watch is asked alike
    """Return the appeals whose dispatchers are late and were not told so yet, the oldest first; a question only."""
    found = [await session.get_one(Appeal, each) for each in await appeals.late_in_triage(session, now)]
    return [each.id for each in found if await _is_news(session, each, now)]


async def note_late(session: AsyncSession, appeal_id: int, *, now: datetime, city: City, calendar: Calendar) -> bool:  # noqa: ARG001 - as above
    """Record that the dispatchers of one appeal are late; False where they are not after all, or were told so."""
    appeal = await find(session, appeal_id)
    if not await _is_news(session, appeal, now):
        return False
    await events.record(session, LATE, at=now, actor=Actor.SYSTEM, appeal_id=appeal.id)
    return True


async def _is_news(session: AsyncSession, appeal: Appeal, now: datetime) -> bool:
    due = appeal.triage_due
    waits = appeal.status == Status.PENDING_TRIAGE and appeal.urgency != Urgency.EXTREME
    if not waits or due is None or due > now:
        return False
    return await events.count(session, appeal.id, [LATE]) == 0
