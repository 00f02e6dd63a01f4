"""Which answered appeals are to be asked about again, and which nobody rated in time."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.domain.statuses import Status
from storage.tables import Appeal, AppealEvent


async def to_ask(session: AsyncSession, *, now: datetime, limit: int) -> Sequence[int]:
    """Appeals without a rating whose citizen is to be asked now, the longest waiting first."""
    statement = (
        select(col(Appeal.id))
        .where(col(Appeal.follow_up_at) <= now, col(Appeal.status) == Status.ANSWERED)
        .order_by(col(Appeal.follow_up_at), col(Appeal.id))
        .limit(limit)
    )
    return (await session.execute(statement)).scalars().all()


async def unrated(session: AsyncSession, *, answered_by: datetime, limit: int) -> Sequence[int]:
    """Appeals answered by then that nobody has rated, the longest waiting first."""
    statement = (
        select(col(Appeal.id))
        .where(col(Appeal.status) == Status.ANSWERED, col(Appeal.answered_at) <= answered_by)
        .order_by(col(Appeal.answered_at), col(Appeal.id))
        .limit(limit)
    )
    return (await session.execute(statement)).scalars().all()


async def ever(session: AsyncSession, person_id: int, what: str) -> bool:
    """Whether a person ever did this."""
    statement = (
        select(col(AppealEvent.id))
        .where(col(AppealEvent.what) == what, col(AppealEvent.person_id) == person_id)
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None
