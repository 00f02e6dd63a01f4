"""A unit and its appeal: who may act on it, and who signs for it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.handling import only_handler
from bot.services.moving import Actor, find, move
from storage.domain.errors import AlreadyClaimed, MovedOn, NotYours
from storage.domain.requests import former_units
from storage.domain.statuses import Event, Status
from storage.repositories import events, offices
from storage.tables import Appeal, Office, Staff


async def in_charge(
    session: AsyncSession, *, appeal_id: int, office: Office | None, roles: Sequence[Staff], private: bool = False
) -> tuple[Appeal, Staff]:
    """Return the appeal, locked, and in what capacity the person may act on it; raise NotYours or NotFound.

    It takes an active row of the lead unit's staff, in that unit's own group: nothing else gives authority. A
    confidential appeal takes its handler, in private; anybody else raises HandlerOnly. Staff of a unit that had it
    before get MovedOn.
    """
    appeal = await find(session, appeal_id)
    here = office.department if office is not None and office.purpose == "department" else None
    staff = next((each for each in roles if each.role == "staff" and each.department == appeal.department), None)
    at_home = appeal.department is not None and here == appeal.department and staff is not None
    if not at_home and await formerly_in_charge(session, appeal=appeal, office=office, roles=roles, private=private):
        raise MovedOn(number=appeal.number, department=appeal.department)
    if appeal.confidential:
        return appeal, await only_handler(session, appeal, roles, private=private)
    if staff is None or not at_home:
        raise NotYours(appeal.department)
    return appeal, staff


async def formerly_in_charge(
    session: AsyncSession, *, appeal: Appeal, office: Office | None, roles: Sequence[Staff], private: bool = False
) -> Staff | None:
    """Return the person's row in a unit that had the appeal before and has it no more.

    They act in that unit's group; on what is confidential in private, as the one who handled it.
    """
    here = office.department if office is not None and office.purpose == "department" else None
    theirs = [each for each in roles if each.role == "staff" and each.department != appeal.department]
    theirs = [
        each for each in theirs if (each.confidential and private if appeal.confidential else each.department == here)
    ]
    former = former_units(await events.of_appeal(session, appeal.id)) if theirs else []
    return next((each for each in theirs if each.department in former), None)


async def claim(session: AsyncSession, *, appeal: Appeal, staff: Staff, now: datetime) -> None:
    """Let `staff` sign for a locked appeal (签收); raise AlreadyClaimed for whoever comes second."""
    if appeal.status == Status.IN_PROGRESS and appeal.claimant_id is not None and appeal.claimed_at is not None:
        first = await offices.staff(session, appeal.claimant_id)
        raise AlreadyClaimed(number=appeal.number, name=first.name if first else "", at=appeal.claimed_at)
    await move(session, appeal, Event.CLAIM, actor=Actor.STAFF, person_id=staff.person_id, now=now, staff=staff.id)
    appeal.claimant_id, appeal.claimed_at = staff.id, now


async def note_phone_seen(session: AsyncSession, *, appeal: Appeal, staff: Staff, reason: str, now: datetime) -> None:
    """Keep who looked at the citizen's number, when and for what."""
    await events.record(
        session,
        "contact_seen",
        at=now,
        actor=Actor.STAFF,
        appeal_id=appeal.id,
        person_id=staff.person_id,
        reason=reason,
    )
