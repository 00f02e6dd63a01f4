"""Those who handle confidential appeals (专办人): one of each unit's staff, and one of the dispatchers."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.domain.lifecycle import OPEN
from storage.tables import Appeal, Person, Staff


async def named(
    session: AsyncSession, *, platform: str, bot: int, role: str, department: str = ""
) -> tuple[Staff, Person] | None:
    """Return who handles what is confidential in a role (of a department), if somebody active was named."""
    statement = (
        select(Staff, Person)
        .join(Person, col(Person.id) == col(Staff.person_id))
        .where(col(Person.platform) == platform, col(Person.bot) == bot)
        .where(col(Staff.role) == role, col(Staff.department) == department)
        .where(col(Staff.active).is_(True), col(Staff.confidential).is_(True))
        .order_by(col(Staff.id))
        .limit(1)
    )
    found = (await session.execute(statement)).one_or_none()
    return (found[0], found[1]) if found else None


async def eligible(session: AsyncSession, *, role: str, department: str = "") -> Sequence[Staff]:
    """Return who may be named: everybody active in the role, but no group's own account."""
    statement = (
        select(Staff)
        .join(Person, col(Person.id) == col(Staff.person_id))
        .where(col(Staff.role) == role, col(Staff.department) == department, col(Staff.active).is_(True))
        .where(col(Person.user_id) > 0)
        .order_by(col(Staff.id))
    )
    return (await session.execute(statement)).scalars().all()


async def unname(session: AsyncSession, *, role: str, department: str = "") -> None:
    """Let nobody handle what is confidential there."""
    statement = (
        update(Staff)
        .where(col(Staff.role) == role, col(Staff.department) == department, col(Staff.confidential).is_(True))
        .values(confidential=False)
    )
    await session.execute(statement.execution_options(synchronize_session="fetch"))


async def waiting_for(session: AsyncSession, *, department: str | None) -> Sequence[Appeal]:
    """Return the open confidential appeals of a department, of all of them (None) with the dispatchers in mind."""
    statement = (
        select(Appeal).where(col(Appeal.confidential).is_(True), col(Appeal.status).in_(OPEN)).order_by(col(Appeal.id))
    )
    if department is not None:
        statement = statement.where(col(Appeal.department) == department)
    return (await session.execute(statement)).scalars().all()
