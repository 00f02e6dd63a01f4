"""Silence is a no: a return or an offer that nobody decided in half a working day is over."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import offering
from bot.services.moving import Actor, find
from bot.services.returning import BY_SILENCE, decided_by
from bot.services.triaging import refuse
from storage.domain import requests
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.statuses import Event
from storage.repositories import appeals, events
from storage.tables import Appeal, AppealEvent


async def overdue(session: AsyncSession, *, now: datetime, city: City, calendar: Calendar) -> list[int]:
    """Appeals about which something asked of others waits for longer than it may; a question only."""
    asking = [await session.get_one(Appeal, each) for each in await appeals.asking(session)]
    return [each.id for each in asking if await _late(session, each, now=now, city=city, calendar=calendar)]


async def lapse(session: AsyncSession, appeal_id: int, *, now: datetime, city: City, calendar: Calendar) -> bool:
    """End what one appeal's unit asked too long ago; False where nothing was due after all."""
    appeal = await find(session, appeal_id)
    late = await _late(session, appeal, now=now, city=city, calendar=calendar)
    for each in late:
        if each.what == Event.OFFER:
            await offering.lapse(session, appeal, each, now=now)
        else:
            await refuse(session, appeal, reason=BY_SILENCE, actor=Actor.SYSTEM, person_id=None, now=now)
    return bool(late)


async def _late(
    session: AsyncSession, appeal: Appeal, *, now: datetime, city: City, calendar: Calendar
) -> Sequence[AppealEvent]:
    """Return the request and the offer that are late; what the supervisors have to decide waits for them."""
    history = await events.of_appeal(session, appeal.id)
    asked = None if requests.is_for_supervisors(history) else requests.open_request(history)
    waiting = [each for each in (asked, requests.open_offer(history)) if each is not None]
    return [each for each in waiting if decided_by(appeal, each, city=city, calendar=calendar) <= now]
