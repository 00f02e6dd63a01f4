"""The minutes of an emergency (特急): what its unit, or the dispatchers, missed is noted once each, day and night."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, find
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.ladder import Minutes, Missed, missed
from storage.domain.statuses import Status
from storage.domain.words import Urgency
from storage.repositories import deadlines, events
from storage.tables import Appeal

MISSED: Final = "minutes_missed"
"""`steps` in the details: what was missed; `known`: each with the minute it was due, so that it is told once."""


async def left_lying(session: AsyncSession, *, now: datetime, city: City, calendar: Calendar) -> Sequence[int]:  # noqa: ARG001 - each watch is asked alike
    """Extreme appeals of which something was missed that nobody was told of; a question only."""
    late = await deadlines.emergencies(session, now)
    return [each.id for each in late if await _news(session, each, now)]


async def note_missed(session: AsyncSession, appeal_id: int, *, now: datetime, city: City, calendar: Calendar) -> bool:  # noqa: ARG001 - as above
    """Note what of one emergency was missed since the last look; False where nothing was."""
    appeal = await find(session, appeal_id)
    news = await _news(session, appeal, now)
    if appeal.urgency != Urgency.EXTREME or not news:
        return False
    steps, known = [each.value for each in news], [_known_as(appeal, each) for each in news]
    await events.record(session, MISSED, at=now, actor=Actor.SYSTEM, appeal_id=appeal.id, steps=steps, known=known)
    return True


async def _news(session: AsyncSession, appeal: Appeal, now: datetime) -> list[Missed]:
    if appeal.stopped_at is not None:
        return []
    minutes = Minutes(
        triage=appeal.triage_due,
        sign=appeal.sign_due,
        contact=appeal.contact_due,
        interim=appeal.interim_due,
        contacted=appeal.contacted_at is not None,
        told_more=await deadlines.told_more(session, appeal.id),
    )
    told = {name for event in await deadlines.of_appeal(session, appeal.id, MISSED) for name in event.details["known"]}
    return [each for each in missed(Status(appeal.status), minutes, now) if _known_as(appeal, each) not in told]


def _known_as(appeal: Appeal, step: Missed) -> str:
    """Name a step with the minute it was due: signing starts anew with each unit."""
    due: datetime | None = getattr(appeal, f"{step}_due")
    return f"{step}@{due.isoformat() if due else ''}"
