"""A claimed appeal goes to a colleague of the same unit (转给同事); the unit and its promise stay."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, move, workable
from storage.domain.errors import AlreadyDecided, InputRefused
from storage.domain.statuses import Event
from storage.repositories import offices
from storage.tables import Appeal, Staff


async def colleagues_for(session: AsyncSession, appeal: Appeal) -> Sequence[Staff]:
    """Return who of the unit may get a locked appeal: its active staff but the one who has it.

    What is confidential its handler keeps: raise InputRefused.
    """
    workable(appeal, Event.HAND_OVER)
    if appeal.confidential:
        raise InputRefused("confidential_stays")
    everybody = await offices.colleagues(session, appeal.department or "")
    return [each for each, _ in everybody if each.id != appeal.claimant_id and each.role == "staff"]


async def hand_over(
    session: AsyncSession, *, appeal: Appeal, staff: Staff, to: int, claimant: int, now: datetime
) -> tuple[str, str]:
    """Make another member of staff answerable for a locked appeal; return the names of the old one and the new.

    `claimant`: who had it when the button was shown, 0 for nobody; somebody else since then raises AlreadyDecided.
    """
    colleagues = await colleagues_for(session, appeal)
    old = await offices.staff(session, appeal.claimant_id) if appeal.claimant_id else None
    if (appeal.claimant_id or 0) != claimant:
        name = old.name if old else ""
        raise AlreadyDecided(number=appeal.number, what=Event.HAND_OVER, name=name, department=appeal.department)
    new = next((each for each in colleagues if each.id == to), None)
    if new is None:
        raise InputRefused("no_such_colleague")
    await move(
        session,
        appeal,
        Event.HAND_OVER,
        actor=Actor.STAFF,
        person_id=staff.person_id,
        now=now,
        old=appeal.claimant_id,
        new=new.id,
    )
    appeal.claimant_id = new.id
    return old.name if old else "", new.name
