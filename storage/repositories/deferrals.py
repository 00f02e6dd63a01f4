"""Deferred appeals whose promised date has come, or for which a word of progress is owed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.domain.statuses import Status
from storage.tables import Appeal


async def promised_until(session: AsyncSession, moment: datetime) -> Sequence[int]:
    """Those that were promised for `moment` or before, the oldest promise first."""
    statement = (
        select(col(Appeal.id))
        .where(col(Appeal.status) == Status.DEFERRED, col(Appeal.deferred_until) <= moment)
        .order_by(col(Appeal.deferred_until))
    )
    return (await session.execute(statement)).scalars().all()


async def owing_progress(session: AsyncSession, moment: datetime) -> Sequence[int]:
    """Those of which a word is owed by `moment`, and whose promised date comes later."""
    statement = (
        select(col(Appeal.id))
        .where(col(Appeal.status) == Status.DEFERRED, col(Appeal.progress_due) <= moment)
        .where(col(Appeal.deferred_until) > moment)
        .order_by(col(Appeal.progress_due))
    )
    return (await session.execute(statement)).scalars().all()
