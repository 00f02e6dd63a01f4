"""Groups that are bound, the staff who work in them, and the one-time codes that let them in."""

import hashlib
from collections.abc import Sequence
from typing import Final

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Invitation, Office, Person, Staff

_KEPT: Final = or_(col(Office.active).is_(True), col(Office.lost) != "")
"""A group that a unit works in, or would if the bot could write there."""


async def at(session: AsyncSession, *, platform: str, bot: int, chat_id: int, thread_id: int = 0) -> Office | None:
    """Return the office that works in this chat, or in this topic of it."""
    here = await in_chat(session, platform=platform, bot=bot, chat_id=chat_id)
    return next((each for each in here if each.active and each.thread_id == thread_id), None)


async def in_chat(session: AsyncSession, *, platform: str, bot: int, chat_id: int) -> Sequence[Office]:
    """Return the offices of a chat, one a topic, those it was lost for too."""
    statement = (
        select(Office)
        .where(col(Office.platform) == platform, col(Office.bot) == bot, col(Office.chat_id) == chat_id)
        .where(_KEPT)
        .order_by(col(Office.id))
    )
    return (await session.execute(statement)).scalars().all()


async def of(
    session: AsyncSession, *, platform: str, bot: int, purpose: str, department: str | None = None
) -> Office | None:
    """Return the group of a department (purpose "department"), of the dispatchers or of the supervisors."""
    found = await theirs(session, platform=platform, bot=bot, purpose=purpose, department=department)
    return found if found is not None and found.active else None


async def theirs(
    session: AsyncSession, *, platform: str, bot: int, purpose: str, department: str | None = None
) -> Office | None:
    """Return the same, or the group that was lost: what is said there waits until it is back or another is bound."""
    statement = (
        select(Office)
        .where(col(Office.platform) == platform, col(Office.bot) == bot, col(Office.purpose) == purpose)
        .where(_KEPT)
        .order_by(col(Office.active).desc(), col(Office.id).desc())
        .limit(1)
    )
    if department is not None:
        statement = statement.where(col(Office.department) == department)
    return (await session.execute(statement)).scalar_one_or_none()


async def lost(session: AsyncSession, *, platform: str, bot: int) -> Sequence[Office]:
    """Return the groups and topics that cannot be written to now."""
    statement = (
        select(Office)
        .where(col(Office.platform) == platform, col(Office.bot) == bot, col(Office.lost) != "")
        .order_by(col(Office.id))
    )
    return (await session.execute(statement)).scalars().all()


async def place_now(session: AsyncSession, *, platform: str, bot: int, chat_id: int, thread_id: int) -> tuple[int, int]:
    """Return where the office works today that once worked in this place; the place itself where none did."""
    statement = select(Office).where(col(Office.platform) == platform, col(Office.bot) == bot).where(_KEPT)
    everywhere = (await session.execute(statement)).scalars().all()
    if any((each.chat_id, each.thread_id) == (chat_id, thread_id) for each in everywhere):
        return chat_id, thread_id
    moved = next((each for each in everywhere if [chat_id, thread_id] in each.former), None)
    return (moved.chat_id, moved.thread_id) if moved else (chat_id, thread_id)


async def everywhere(session: AsyncSession, *, platform: str, bot: int) -> Sequence[Office]:
    """Return every bound group."""
    statement = (
        select(Office)
        .where(col(Office.platform) == platform, col(Office.bot) == bot, col(Office.active).is_(True))
        .order_by(col(Office.id))
    )
    return (await session.execute(statement)).scalars().all()


_ROLES = select(Staff).where(col(Staff.person_id) == bindparam("person_id"), col(Staff.active).is_(True))


async def roles(session: AsyncSession, person_id: int) -> Sequence[Staff]:
    """Return all that a person works as today."""
    return (await session.execute(_ROLES, {"person_id": person_id})).scalars().all()


async def staff(session: AsyncSession, staff_id: int) -> Staff | None:
    """Return a member of staff by row id."""
    return await session.get(Staff, staff_id)


async def colleagues(session: AsyncSession, department: str) -> Sequence[tuple[Staff, Person]]:
    """Return the active staff of a department with their accounts; an anonymous administrator has none."""
    statement = (
        select(Staff, Person)
        .join(Person, col(Person.id) == col(Staff.person_id))
        .where(col(Staff.department) == department, col(Staff.active).is_(True), col(Person.user_id) > 0)
        .order_by(col(Staff.id))
    )
    return [(each, person) for each, person in (await session.execute(statement)).all()]


async def in_post(session: AsyncSession, department: str, post: str) -> Person | None:
    """Return who of a department holds a post, can be written to in private, and is there the longest."""
    found = [person for staff, person in await colleagues(session, department) if post and staff.post == post]
    return next((each for each in found if each.unreachable_since is None and each.user_id > 0), None)


async def administrators(session: AsyncSession) -> Sequence[Person]:
    """Return everybody who administers the bot."""
    statement = (
        select(Person)
        .join(Staff, col(Staff.person_id) == col(Person.id))
        .where(col(Staff.role) == "admin", col(Staff.active).is_(True))
    )
    return (await session.execute(statement)).scalars().all()


async def anybody_bound(session: AsyncSession, *, platform: str, bot: int) -> bool:
    """Whether any group was ever bound."""
    statement = select(func.count()).select_from(Office).where(col(Office.platform) == platform, col(Office.bot) == bot)
    return (await session.execute(statement)).scalar_one() > 0


def digest(code: str) -> str:
    """Return what is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


async def invitation(session: AsyncSession, code: str) -> Invitation | None:
    """Return the invitation for a code, for changing."""
    statement = select(Invitation).where(col(Invitation.digest) == digest(code)).with_for_update()
    return (await session.execute(statement)).scalar_one_or_none()
