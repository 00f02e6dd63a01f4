"""What citizens told the supervisors, found and locked."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Concern, SpotCheck

OPEN = "open"


async def keep(session: AsyncSession, concern: Concern) -> Concern:
    """Keep a new one."""
    session.add(concern)
    await session.flush()
    return concern


async def get(session: AsyncSession, concern_id: int) -> Concern | None:
    """Return one."""
    return await session.get(Concern, concern_id)


async def locked(session: AsyncSession, concern_id: int) -> Concern | None:
    """Return one for changing; its appeal is to be locked first."""
    statement = (
        select(Concern).where(col(Concern.id) == concern_id).with_for_update().execution_options(populate_existing=True)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def open_of(session: AsyncSession, appeal_id: int, kind: str) -> Concern | None:
    """Return the newest one of an appeal and of this kind that nobody has settled."""
    statement = (
        select(Concern)
        .where(col(Concern.appeal_id) == appeal_id, col(Concern.kind) == kind, col(Concern.state) == OPEN)
        .order_by(col(Concern.id).desc())
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def unsettled(session: AsyncSession) -> Sequence[Concern]:
    """Those that nobody has settled, the oldest first."""
    statement = select(Concern).where(col(Concern.state) == OPEN).order_by(col(Concern.id))
    return (await session.execute(statement)).scalars().all()


async def overdue(session: AsyncSession, now: datetime) -> Sequence[Concern]:
    """Those whose citizen was promised an answer by now and has none, the oldest first."""
    statement = select(Concern).where(col(Concern.state) == OPEN, col(Concern.due) <= now).order_by(col(Concern.id))
    return (await session.execute(statement)).scalars().all()


async def is_drawn(session: AsyncSession, appeal_id: int, day: date) -> bool:
    """Whether an appeal was drawn to be asked about on that day."""
    statement = select(col(SpotCheck.id)).where(col(SpotCheck.appeal_id) == appeal_id, col(SpotCheck.day) == day)
    return (await session.execute(statement)).scalar_one_or_none() is not None
