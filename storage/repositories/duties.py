"""Who is on duty for a unit, or for the dispatchers (an empty department), on which day (值班表)."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Duty, Person, Staff


async def between(
    session: AsyncSession, department: str, first: date, last: date
) -> Mapping[date, tuple[Staff, Person]]:
    """Return who is on duty on those days; days with nobody, or somebody who works there no more, are missing."""
    statement = (
        select(Duty, Staff, Person)
        .join(Staff, col(Staff.id) == col(Duty.staff_id))
        .join(Person, col(Person.id) == col(Staff.person_id))
        .where(col(Duty.department) == department, col(Duty.day) >= first, col(Duty.day) <= last)
        .where(col(Staff.active).is_(True))
    )
    return {duty.day: (staff, person) for duty, staff, person in (await session.execute(statement)).all()}


async def put(session: AsyncSession, department: str, day: date, staff_id: int | None) -> None:
    """Let somebody be on duty on a day, or nobody (None), in place of whoever was."""
    if staff_id is None:
        gone = delete(Duty).where(col(Duty.department) == department, col(Duty.day) == day)
        await session.execute(gone.execution_options(synchronize_session="fetch"))
        return
    row = await session.get(Duty, (department, day))
    if row is None:
        session.add(Duty(department=department, day=day, staff_id=staff_id))
    else:
        row.staff_id = staff_id
    await session.flush()
