"""An appeal goes to a unit: the clocks that start then, and the dispatcher's assignment."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.cataloguing import note_matter, own_days
from bot.services.moving import Actor, find, move
from storage.domain import deadlines
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused
from storage.domain.statuses import Event
from storage.domain.words import Kind, Urgency
from storage.tables import Appeal


def start_clocks(appeal: Appeal, department: str, *, now: datetime, city: City, calendar: Calendar) -> None:
    """Note that `appeal` is at `department` from now on; the promise runs from the first dispatch and never moves."""
    kind, urgency = Kind(appeal.kind), Urgency(appeal.urgency)
    appeal.department = department
    note_matter(appeal, city)
    appeal.dispatched_at = now
    appeal.claimant_id, appeal.claimed_at = None, None
    appeal.sign_due = deadlines.sign_due(urgency, now, calendar, city.limits)
    if appeal.first_dispatched_at is None:
        appeal.first_dispatched_at = now
        appeal.contact_due = deadlines.contact_due(urgency, now, calendar, city.limits)
        appeal.answer_due = deadlines.answer_due(kind, urgency, now, calendar, city.limits, own=own_days(appeal, city))
        appeal.first_answer_due = appeal.answer_due
        appeal.interim_due = deadlines.interim_due(urgency, now, city.limits)


async def assign(
    session: AsyncSession,
    *,
    appeal_id: int,
    department: str,
    person_id: int,
    now: datetime,
    city: City,
    calendar: Calendar,
) -> Appeal:
    """Give an appeal that waits in triage to a unit (派单); praise is passed on and is done with that."""
    if city.department(department) is None:
        raise InputRefused("no_such_department")
    appeal = await find(session, appeal_id)
    if is_only_praise(appeal):
        await _pass_on(session, appeal, department, person_id=person_id, now=now)
        return appeal
    await move(
        session, appeal, Event.ASSIGN, actor=Actor.DISPATCHER, person_id=person_id, now=now, department=department
    )
    start_clocks(appeal, department, now=now, city=city, calendar=calendar)
    return appeal


def is_only_praise(appeal: Appeal) -> bool:
    """Whether there is nothing to handle; where somebody may be in danger there is."""
    return appeal.kind == Kind.PRAISE and appeal.urgency != Urgency.EXTREME


async def _pass_on(session: AsyncSession, appeal: Appeal, department: str, *, person_id: int, now: datetime) -> None:
    """Close praise: its unit reads it, its citizen is thanked, and no clock runs."""
    await move(
        session,
        appeal,
        Event.SUBMIT_PRAISE,
        actor=Actor.DISPATCHER,
        person_id=person_id,
        now=now,
        department=department,
    )
    appeal.department, appeal.closed_at = department, now
