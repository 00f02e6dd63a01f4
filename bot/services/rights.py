"""What the bot may do in a group that was just bound, and what it lacks."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor
from storage.repositories import events
from storage.tables import Office, OutboxMessage

RIGHTS_MISSING = "rights_missing"
_KEY = "rights:"
_FORUM = ":forum"


class Right(StrEnum):
    """Something a group can allow its bot."""

    WRITE = "write"
    DELETE = "delete"
    TOPICS = "topics"


def rights_key(office_id: int, *, is_forum: bool) -> str:
    """Name the call that asks what the bot may do in an office."""
    return f"{_KEY}{office_id}{_FORUM if is_forum else ''}"


async def note_rights(session: AsyncSession, row: OutboxMessage, member: Any, *, now: datetime) -> None:
    """Record what the bot lacks, as the platform's answer (`member`) about itself says; nothing where it has all."""
    key = row.key or ""
    number = key.removeprefix(_KEY).removesuffix(_FORUM)
    office = await session.get(Office, int(number)) if number.isdigit() else None
    if office is None or not isinstance(member, dict):
        return
    missing = _missing(member, is_forum=key.endswith(_FORUM))
    if missing:
        await events.record(
            session,
            RIGHTS_MISSING,
            at=now,
            actor=Actor.SYSTEM,
            offices=[office.id],
            departments=[office.department],
            missing=missing,
        )


def _missing(member: dict[str, Any], *, is_forum: bool) -> list[Right]:
    status = member.get("status")
    if status == "creator":
        return []
    administers = status == "administrator"
    may_write = status in {"administrator", "member"} or bool(
        status == "restricted" and member.get("can_send_messages")
    )
    lacks = {
        Right.WRITE: not may_write,
        Right.DELETE: not (administers and member.get("can_delete_messages")),
        Right.TOPICS: is_forum and not (administers and member.get("can_manage_topics")),
    }
    return [right for right, lacking in lacks.items() if lacking]
