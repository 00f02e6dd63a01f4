"""Calls that are owed go to another place: a chat that has a new id, a group bound instead, a topic made anew."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.repositories import outbox
from storage.repositories.outbox import OutboxState
from storage.tables import Conversation, OutboxMessage, Person

_CARDS: Final = frozenset({"card", "triage", "secret"})
_EDIT: Final = "editMessageText"


async def to_topic(session: AsyncSession, *, platform: str, bot: int, chat_id: int, old: int, new: int) -> None:
    """Let what is owed to one topic of a chat go to another one, or (0) to the chat itself."""
    for row in await outbox.queued(session, platform=platform, bot=bot, chat_id=chat_id, thread_id=old):
        if row.method.startswith("send"):
            _place(row, chat_id, new)
    await session.flush()
    await _conversations(session, platform, bot, (chat_id, old), (chat_id, new))


async def to_upgraded(session: AsyncSession, *, platform: str, bot: int, old: int, new: int, now: datetime) -> None:
    """Let everything owed to a chat follow it to its new id.

    No message of the old chat can be reached there: edits become new messages, those of cards are needless (the
    cards are put there again), reactions and deletions too.
    """
    rows = await outbox.queued(session, platform=platform, bot=bot, chat_id=old)
    moving = _new_messages(rows)
    for row in rows:
        about_a_message = row.edit_of is not None or "message_id" in row.payload
        if row.id in moving or row.edit_of in moving or not about_a_message:
            _place(row, new, row.thread_id)
        elif row.method == _EDIT and row.role not in _CARDS:
            _as_new(row)
            _place(row, new, row.thread_id)
        else:
            _cancel(row, now)
    await session.flush()
    await _conversations(session, platform, bot, (old, None), (new, None))
    await _the_groups_own_account(session, platform, bot, old, new)


async def to_other_group(
    session: AsyncSession,
    *,
    platform: str,
    bot: int,
    old: tuple[int, int],
    new: tuple[int, int],
    last: bool,
    now: datetime,
) -> None:
    """Let new messages held for a lost group go to the one bound instead; a place is (chat, topic).

    `last`: nobody else works in the old chat, and what remains owed to it is needless.
    """
    rows = await outbox.queued(session, platform=platform, bot=bot, chat_id=old[0])
    moving = {row.id for row in rows if row.id in _new_messages(rows) and row.thread_id == old[1]}
    for row in rows:
        if row.id in moving or row.edit_of in moving:
            _place(row, *new)
        elif last:
            _cancel(row, now)
    await session.flush()


def _new_messages(rows: Sequence[OutboxMessage]) -> set[int]:
    return {row.id for row in rows if row.method.startswith("send") and row.edit_of is None}


def _place(row: OutboxMessage, chat_id: int, thread_id: int) -> None:
    payload: dict[str, Any] = {**row.payload, "chat_id": chat_id}
    if row.method.startswith("send"):
        payload.pop("message_thread_id", None)
        if thread_id:
            payload["message_thread_id"] = thread_id
        row.thread_id = thread_id
    if chat_id != row.chat_id:
        payload.pop("reply_parameters", None)
    row.chat_id, row.payload, row.next_try_at = chat_id, payload, None


def _as_new(row: OutboxMessage) -> None:
    """Make a new message of an edit that names its message; one that names a row is made new when it is sent."""
    if row.edit_of is None:
        row.method = "sendMessage"
        row.payload = {name: value for name, value in row.payload.items() if name != "message_id"}


def _cancel(row: OutboxMessage, now: datetime) -> None:
    row.state, row.settled_at, row.payload = OutboxState.CANCELLED, now, {}


async def _conversations(
    session: AsyncSession, platform: str, bot: int, old: tuple[int, int | None], new: tuple[int, int | None]
) -> None:
    """Let what people are being asked follow; what they are asked in the new place already goes first."""
    statement = select(Conversation).where(
        col(Conversation.platform) == platform, col(Conversation.bot) == bot, col(Conversation.chat_id) == old[0]
    )
    if old[1] is not None:
        statement = statement.where(col(Conversation.thread_id) == old[1])
    for talk in (await session.execute(statement)).scalars().all():
        thread = talk.thread_id if new[1] is None else new[1]
        user_id = new[0] if talk.user_id == old[0] else talk.user_id
        if await session.get(Conversation, (platform, bot, new[0], user_id, thread)) is None:
            columns: dict[str, Any] = {"state": talk.state, "memo": talk.memo, "updated_at": talk.updated_at}
            key: dict[str, Any] = {
                "platform": platform,
                "bot": bot,
                "chat_id": new[0],
                "user_id": user_id,
                "thread_id": thread,
            }
            session.add(Conversation(**key, **columns))
        await session.delete(talk)
    await session.flush()


async def _the_groups_own_account(session: AsyncSession, platform: str, bot: int, old: int, new: int) -> None:
    """Let who speaks in the group's name (its anonymous administrators) keep what they did."""
    mine = [col(Person.platform) == platform, col(Person.bot) == bot]
    taken = (await session.execute(select(Person).where(*mine, col(Person.user_id) == new))).scalar_one_or_none()
    if taken is None:
        await session.execute(update(Person).where(*mine, col(Person.user_id) == old).values(user_id=new))
