"""What went wrong lately, counted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.repositories.inbox import InboxState
from storage.repositories.outbox import OutboxState
from storage.tables import InboxUpdate, OutboxMessage


@dataclass(frozen=True)
class Troubles:
    """Updates nobody could work off, updates nobody could read, and calls the platform did not take."""

    dead: int
    unreadable: int
    undelivered: int


async def since(session: AsyncSession, moment: datetime) -> Troubles:
    """Count what went wrong after that moment."""
    updates = (
        select(col(InboxUpdate.state), func.count())
        .where(col(InboxUpdate.received_at) > moment)
        .where(col(InboxUpdate.state).in_([InboxState.DEAD, InboxState.QUARANTINED]))
        .group_by(col(InboxUpdate.state))
    )
    calls = (
        select(func.count())
        .select_from(OutboxMessage)
        .where(col(OutboxMessage.created_at) > moment, col(OutboxMessage.state) == OutboxState.FAILED)
    )
    bad: dict[str, int] = {row[0]: row[1] for row in (await session.execute(updates)).all()}
    failed = (await session.execute(calls)).scalar_one()
    return Troubles(bad.get(InboxState.DEAD, 0), bad.get(InboxState.QUARANTINED, 0), failed)
