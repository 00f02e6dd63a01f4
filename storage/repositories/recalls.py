"""Calls that are still in the outbox, or carry some words: let go at once, taken back, given up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.repositories.outbox import OutboxState
from storage.tables import OutboxMessage


async def release(session: AsyncSession, row_id: int) -> bool:
    """Let a held call go at once; False when it was already sent or cancelled."""
    return await _while_held(session, row_id, {"send_after": None})


async def cancel(session: AsyncSession, row_id: int, *, now: datetime) -> bool:
    """Take back a held call; False when it was already sent or cancelled."""
    return await _while_held(session, row_id, {"state": OutboxState.CANCELLED, "settled_at": now, "payload": {}})


async def _while_held(session: AsyncSession, row_id: int, values: dict[str, Any]) -> bool:
    statement = (
        update(OutboxMessage)
        .where(col(OutboxMessage.id) == row_id, col(OutboxMessage.state) == OutboxState.QUEUED)
        .where(col(OutboxMessage.send_after).is_not(None))
        .values(values)
        .returning(col(OutboxMessage.id))
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def unsent_named(session: AsyncSession, *, platform: str, bot: int, key: str) -> Sequence[OutboxMessage]:
    """Return the calls of that name that have not gone and were not tried, the oldest first."""
    statement = (
        select(OutboxMessage)
        .where(col(OutboxMessage.platform) == platform, col(OutboxMessage.bot) == bot)
        .where(col(OutboxMessage.key) == key, col(OutboxMessage.state) == OutboxState.QUEUED)
        .where(col(OutboxMessage.tries) == 0)
        .order_by(col(OutboxMessage.id))
        .with_for_update()
    )
    return (await session.execute(statement)).scalars().all()


async def drop_unsent(session: AsyncSession, row_id: int, *, now: datetime) -> None:
    """Give up a call that has not gone: another one says the same and more."""
    statement = (
        update(OutboxMessage)
        .where(col(OutboxMessage.id) == row_id, col(OutboxMessage.state) == OutboxState.QUEUED)
        .values(state=OutboxState.MERGED, settled_at=now, payload={})
        .execution_options(synchronize_session=False)
    )
    await session.execute(statement)


async def carrying(session: AsyncSession, utterance_id: int, *, locked: bool = False) -> Sequence[OutboxMessage]:
    """Return the calls that carry some words, in the order they were queued; `locked`: none is sent meanwhile."""
    statement = (
        select(OutboxMessage)
        .where(col(OutboxMessage.utterance_id) == utterance_id)
        .order_by(col(OutboxMessage.id))
        .execution_options(populate_existing=True)
    )
    statement = statement.with_for_update() if locked else statement
    return (await session.execute(statement)).scalars().all()


async def together(session: AsyncSession, row: OutboxMessage) -> list[OutboxMessage]:
    """Return the calls that carry the same words as this one and were queued with it, itself among them.

    They share the beginning of their key: `relay:7`, `relay:7:1`, …
    """
    base = ":".join((row.key or "").split(":")[:2])
    carried = await carrying(session, row.utterance_id) if row.utterance_id is not None else []
    begun = max((each.id for each in carried if each.key == base), default=row.id)
    return [each for each in carried if each.id >= min(begun, row.id)]


async def recall(session: AsyncSession, utterance_id: int, *, now: datetime) -> bool:
    """Take back every call that carries an utterance and was never tried; False where one has gone, or may have."""
    mine = col(OutboxMessage.utterance_id) == utterance_id
    untried = [col(OutboxMessage.state) == OutboxState.QUEUED, col(OutboxMessage.tries) == 0]
    taken_back = {"state": OutboxState.CANCELLED, "settled_at": now, "payload": {}}
    await session.execute(update(OutboxMessage).where(mine, *untried).values(taken_back))
    statement = select(func.count()).where(mine, col(OutboxMessage.state).not_in([OutboxState.CANCELLED]))
    return (await session.execute(statement)).scalar_one() == 0
