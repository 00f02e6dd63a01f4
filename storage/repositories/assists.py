"""What other units are asked to do for an appeal (会办), found and locked."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.domain.lifecycle import WITH_A_UNIT
from storage.tables import Appeal, Assist


class AssistState(StrEnum):
    """How far it is; `off`: the appeal ended, or another unit leads it now."""

    ASKED = "asked"
    TAKEN = "taken"
    ANSWERED = "answered"
    DECLINED = "declined"
    OFF = "off"


OPEN: Final = frozenset({AssistState.ASKED, AssistState.TAKEN})


async def keep(session: AsyncSession, assist: Assist) -> Assist:
    """Keep a new one."""
    session.add(assist)
    await session.flush()
    return assist


async def get(session: AsyncSession, assist_id: int) -> Assist | None:
    """Return one as it stands now; its appeal is what is locked."""
    return await session.get(Assist, assist_id, populate_existing=True)


async def of_appeal(session: AsyncSession, appeal_id: int) -> Sequence[Assist]:
    """All of an appeal, the oldest first."""
    statement = select(Assist).where(col(Assist.appeal_id) == appeal_id).order_by(col(Assist.id))
    return (await session.execute(statement.execution_options(populate_existing=True))).scalars().all()


async def late(session: AsyncSession, now: datetime) -> Sequence[Assist]:
    """Those that should have been answered by now, of appeals that are still open, the oldest first."""
    statement = (
        select(Assist)
        .join(Appeal, col(Appeal.id) == col(Assist.appeal_id))
        .where(col(Appeal.status).in_(WITH_A_UNIT), col(Assist.state).in_(OPEN), col(Assist.due) <= now)
        .order_by(col(Assist.id))
    )
    return (await session.execute(statement)).scalars().all()


async def call_off(session: AsyncSession, appeal_id: int, *, now: datetime) -> list[int]:
    """Ask nobody any more for help with an appeal; return which were open."""
    statement = select(Assist).where(col(Assist.appeal_id) == appeal_id, col(Assist.state).in_(OPEN))
    left = (await session.execute(statement.order_by(col(Assist.id)))).scalars().all()
    for each in left:
        each.state, each.settled_at = AssistState.OFF, now
    await session.flush()
    return [each.id for each in left]
