"""Appeals drawn to be asked about by telephone (抽查回访): which may be drawn, and how far each was asked."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.domain.statuses import Status
from storage.domain.words import Kind
from storage.tables import Appeal, SpotCheck


async def candidates(session: AsyncSession, since: datetime) -> Sequence[int]:
    """Appeals closed since then, and those told by telephone since and not rated; never drawn before, with a number.

    What is confidential only its handler may speak of, and praise needs no asking.
    """
    by_phone = (col(Appeal.status) == Status.ANSWERED) & col(Appeal.told_by_phone).is_(True)
    # Written as a negation so that the index on the time is used, not the one on the status: most of all are closed.
    closed = (col(Appeal.closed_at) >= since) & col(Appeal.status).not_in(set(Status) - {Status.CLOSED})
    ended = [*await _fit(session, closed), *await _fit(session, by_phone & (col(Appeal.answered_at) >= since))]
    return sorted(ended)


async def add(session: AsyncSession, appeal_ids: Sequence[int], day: date, state: str) -> None:
    """Keep what was drawn for a day."""
    session.add_all([SpotCheck(appeal_id=each, day=day, state=state) for each in appeal_ids])
    await session.flush()


async def waiting(session: AsyncSession, since: date, state: str) -> Sequence[Appeal]:
    """The appeals drawn since that day which are still in `state`, in the order of asking."""
    statement = (
        select(Appeal)
        .join(SpotCheck, col(SpotCheck.appeal_id) == col(Appeal.id))
        .where(col(SpotCheck.day) >= since, col(SpotCheck.state) == state)
        .order_by(col(SpotCheck.id))
    )
    return (await session.execute(statement)).scalars().all()


async def locked(session: AsyncSession, check_id: int) -> SpotCheck | None:
    """Return one for changing."""
    statement = (
        select(SpotCheck)
        .where(col(SpotCheck.id) == check_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def next_for(session: AsyncSession, since: date, person_id: int, *, drawn: str, asking: str) -> SpotCheck | None:
    """Return, for changing, the one this person is asking about, else the first drawn since then that nobody took."""
    mine = (col(SpotCheck.state) == asking) & (col(SpotCheck.by) == person_id)
    statement = (
        select(SpotCheck)
        .where(col(SpotCheck.day) >= since, or_(mine, col(SpotCheck.state) == drawn))
        .order_by((col(SpotCheck.state) == drawn).asc(), col(SpotCheck.id))
        .limit(1)
        .with_for_update()
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def _fit(session: AsyncSession, ended: ColumnElement[bool]) -> Sequence[int]:
    drawn = select(col(SpotCheck.id)).where(col(SpotCheck.appeal_id) == col(Appeal.id))
    statement = (
        select(col(Appeal.id))
        .where(ended, col(Appeal.phone).is_not(None), col(Appeal.confidential).is_(False))
        .where(col(Appeal.kind) != Kind.PRAISE, ~drawn.exists())
    )
    return (await session.execute(statement)).scalars().all()
