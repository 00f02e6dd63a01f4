"""Cases of danger: whose, and which one a draft or an appeal belongs to."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import DangerCase


async def add(session: AsyncSession, case: DangerCase) -> DangerCase:
    """Keep a new case."""
    session.add(case)
    await session.flush()
    return case


async def get(session: AsyncSession, case_id: int) -> DangerCase | None:
    """Return one case."""
    return await session.get(DangerCase, case_id)


async def locked(session: AsyncSession, case_id: int) -> DangerCase | None:
    """Return one case for changing; its appeal, if it has one, is to be locked first."""
    statement = (
        select(DangerCase)
        .where(col(DangerCase.id) == case_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def of_person(session: AsyncSession, person_id: int, *, since: datetime) -> DangerCase | None:
    """Return the person's newest case, if it was raised since then."""
    statement = (
        select(DangerCase)
        .where(col(DangerCase.person_id) == person_id, col(DangerCase.raised_at) >= since)
        .order_by(col(DangerCase.id).desc())
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def of_appeal(session: AsyncSession, appeal_id: int, *, states: Collection[str]) -> Sequence[DangerCase]:
    """Return the appeal's cases that are in one of these states."""
    statement = select(DangerCase).where(col(DangerCase.appeal_id) == appeal_id, col(DangerCase.state).in_(states))
    return (await session.execute(statement)).scalars().all()


async def file(session: AsyncSession, *, draft_id: int, appeal_id: int) -> None:
    """Note which appeal a draft's cases belong to from now on."""
    await session.execute(update(DangerCase).where(col(DangerCase.draft_id) == draft_id).values(appeal_id=appeal_id))
