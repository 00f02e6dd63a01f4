"""What happened: every change is one row, and what this transaction added is told to `notices` at its end."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import AppealEvent

_FRESH = "lianxin_fresh_events"


async def record(
    session: AsyncSession,
    what: str,
    *,
    at: datetime,
    actor: str,
    appeal_id: int | None = None,
    person_id: int | None = None,
    **details: Any,
) -> AppealEvent:
    """Keep one event; `details` are plain JSON values and hold no private number."""
    event = AppealEvent(appeal_id=appeal_id, what=what, at=at, actor=actor, person_id=person_id, details=details)
    session.add(event)
    await session.flush()
    session.info.setdefault(_FRESH, []).append(event)
    return event


def take_fresh(session: AsyncSession) -> list[AppealEvent]:
    """Return the events recorded since the last call, the oldest first."""
    fresh: list[AppealEvent] = session.info.pop(_FRESH, [])
    return fresh


def fresh(session: AsyncSession) -> Sequence[AppealEvent]:
    """Return the events recorded since the last `take_fresh`, and leave them to it."""
    return tuple(session.info.get(_FRESH, ()))


async def of_appeal(session: AsyncSession, appeal_id: int) -> Sequence[AppealEvent]:
    """The whole history of an appeal, the oldest first."""
    statement = select(AppealEvent).where(col(AppealEvent.appeal_id) == appeal_id).order_by(col(AppealEvent.id))
    return (await session.execute(statement)).scalars().all()


async def count(session: AsyncSession, appeal_id: int, what: Collection[str]) -> int:
    """How often one of these things happened to an appeal."""
    statement = (
        select(func.count())
        .select_from(AppealEvent)
        .where(col(AppealEvent.appeal_id) == appeal_id, col(AppealEvent.what).in_(what))
    )
    return (await session.execute(statement)).scalar_one()
