"""A claim that nothing follows for a working day falls back: the appeal waits to be signed for once more."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, find, move
from storage.domain import deadlines as rules
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.statuses import Event, Status
from storage.domain.words import Urgency
from storage.repositories import deadlines

_WORKDAYS: Final = 1
_AT_LEAST: Final = timedelta(days=1)  # no working day after a claim is over sooner


async def untouched(session: AsyncSession, *, now: datetime, city: City, calendar: Calendar) -> Sequence[int]:  # noqa: ARG001 - each watch is asked alike
    """Appeals somebody signed for a working day ago, and the unit has done nothing since; a question only."""
    found = await deadlines.untouched(session, claimed_before=now - _AT_LEAST)
    return [appeal_id for appeal_id, claimed_at in found if calendar.add_workdays(claimed_at, _WORKDAYS) <= now]


async def fall_back(session: AsyncSession, appeal_id: int, *, now: datetime, city: City, calendar: Calendar) -> bool:
    """Let one claim lapse; False where it was touched after all. The promise to the citizen stays as it was."""
    appeal = await find(session, appeal_id)
    if appeal.status != Status.IN_PROGRESS:
        return False
    if appeal_id not in await untouched(session, now=now, city=city, calendar=calendar):
        return False
    claimant = appeal.claimant_id
    await move(session, appeal, Event.CLAIM_LAPSED, actor=Actor.SYSTEM, person_id=None, now=now, staff=claimant)
    appeal.claimant_id, appeal.claimed_at = None, None
    appeal.sign_due = rules.sign_due(Urgency(appeal.urgency), now, calendar, city.limits)
    return True
