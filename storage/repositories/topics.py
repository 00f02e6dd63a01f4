"""What many people report, and the appeals among which that is looked for."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Status
from storage.tables import Appeal, HotTopic

_NOBODYS = (Status.WITHDRAWN, Status.DECLINED)


async def comparable_after(session: AsyncSession, *, since: datetime, after: int, limit: int) -> Sequence[int]:
    """Return the ids above `after` of appeals that may be compared, the oldest first.

    These are open ones, and those filed since then; what is confidential, withdrawn or declined never is.
    """
    statement = select(col(Appeal.id)).where(col(Appeal.id) > after, _comparable(since))
    return (await session.execute(statement.order_by(col(Appeal.id)).limit(limit))).scalars().all()


async def comparable(session: AsyncSession, *, since: datetime) -> Sequence[int]:
    """Return the ids of all appeals that may be compared."""
    return (await session.execute(select(col(Appeal.id)).where(_comparable(since)))).scalars().all()


def _comparable(since: datetime) -> ColumnElement[bool]:
    fresh = (col(Appeal.accepted_at) >= since) & col(Appeal.status).not_in(_NOBODYS)
    return (col(Appeal.status).in_(OPEN) | fresh) & col(Appeal.confidential).is_(False)


async def all_known(session: AsyncSession) -> Sequence[HotTopic]:
    """All topics that were seen lately, those told of with most people first."""
    statement = select(HotTopic).order_by(col(HotTopic.people).desc(), col(HotTopic.id))
    return (await session.execute(statement)).scalars().all()


async def keep(session: AsyncSession, topic: HotTopic) -> HotTopic:
    """Keep a new one."""
    session.add(topic)
    await session.flush()
    return topic


async def get(session: AsyncSession, topic_id: int) -> HotTopic | None:
    """Return one."""
    return await session.get(HotTopic, topic_id)


async def locked(session: AsyncSession, topic_id: int) -> HotTopic | None:
    """Return one for changing."""
    statement = (
        select(HotTopic).where(col(HotTopic.id) == topic_id).with_for_update().execution_options(populate_existing=True)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def forget_unseen(session: AsyncSession, *, since: datetime) -> None:
    """Forget the topics that were not there any more since then."""
    await session.execute(delete(HotTopic).where(col(HotTopic.seen_at) < since))


async def appeals_of(session: AsyncSession, ids: Collection[int]) -> Sequence[Appeal]:
    """Return these appeals as far as they may still be shown to the supervisors together, the newest first."""
    shown = col(Appeal.id).in_(ids) & col(Appeal.confidential).is_(False)
    return (await session.execute(select(Appeal).where(shown).order_by(col(Appeal.id).desc()))).scalars().all()
