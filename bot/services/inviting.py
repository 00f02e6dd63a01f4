"""One-time codes: the first administrator, a group's binding, and staff come in by them."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.binding import ROLE_IN, Purpose, Role, bind, employ
from bot.services.moving import Actor
from storage.domain.errors import CodeRefused
from storage.domain.numbers import CODES, code, parse_code
from storage.repositories import events, invitations, offices
from storage.tables import Invitation, Office, Staff

WRONG_TRIES = 5
_WITHIN = timedelta(hours=1)


class Invites(StrEnum):
    """What a code is good for."""

    ADMIN = "admin"
    BIND = "bind"
    STAFF = "staff"


VALID = {Invites.ADMIN: timedelta(hours=24), Invites.BIND: timedelta(hours=24), Invites.STAFF: timedelta(days=7)}


async def invite(
    session: AsyncSession,
    invites: Invites,
    *,
    purpose: Purpose | None = None,
    department: str | None = None,
    person_id: int | None = None,
    now: datetime,
    draw: Callable[[int], int],
) -> str:
    """Return a fresh code, of which only the digest is kept.

    `purpose` and `department` say which group a BIND or STAFF code is for; `person_id` who gives it out (None: the
    command line).
    """
    fresh = code(draw(CODES))
    session.add(
        Invitation(
            digest=offices.digest(fresh),
            purpose=invites,
            department=department or "",
            details={"purpose": purpose} if purpose else {},
            created_at=now,
            expires_at=now + VALID[invites],
        )
    )
    await session.flush()
    await events.record(
        session,
        "invited",
        at=now,
        actor=Actor.ADMINISTRATOR,
        person_id=person_id,
        invites=invites,
        purpose=purpose,
        department=department,
    )
    return fresh


async def redeem(
    session: AsyncSession, typed: str, *, person_id: int, invites: Collection[Invites], now: datetime
) -> Invitation:
    """Use up a code for one of these things and return its invitation.

    A wrong one raises CodeRefused, and is counted if the caller lets the transaction stand; after five in an hour
    even a right one is refused.
    """
    if await invitations.wrong_tries(session, person_id, since=now - _WITHIN) >= WRONG_TRIES:
        raise CodeRefused("too many wrong codes")
    spelled = parse_code(typed)
    found = await offices.invitation(session, spelled) if spelled else None
    if found is None or found.used_at is not None or found.expires_at <= now or found.purpose not in invites:
        await events.record(session, invitations.CODE_REFUSED, at=now, actor=Actor.CITIZEN, person_id=person_id)
        raise CodeRefused("an unknown, used or expired code")
    found.used_at, found.used_by = now, person_id
    await session.flush()
    return found


async def join(session: AsyncSession, typed: str, *, person_id: int, name: str, now: datetime) -> Staff:
    """Make a person what their code invites them to be: administrator, staff of a unit, dispatcher, supervisor."""
    invitation = await redeem(session, typed, person_id=person_id, invites={Invites.ADMIN, Invites.STAFF}, now=now)
    role = Role.ADMIN
    if invitation.purpose == Invites.STAFF:
        role = ROLE_IN[Purpose(invitation.details["purpose"])]
    return await employ(session, person_id=person_id, role=role, department=invitation.department, name=name, now=now)


async def bind_by_code(
    session: AsyncSession,
    typed: str,
    *,
    person_id: int,
    platform: str,
    bot: int,
    chat_id: int,
    thread_id: int = 0,
    title: str,
    now: datetime,
) -> Office:
    """Bind the chat, or the topic of it, in which a binding code was sent to what the code is for."""
    invitation = await redeem(session, typed, person_id=person_id, invites={Invites.BIND}, now=now)
    return await bind(
        session,
        platform=platform,
        bot=bot,
        chat_id=chat_id,
        thread_id=thread_id,
        purpose=invitation.details["purpose"],
        department=invitation.department or None,
        title=title,
        now=now,
        person_id=person_id,
    )
