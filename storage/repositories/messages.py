"""Which appeal a message is about: the table every reply and every press is looked up in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.tables import ChatMessage, OutboxMessage


async def remember(session: AsyncSession, row: OutboxMessage, *, message_id: int, now: datetime) -> None:
    """Keep which appeal a message that went out is about; an edited one stays the message of the call that made it."""
    await keep(
        session,
        platform=row.platform,
        bot=row.bot,
        chat_id=row.chat_id,
        message_id=message_id,
        thread_id=int(row.payload.get("message_thread_id") or row.thread_id),
        appeal_id=row.appeal_id,
        role=row.role,
        outbox_id=row.edit_of or row.id,
        at=now,
    )


async def keep(session: AsyncSession, **columns: object) -> None:
    """Keep which appeal a message is about; a message id seen before now means the newer one.

    An edit does not say in which topic its message stands: that stays as it was.
    """
    upsert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = upsert(ChatMessage).values(**columns)
    changed: dict[str, Any] = {name: statement.excluded[name] for name in ("appeal_id", "role", "outbox_id", "at")}
    changed["thread_id"] = func.coalesce(func.nullif(statement.excluded.thread_id, 0), col(ChatMessage.thread_id))
    await session.execute(
        statement.on_conflict_do_update(index_elements=["platform", "bot", "chat_id", "message_id"], set_=changed)
    )


async def of_call(session: AsyncSession, outbox_id: int) -> Sequence[int]:
    """Return the ids of the messages a call made, the oldest first."""
    statement = (
        select(col(ChatMessage.message_id))
        .where(col(ChatMessage.outbox_id) == outbox_id)
        .order_by(col(ChatMessage.message_id))
    )
    return (await session.execute(statement)).scalars().all()


async def find(session: AsyncSession, *, platform: str, bot: int, chat_id: int, message_id: int) -> ChatMessage | None:
    """Return what is known of a message in a chat."""
    statement = select(ChatMessage).where(
        col(ChatMessage.platform) == platform,
        col(ChatMessage.bot) == bot,
        col(ChatMessage.chat_id) == chat_id,
        col(ChatMessage.message_id) == message_id,
    )
    return (await session.execute(statement)).scalar_one_or_none()
