"""The outbox: what is owed to the platform, and what became of each call."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, func, insert, inspect, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import Office, OutboxMessage


class OutboxState(StrEnum):
    """What became of a call."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"
    MERGED = "merged"


_GONE = (OutboxState.FAILED, OutboxState.CANCELLED, OutboxState.MERGED)
UNSENT = (OutboxState.QUEUED, OutboxState.SENDING)


_MAY_BE_MISSING = (
    *("key", "edit_of", "reply_to", "appeal_id", "utterance_id"),
    *("send_after", "next_try_at", "message_id", "error", "settled_at"),
)
_TABLE = cast("Table", inspect(OutboxMessage).local_table)
_QUEUE = insert(_TABLE).returning(_TABLE.c.id)


async def queue(session: AsyncSession, **columns: Any) -> int:
    """Queue one call and return its id."""
    row = {"state": OutboxState.QUEUED, "tries": 0, "thread_id": 0, **dict.fromkeys(_MAY_BE_MISSING), **columns}
    queued: int = (await session.execute(_QUEUE, row)).scalar_one()
    return queued


async def named(session: AsyncSession, *, platform: str, bot: int, key: str) -> int | None:
    """Return the id of the newest row called `key`."""
    statement = (
        select(func.max(OutboxMessage.id))
        .where(col(OutboxMessage.platform) == platform, col(OutboxMessage.bot) == bot)
        .where(col(OutboxMessage.key) == key)
    )
    return (await session.execute(statement)).scalar_one()


async def standing(session: AsyncSession, *, platform: str, bot: int, key: str) -> Sequence[OutboxMessage]:
    """Return every row called `key` that stands in its chat, or will, the oldest first."""
    statement = (
        select(OutboxMessage)
        .where(col(OutboxMessage.platform) == platform, col(OutboxMessage.bot) == bot)
        .where(col(OutboxMessage.key) == key, col(OutboxMessage.state).not_in(_GONE))
        .order_by(col(OutboxMessage.id))
    )
    return (await session.execute(statement)).scalars().all()


async def get(session: AsyncSession, row_id: int) -> OutboxMessage | None:
    """Return one row as it stands now."""
    statement = select(OutboxMessage).where(col(OutboxMessage.id) == row_id).execution_options(populate_existing=True)
    return (await session.execute(statement)).scalar_one_or_none()


