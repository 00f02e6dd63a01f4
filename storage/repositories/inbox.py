"""The inbox: raw updates, kept before they are acknowledged, worked off once, in order within a chat."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import cast

from sqlalchemy import Table, bindparam, func, insert, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import InboxUpdate


class InboxState(StrEnum):
    """What became of an update."""

    WAITING = "waiting"
    DONE = "done"
    QUARANTINED = "quarantined"
    DEAD = "dead"


_TABLE = cast("Table", inspect(InboxUpdate).local_table)
_SETTLE = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("row_id"))
    .values(state=bindparam("new_state"), done_at=bindparam("at"), error=bindparam("why"))
)
_SETTLE_DONE = _SETTLE.values(raw="")


async def keep(session: AsyncSession, updates: Sequence[dict[str, object]]) -> None:
    """Keep raw updates (columns of `inbox` as keys); one already kept is passed over."""
    if not updates:
        return
    dialect = session.get_bind().dialect.name
    upsert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = upsert(InboxUpdate).on_conflict_do_nothing(index_elements=["platform", "bot", "update_id"])
    await session.execute(statement, list(updates))


async def quarantine(session: AsyncSession, row: dict[str, object]) -> None:
    """Keep something that is no update at all, for a person to look at."""
    await session.execute(insert(InboxUpdate), [row])


async def next_batch(
    session: AsyncSession, *, platform: str, bot: int, now: datetime, size: int, not_chats: Collection[int] = ()
) -> list[InboxUpdate]:
    """Return up to `size` waiting updates of different chats: each the oldest of its chat, and due."""
    heads = (
        select(func.min(InboxUpdate.id))
        .where(col(InboxUpdate.state) == InboxState.WAITING)
        .where(col(InboxUpdate.platform) == platform, col(InboxUpdate.bot) == bot)
        .where(col(InboxUpdate.chat_id).not_in(not_chats))
        .group_by(col(InboxUpdate.chat_id))
    )
    statement = (
        select(InboxUpdate)
        .where(col(InboxUpdate.id).in_(heads))
        .where((col(InboxUpdate.next_try_at).is_(None)) | (col(InboxUpdate.next_try_at) <= now))
        .order_by(col(InboxUpdate.id))
        .limit(size)
    )
    return list((await session.execute(statement)).scalars())


async def settle(
    session: AsyncSession,
    row_id: int,
    *,
    state: InboxState,
    now: datetime,
    error: str | None = None,
) -> None:
    """Write what became of an update; the words of one that is done are kept with its appeal, or nowhere."""
    values: dict[str, object] = {"row_id": row_id, "new_state": state, "at": now, "why": error}
    await session.execute(_SETTLE_DONE if state is InboxState.DONE else _SETTLE, values)


async def retry_later(session: AsyncSession, row_id: int, *, tries: int, at: datetime, error: str) -> None:
    """Write a failed try; the update is looked at again at `at`."""
    values = {"tries": tries, "next_try_at": at, "error": error}
    await session.execute(update(InboxUpdate).where(col(InboxUpdate.id) == row_id).values(values))


async def count(session: AsyncSession, state: InboxState) -> int:
    """How many updates are in `state`."""
    statement = select(func.count()).select_from(InboxUpdate).where(col(InboxUpdate.state) == state)
    return (await session.execute(statement)).scalar_one()


async def oldest_waiting(session: AsyncSession) -> datetime | None:
    """When the longest waiting update came in."""
    statement = select(func.min(InboxUpdate.received_at)).where(col(InboxUpdate.state) == InboxState.WAITING)
    return (await session.execute(statement)).scalar_one()
