"""Group and staff rows as they are written: active or not, so that a second binding finds the first."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Office, Person, Staff


async def office_in(
    session: AsyncSession, *, platform: str, bot: int, chat_id: int, thread_id: int = 0
) -> Office | None:
    """Return the row of this chat (or of this topic of it), whatever it was bound as and whether it still is."""
    statement = select(Office).where(
        col(Office.platform) == platform,
        col(Office.bot) == bot,
        col(Office.chat_id) == chat_id,
        col(Office.thread_id) == thread_id,
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def staff_row(session: AsyncSession, *, person_id: int, role: str, department: str = "") -> Staff | None:
    """Return a person's row in a role, whether they still hold it or not."""
    statement = select(Staff).where(
        col(Staff.person_id) == person_id, col(Staff.role) == role, col(Staff.department) == department
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def working(session: AsyncSession, *, role: str, department: str = "") -> Sequence[Staff]:
    """Return the active staff in a role, the longest there first; who speaks in a group's own name is none."""
    statement = (
        select(Staff)
        .join(Person, col(Person.id) == col(Staff.person_id))
        .where(col(Staff.role) == role, col(Staff.department) == department)
        .where(col(Staff.active).is_(True), col(Person.user_id) > 0)
        .order_by(col(Staff.id))
    )
    return (await session.execute(statement)).scalars().all()


async def headcount(session: AsyncSession) -> Mapping[tuple[str, str], int]:
    """Return how many active staff there are, by (role, department); the department is empty outside units.

    Who speaks in a group's own name (an anonymous administrator, whose account is the group) is no head more.
    """
    statement = (
        select(col(Staff.role), col(Staff.department), func.count())
        .join(Person, col(Person.id) == col(Staff.person_id))
        .where(col(Staff.active).is_(True), col(Person.user_id) > 0)
        .group_by(col(Staff.role), col(Staff.department))
    )
    return {(role, department): n for role, department, n in (await session.execute(statement)).all()}
