"""Groups that are bound, the staff who work in them, and the one-time codes that let them in."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Invitation, Office, Person, Staff


async def at(session: AsyncSession, *, platform: str, bot: int, chat_id: int) -> Office | None:
    """Return the office that works in this chat."""
    statement = (
        select(Office)
        .where(col(Office.platform) == platform, col(Office.bot) == bot)
        .where(col(Office.chat_id) == chat_id, col(Office.active).is_(True))
        .order_by(col(Office.id).desc())
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def of(
    session: AsyncSession, *, platform: str, bot: int, purpose: str, department: str | None = None
) -> Office | None:
    """Return the group of a department (purpose "department"), of the dispatchers or of the supervisors."""
    statement = (
        select(Office)
        .where(col(Office.platform) == platform, col(Office.bot) == bot, col(Office.active).is_(True))
        .where(col(Office.purpose) == purpose)
        .order_by(col(Office.id).desc())
        .limit(1)
    )
    if department is not None:
        statement = statement.where(col(Office.department) == department)
    return (await session.execute(statement)).scalar_one_or_none()


async def everywhere(session: AsyncSession, *, platform: str, bot: int) -> Sequence[Office]:
    """Return every bound group."""
    statement = (
        select(Office)
        .where(col(Office.platform) == platform, col(Office.bot) == bot, col(Office.active).is_(True))
        .order_by(col(Office.id))
    )
    return (await session.execute(statement)).scalars().all()


async def roles(session: AsyncSession, person_id: int) -> Sequence[Staff]:
    """Return all that a person works as today."""
    statement = select(Staff).where(col(Staff.person_id) == person_id, col(Staff.active).is_(True))
    return (await session.execute(statement)).scalars().all()


async def staff(session: AsyncSession, staff_id: int) -> Staff | None:
    """Return a member of staff by row id."""
    return await session.get(Staff, staff_id)


async def colleagues(session: AsyncSession, department: str) -> Sequence[tuple[Staff, Person]]:
    """Return the active staff of a department with their accounts."""
    statement = (
        select(Staff, Person)
        .join(Person, col(Person.id) == col(Staff.person_id))
        .where(col(Staff.department) == department, col(Staff.active).is_(True))
        .order_by(col(Staff.id))
    )
    return [(each, person) for each, person in (await session.execute(statement)).all()]


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
