"""Staff who leave their group, or are taken off the list; somebody else takes over what they had signed for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import handling
from bot.services.binding import ROLE_IN, Purpose, Role
from bot.services.moving import Actor
from storage.domain.errors import AlreadyClaimed, TransitionRefused
from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Event, Status
from storage.repositories import appeals, bindings, events, offices, people
from storage.tables import Appeal, Office, Staff

STAFF_LEFT = "staff_left"
TAKEN_OVER = "taken_over"


async def left_group(
    session: AsyncSession, *, platform: str, bot: int, user_id: int, places: Sequence[Office], now: datetime
) -> list[Staff]:
    """Let somebody who left a group work no longer in the offices of that group; return what they worked as."""
    person = await people.find(session, platform=platform, bot=bot, user_id=user_id)
    roles = await offices.roles(session, person.id) if person is not None else ()
    held = {(ROLE_IN[Purpose(each.purpose)], each.department or "") for each in places}
    gone = [each for each in roles if (each.role, each.department) in held]
    for each in gone:
        await dismiss(session, each, now=now)
    return gone


async def dismiss(session: AsyncSession, staff: Staff, *, now: datetime, by: int | None = None) -> None:
    """Take somebody off the list; `by`: the administrator who did it (None: they left by themselves).

    Who handled what is confidential (专办人) handles it no more, also if they come back.
    """
    if not staff.active:
        return
    handled, staff.confidential = staff.confidential, False
    staff.active, staff.until = False, now
    claimed = await appeals.claimed_by(session, staff.id) if staff.role == Role.STAFF else ()
    await events.record(
        session,
        STAFF_LEFT,
        at=now,
        actor=Actor.SYSTEM if by is None else Actor.ADMINISTRATOR,
        person_id=by,
        staff=staff.id,
        role=staff.role,
        department=staff.department,
        claimed=[each.id for each in claimed],
        handled=handled,
    )
    if handled:
        await handling.note_vacant(session, staff, now=now)


async def take_over(session: AsyncSession, *, appeal: Appeal, staff: Staff, now: datetime) -> None:
    """Let `staff` answer for a locked appeal whose claimant works here no more; raise AlreadyClaimed where one does."""
    status = Status(appeal.status)
    if status not in OPEN or status is Status.PENDING_TRIAGE:
        raise TransitionRefused(status, Event.CLAIM)
    first = await offices.staff(session, appeal.claimant_id) if appeal.claimant_id else None
    if first is not None and first.active and first.department == appeal.department and appeal.claimed_at is not None:
        raise AlreadyClaimed(number=appeal.number, name=first.name, at=appeal.claimed_at)
    appeal.claimant_id, appeal.claimed_at = staff.id, now
    appeal.version += 1
    await events.record(
        session,
        TAKEN_OVER,
        at=now,
        actor=Actor.STAFF,
        appeal_id=appeal.id,
        person_id=staff.person_id,
        staff=staff.id,
        old=first.id if first is not None else None,
    )


async def working(session: AsyncSession, purpose: Purpose, department: str | None) -> Sequence[Staff]:
    """Return who works in a unit, or as dispatcher or supervisor, the longest there first."""
    return await bindings.working(session, role=ROLE_IN[purpose], department=department or "")
