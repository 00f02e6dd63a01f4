"""Puts the platform's message ids into a call that names outbox rows instead."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage.repositories import messages, offices, outbox
from storage.repositories.outbox import OutboxState
from storage.tables import OutboxMessage

_UNSENT = {OutboxState.QUEUED, OutboxState.SENDING}
_EDITS_OF_TEXT = "editMessageText"
_HELD_SECONDS = 1.0


class Blocked(Exception):  # noqa: N818 - a state, not a fault
    """The call's target is not sent yet; look again in `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"target not sent yet, {seconds:g} s")
        self.seconds = seconds


async def addressed(session: AsyncSession, row: OutboxMessage) -> tuple[str, dict[str, Any]]:
    """Return the method and payload to send now; raise Blocked while the target is still under way."""
    method, payload = row.method, dict(row.payload)
    if row.edit_of is not None:
        method, payload = await _edit(session, row, method, payload)
    if row.reply_to is not None:
        payload = await _reply(session, row, payload)
    return method, payload


async def _edit(
    session: AsyncSession, row: OutboxMessage, method: str, payload: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    target = await outbox.get(session, row.edit_of or 0)
    if target is not None and target.state in _UNSENT:
        raise Blocked(_HELD_SECONDS)
    stands = target is not None and target.state == OutboxState.SENT and target.chat_id == row.chat_id
    if target is not None and stands and target.message_id is not None:
        return method, payload | {"message_id": target.message_id}
    if method != _EDITS_OF_TEXT:
        return method, payload
    thread_id = await _topic_now(session, target, row.chat_id) if target is not None else 0
    return "sendMessage", as_new(payload) | ({"message_thread_id": thread_id} if thread_id else {})


def as_new(payload: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters of an edit as those of a new message."""
    return {name: value for name, value in payload.items() if name != "message_id"}


async def topic_of_lost(session: AsyncSession, row: OutboxMessage) -> int:
    """Return the topic in which a message stood that an edit names and that is gone."""
    message_id = int(row.payload.get("message_id") or 0)
    place: dict[str, Any] = {"platform": row.platform, "bot": row.bot}
    known = await messages.find(session, **place, chat_id=row.chat_id, message_id=message_id)
    return known.thread_id if known is not None else 0


async def _topic_now(session: AsyncSession, target: OutboxMessage, chat_id: int) -> int:
    """Return the topic into which what stood there before goes today; 0 in another chat, and where there is none."""
    place = await offices.place_now(
        session, platform=target.platform, bot=target.bot, chat_id=target.chat_id, thread_id=target.thread_id
    )
    return place[1] if place[0] == chat_id else 0


async def _reply(session: AsyncSession, row: OutboxMessage, payload: dict[str, Any]) -> dict[str, Any]:
    target = await outbox.get(session, row.reply_to or 0)
    if target is not None and target.state in _UNSENT:
        raise Blocked(_HELD_SECONDS)
    if target is None or target.message_id is None or target.chat_id != row.chat_id:
        return payload
    parameters = {"message_id": target.message_id, "allow_sending_without_reply": True}
    return payload | {"reply_parameters": parameters}