async def said_since(session: AsyncSession, row_id: int) -> bool:
    """Whether a newer message than that of the row was sent, or is owed, to the same chat."""
    chat = select(col(OutboxMessage.chat_id)).where(col(OutboxMessage.id) == row_id).scalar_subquery()
    statement = (
        select(col(OutboxMessage.id))
        .where(col(OutboxMessage.id) > row_id, col(OutboxMessage.chat_id) == chat)
        .where(col(OutboxMessage.method).startswith("send"))
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def waiting(
    session: AsyncSession,
    *,
    platform: str,
    bot: int,
    now: datetime,
    not_chats: Collection[int],
    limit: int,
) -> Sequence[OutboxMessage]:
    """Return, for up to `limit` chats, the oldest call that may go now; held ones let later ones pass."""
    mine = [
        col(OutboxMessage.state) == OutboxState.QUEUED,
        ~_kept_back(),
        col(OutboxMessage.platform) == platform,
        col(OutboxMessage.bot) == bot,
        or_(col(OutboxMessage.send_after).is_(None), col(OutboxMessage.send_after) <= now),
    ]
    if not_chats:
        mine.append(col(OutboxMessage.chat_id).not_in(not_chats))
    heads = select(func.min(OutboxMessage.id)).where(*mine).group_by(col(OutboxMessage.chat_id))
    statement = (
        select(OutboxMessage)
        .where(col(OutboxMessage.id).in_(heads))
        .where(or_(col(OutboxMessage.next_try_at).is_(None), col(OutboxMessage.next_try_at) <= now))
        .order_by(col(OutboxMessage.id))
        .limit(limit)
        .execution_options(populate_existing=True)
    )
    return (await session.execute(statement)).scalars().all()


async def next_due(session: AsyncSession, *, platform: str, bot: int) -> datetime | None:
    """When the next held or postponed call falls due; None where none is."""
    postponed = func.coalesce(col(OutboxMessage.next_try_at), col(OutboxMessage.send_after))
    statement = (
        select(func.min(postponed))
        .where(col(OutboxMessage.state) == OutboxState.QUEUED, ~_kept_back())
        .where(col(OutboxMessage.platform) == platform, col(OutboxMessage.bot) == bot)
    )
    return (await session.execute(statement)).scalar_one()


def _kept_back() -> ColumnElement[bool]:
    """Whether a call waits because the bot is out of its group, or because its topic is gone."""
    whole, part = col(Office.lost) == "chat", col(Office.lost) == "topic"
    here = and_(
        col(Office.platform) == col(OutboxMessage.platform),
        col(Office.bot) == col(OutboxMessage.bot),
        col(Office.chat_id) == col(OutboxMessage.chat_id),
        or_(whole, and_(part, col(Office.thread_id) == col(OutboxMessage.thread_id))),
    )
    return select(col(Office.id)).where(here).exists()


async def kept_back(session: AsyncSession, *, platform: str, bot: int) -> int:
    """How many calls wait for a group or a topic to be back."""
    statement = (
        select(func.count())
        .select_from(OutboxMessage)
        .where(col(OutboxMessage.platform) == platform, col(OutboxMessage.bot) == bot)
        .where(col(OutboxMessage.state) == OutboxState.QUEUED, _kept_back())
    )
    return (await session.execute(statement)).scalar_one()


async def queued(
    session: AsyncSession, *, platform: str, bot: int, chat_id: int, thread_id: int | None = None
) -> Sequence[OutboxMessage]:
    """Return the calls owed to a chat (with a topic given, to that one), the oldest first, for changing."""
    statement = (
        select(OutboxMessage)
        .where(col(OutboxMessage.platform) == platform, col(OutboxMessage.bot) == bot)
        .where(col(OutboxMessage.chat_id) == chat_id, col(OutboxMessage.state) == OutboxState.QUEUED)
        .order_by(col(OutboxMessage.id))
        .execution_options(populate_existing=True)
    )
    if thread_id is not None:
        statement = statement.where(col(OutboxMessage.thread_id) == thread_id)
    return (await session.execute(statement)).scalars().all()


async def newer_edit(session: AsyncSession, row: OutboxMessage) -> bool:
    """Whether a later edit of the same message is queued, which makes this one needless."""
    statement = (
        select(col(OutboxMessage.id))
        .where(col(OutboxMessage.edit_of) == row.edit_of, col(OutboxMessage.id) > row.id)
        .where(col(OutboxMessage.state) == OutboxState.QUEUED, col(OutboxMessage.method) == row.method)
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def change(session: AsyncSession, row_ids: Collection[int], **columns: Any) -> None:
    """Write columns of some rows."""
    if row_ids:
        await session.execute(update(OutboxMessage).where(col(OutboxMessage.id).in_(row_ids)).values(**columns))


async def take(session: AsyncSession, row_ids: Collection[int]) -> set[int]:
    """Mark queued rows as being sent; return those that were still queued."""
    if not row_ids:
        return set()
    statement = (
        update(OutboxMessage)
        .where(col(OutboxMessage.id).in_(row_ids), col(OutboxMessage.state) == OutboxState.QUEUED)
        .values(state=OutboxState.SENDING)
        .returning(col(OutboxMessage.id))
    )
    return set((await session.execute(statement)).scalars())


async def settle(session: AsyncSession, row_id: int, *, state: OutboxState, now: datetime, **columns: Any) -> None:
    """Write what became of a call; its words are kept with their appeal, or nowhere."""
    await change(session, [row_id], state=state, settled_at=now, payload={}, **columns)


async def in_flight(session: AsyncSession, *, platform: str, bot: int, chat_id: int) -> bool:
    """Whether a call to the chat is being made, or its outcome not written down yet."""
    statement = (
        select(col(OutboxMessage.id))
        .where(col(OutboxMessage.state) == OutboxState.SENDING, col(OutboxMessage.chat_id) == chat_id)
        .where(col(OutboxMessage.platform) == platform, col(OutboxMessage.bot) == bot)
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def interrupted(session: AsyncSession, *, platform: str, bot: int) -> Sequence[OutboxMessage]:
    """Return the calls a stopped process left in flight: whether they took effect, nobody knows."""
    statement = (
        select(OutboxMessage)
        .where(col(OutboxMessage.state) == OutboxState.SENDING)
        .where(col(OutboxMessage.platform) == platform, col(OutboxMessage.bot) == bot)
    )
    return (await session.execute(statement)).scalars().all()


async def count(session: AsyncSession, state: OutboxState) -> int:
    """How many calls are in `state`."""
    statement = select(func.count()).select_from(OutboxMessage).where(col(OutboxMessage.state) == state)
    return (await session.execute(statement)).scalar_one()


async def owed(session: AsyncSession, now: datetime) -> int:
    """How many calls are in flight or due by now."""
    due = or_(
        func.coalesce(col(OutboxMessage.next_try_at), col(OutboxMessage.send_after)).is_(None),
        func.coalesce(col(OutboxMessage.next_try_at), col(OutboxMessage.send_after)) <= now,
    )
    statement = (
        select(func.count())
        .select_from(OutboxMessage)
        .where(
            or_(
                col(OutboxMessage.state) == OutboxState.SENDING,
                (col(OutboxMessage.state) == OutboxState.QUEUED) & due & ~_kept_back(),
            )
        )
    )
    return (await session.execute(statement)).scalar_one()
