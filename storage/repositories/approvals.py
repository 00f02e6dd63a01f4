"""What supervisors have to decide about appeals, found and locked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Approval

WAITING = "waiting"
MOOT = "moot"


async def keep(session: AsyncSession, approval: Approval) -> Approval:
    """Keep a new one."""
    session.add(approval)
    await session.flush()
    return approval


async def locked(session: AsyncSession, approval_id: int) -> Approval | None:
    """Return one for changing."""
    statement = (
        select(Approval)
        .where(col(Approval.id) == approval_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def waiting_of(session: AsyncSession, appeal_id: int) -> Sequence[Approval]:
    """Those of an appeal that nobody has decided, the oldest first."""
    statement = (
        select(Approval)
        .where(col(Approval.appeal_id) == appeal_id, col(Approval.state) == WAITING)
        .order_by(col(Approval.id))
    )
    return (await session.execute(statement)).scalars().all()


async def waiting(session: AsyncSession, *, limit: int) -> Sequence[Approval]:
    """All that nobody has decided, the oldest first, so many at most."""
    statement = select(Approval).where(col(Approval.state) == WAITING).order_by(col(Approval.id)).limit(limit)
    return (await session.execute(statement)).scalars().all()


async def count_waiting(session: AsyncSession) -> int:
    """How many nobody has decided."""
    statement = select(func.count()).select_from(Approval).where(col(Approval.state) == WAITING)
    return (await session.execute(statement)).scalar_one()


async def make_moot(session: AsyncSession, appeal_id: int, *, now: datetime) -> list[int]:
    """Let nothing of an appeal wait any longer, for there is nothing left to decide; return which waited."""
    left = await waiting_of(session, appeal_id)
    for each in left:
        each.state, each.decided_at = MOOT, now
    await session.flush()
    return [each.id for each in left]
