"""Confidential appeals (保密件) and their handlers (专办人): who may read one, where, and how a handler is named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor
from bot.services.triaging import waits_for_dispatchers
from storage.domain.errors import HandlerOnly, InputRefused, NotYours, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import events, handlers
from storage.tables import Appeal, Staff

OPENED = "confidential_opened"
HANDLER_NAMED = "handler_named"
HANDLER_UNREACHABLE = "handler_unreachable"
STAFF, DISPATCHER = "staff", "dispatcher"


@dataclass(frozen=True)
class Handler:
    """The one who handles an appeal: the staff row, and the private chat with the bot in which they do."""

    staff: Staff
    chat_id: int
    thread_id: int = 0


async def of_unit(session: AsyncSession, appeal: Appeal, *, platform: str, bot: int) -> Handler | None:
    """Return who handles the appeal in its unit; None where nobody was named, or it is their own."""
    if appeal.department is None:
        return None
    return await _handler(session, appeal, STAFF, appeal.department, platform=platform, bot=bot)


async def of_dispatchers(session: AsyncSession, appeal: Appeal, *, platform: str, bot: int) -> Handler | None:
    """Return who dispatches the appeal; None where nobody was named, or it is their own."""
    return await _handler(session, appeal, DISPATCHER, "", platform=platform, bot=bot)


async def _handler(
    session: AsyncSession, appeal: Appeal, role: str, department: str, *, platform: str, bot: int
) -> Handler | None:
    found = await handlers.named(session, platform=platform, bot=bot, role=role, department=department)
    if found is None or found[1].id == appeal.citizen_id:
        return None
    return Handler(found[0], found[1].user_id)


def as_handler(appeal: Appeal, roles: Sequence[Staff], role: str = STAFF) -> Staff | None:
    """Return the row by which somebody with these roles handles a confidential appeal; nobody handles their own."""
    department = appeal.department if role == STAFF else ""
    return next(
        (
            each
            for each in roles
            if each.confidential
            and (each.role, each.department) == (role, department)
            and each.person_id != appeal.citizen_id
        ),
        None,
    )


async def only_handler(
    session: AsyncSession, appeal: Appeal, roles: Sequence[Staff], *, role: str = STAFF, private: bool = True
) -> Staff:
    """Return the handler's row where the person is the handler, in private; raise NotYours or HandlerOnly."""
    if role == STAFF and not any((each.role, each.department) == (role, appeal.department) for each in roles):
        raise NotYours(appeal.department)
    if role == DISPATCHER and not any(each.role == role for each in roles):
        raise NotYours
    staff = as_handler(appeal, roles, role)
    if staff is not None and private:
        return staff
    rows = await handlers.eligible(session, role=role, department=appeal.department or "" if role == STAFF else "")
    named = next((each for each in rows if each.confidential and each.person_id != appeal.citizen_id), None)
    raise HandlerOnly(named.name if named else None)


async def note_opened(session: AsyncSession, *, appeal: Appeal, staff: Staff, now: datetime) -> None:
    """Keep who opened a confidential appeal, as what and when; they get it in private."""
    actor = Actor.STAFF if staff.role == STAFF else Actor.DISPATCHER
    await events.record(
        session, OPENED, at=now, actor=actor, appeal_id=appeal.id, person_id=staff.person_id, role=staff.role
    )


async def must_wait_for_dispatch(session: AsyncSession, appeal: Appeal) -> None:
    """Raise TransitionRefused where there is nothing for a dispatcher to decide."""
    if not await waits_for_dispatchers(session, appeal):
        raise TransitionRefused(Status(appeal.status), Event.ASSIGN)


async def name_handler(session: AsyncSession, staff_id: int, *, person_id: int | None, now: datetime) -> Staff:
    """Let one of the staff, or of the dispatchers, handle what is confidential from now on; the former one no more.

    Each appeal that waits there gets an event, so that its card names the new one. Raises InputRefused.
    """
    staff = await session.get(Staff, staff_id)
    if staff is None or not staff.active or staff.role not in {STAFF, DISPATCHER}:
        raise InputRefused("no_such_staff")
    await handlers.unname(session, role=staff.role, department=staff.department)
    staff.confidential = True
    await session.flush()
    await _record(session, staff, staff.id, actor=Actor.ADMINISTRATOR, person_id=person_id, now=now)
    return staff


async def note_vacant(session: AsyncSession, staff: Staff, *, now: datetime) -> None:
    """Note that what somebody handled who works there no more has nobody until another one is named."""
    await session.flush()
    await _record(session, staff, None, actor=Actor.SYSTEM, person_id=None, now=now)


async def _record(
    session: AsyncSession, place: Staff, named: int | None, *, actor: Actor, person_id: int | None, now: datetime
) -> None:
    """Keep who is named, once for itself and once for each appeal that waits there."""
    department = place.department if place.role == STAFF else None
    waiting = await handlers.waiting_for(session, department=department)
    for appeal_id in [None, *(each.id for each in waiting)]:
        await events.record(
            session,
            HANDLER_NAMED,
            at=now,
            actor=actor,
            appeal_id=appeal_id,
            person_id=person_id,
            role=place.role,
            department=place.department,
            staff=named,
        )
