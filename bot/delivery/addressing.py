"""Puts the platform's message ids into a call that names outbox rows instead."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage.repositories import outbox
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
        method, payload = await _edit(session, row.edit_of, method, payload)
    if row.reply_to is not None:
        payload = await _reply(session, row.reply_to, payload)
    return method, payload


async def _edit(
    session: AsyncSession, target_id: int, method: str, payload: dict[str, Any]
) -> tuple[str, dict[str, Any]]:
    target = await outbox.get(session, target_id)
    if target is not None and target.state in _UNSENT:
        raise Blocked(_HELD_SECONDS)
    if target is not None and target.state == OutboxState.SENT and target.message_id is not None:
        return method, payload | {"message_id": target.message_id}
    if method == _EDITS_OF_TEXT:
        return "sendMessage", {name: value for name, value in payload.items() if name != "message_id"}
    return method, payload


async def _reply(session: AsyncSession, target_id: int, payload: dict[str, Any]) -> dict[str, Any]:
    target = await outbox.get(session, target_id)
    if target is not None and target.state in _UNSENT:
        raise Blocked(_HELD_SECONDS)
    if target is None or target.message_id is None:
        return payload
    parameters = {"message_id": target.message_id, "allow_sending_without_reply": True}
    return payload | {"reply_parameters": parameters}
