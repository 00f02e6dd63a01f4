"""Trainings, the models they made, and which of these is in use."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import AppealEvent, Training


async def locked(session: AsyncSession, training_id: int) -> Training | None:
    """Return a training for changing."""
    statement = (
        select(Training)
        .where(col(Training.id) == training_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def under_way(session: AsyncSession) -> Training | None:
    """Return the training that waits or runs; there is one at most."""
    statement = select(Training).where(col(Training.under_way).is_(True)).with_for_update()
    return (await session.execute(statement)).scalar_one_or_none()


async def of_version(session: AsyncSession, version: str) -> Training | None:
    """Return the training that made a version, for changing."""
    statement = select(Training).where(col(Training.version) == version).with_for_update()
    return (await session.execute(statement)).scalar_one_or_none()


async def newest(session: AsyncSession, *, states: Collection[str], limit: int) -> Sequence[Training]:
    """Return trainings in these states, the newest first."""
    statement = select(Training).where(col(Training.state).in_(states)).order_by(col(Training.id).desc()).limit(limit)
    return (await session.execute(statement)).scalars().all()


async def last_event(session: AsyncSession, what: Collection[str]) -> AppealEvent | None:
    """Return the newest event that is one of these; models are changed by events of no appeal."""
    statement = select(AppealEvent).where(col(AppealEvent.what).in_(what)).order_by(col(AppealEvent.id).desc()).limit(1)
    return (await session.execute(statement)).scalar_one_or_none()


async def events_of(session: AsyncSession, what: str, *, limit: int) -> Sequence[AppealEvent]:
    """Return the newest events of a kind, the newest first."""
    statement = select(AppealEvent).where(col(AppealEvent.what) == what).order_by(col(AppealEvent.id).desc())
    return (await session.execute(statement.limit(limit))).scalars().all()
