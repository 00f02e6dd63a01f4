"""Sentences units say often."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import CannedReply


async def of_department(session: AsyncSession, department: str) -> Sequence[CannedReply]:
    """Return a unit's sentences by name."""
    statement = select(CannedReply).where(col(CannedReply.department) == department).order_by(col(CannedReply.name))
    return (await session.execute(statement)).scalars().all()


async def named(session: AsyncSession, department: str, name: str) -> CannedReply | None:
    """Return a unit's sentence of that name."""
    statement = select(CannedReply).where(col(CannedReply.department) == department, col(CannedReply.name) == name)
    return (await session.execute(statement)).scalar_one_or_none()
