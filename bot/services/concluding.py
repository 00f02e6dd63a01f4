"""终结: after two reopenings the unit may ask to end it, with its finding and basis; two supervisors must agree."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, move, workable
from bot.services.petitioning import Wish, petition
from bot.services.rating import Outcome
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused
from storage.domain.statuses import Event
from storage.tables import Appeal, Approval, Staff

REOPENS: Final = 2
"""So often it must have been reopened."""


def concludable(appeal: Appeal) -> None:
    """Raise TransitionRefused, or InputRefused("not_reopened_twice"), where nothing may be concluded."""
    workable(appeal, Event.CONCLUSION_WANTED)
    if appeal.reopens < REOPENS:
        raise InputRefused("not_reopened_twice")


async def want(
    session: AsyncSession, *, appeal: Appeal, staff: Staff, facts: str, basis: str, way: str, now: datetime
) -> Approval:
    """Ask two supervisors: what was found, on what it rests, and where the citizen may go instead."""
    concludable(appeal)
    details = {"facts": facts, "basis": basis, "way": way}
    return await petition(
        session, appeal, Wish.CONCLUSION, Event.CONCLUSION_WANTED, asked_by=staff.person_id, details=details, now=now
    )


async def granted(
    session: AsyncSession, appeal: Appeal, approval: Approval, *, now: datetime, city: City, calendar: Calendar
) -> None:
    """Close it as unsolved in every rate; new facts reopen it."""
    del city, calendar
    await move(
        session,
        appeal,
        Event.CONCLUDE,
        actor=Actor.SUPERVISOR,
        person_id=approval.decided_by,
        now=now,
        approval_id=approval.id,
    )
    appeal.citizen_outcome, appeal.closed_at = Outcome.UNSOLVED, now
    appeal.follow_up_at = None
