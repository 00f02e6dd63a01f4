"""What keeps a call from its place although it can go yet: the group has a new id, the topic is gone, we are put out.

A message that was silently put elsewhere than into its topic is such a case too.
"""

from dataclasses import dataclass
from typing import Any, Final

from bot.platforms.telegram import CallRefused, PlatformError, Unreachable
from storage.tables import OutboxMessage

_GONE: Final = ("thread not found", "topic_deleted", "topic_id_invalid")
_CLOSED: Final = ("topic_closed", "topic is closed")
_OUT: Final = ("not enough rights to send", "have no rights to send", "chat_write_forbidden", "chat not found")


@dataclass(frozen=True)
class Upgraded:
    """The group is a supergroup now, under this id."""

    chat_id: int


@dataclass(frozen=True)
class TopicGone:
    """The topic asked for is deleted, or `closed`; `misplaced`: the messages that went into the group instead."""

    thread_id: int
    closed: bool = False
    misplaced: tuple[int, ...] = ()


@dataclass(frozen=True)
class PutOut:
    """The bot may not write in the group any more."""


Hindrance = Upgraded | TopicGone | PutOut


def hindrance_of(row: OutboxMessage, error: PlatformError | None, result: Any) -> Hindrance | None:
    """Return what is in the way of a call to a group; None where it arrived or failed otherwise."""
    if row.chat_id >= 0:
        return None
    asked = _asked(row)
    if error is None:
        return _misplaced(asked, result)
    if not isinstance(error, CallRefused):
        return None
    if isinstance(fresh := error.parameters.get("migrate_to_chat_id"), int):
        return Upgraded(fresh)
    words = error.description.lower()
    if asked and any(each in words for each in (*_GONE, *_CLOSED)):
        return TopicGone(asked, closed=any(each in words for each in _CLOSED))
    out = isinstance(error, Unreachable) or any(each in words for each in _OUT)
    return PutOut() if out and row.method.startswith("send") else None


def thread_in(result: Any) -> int | None:
    """Return the topic an answer of the platform names."""
    found = result.get("message_thread_id") if isinstance(result, dict) else None
    return found if isinstance(found, int) else None


def _asked(row: OutboxMessage) -> int:
    return int(row.payload.get("message_thread_id") or 0) if row.method.startswith("send") else 0


def _misplaced(asked: int, result: Any) -> TopicGone | None:
    shown = [each for each in (result if isinstance(result, list) else [result]) if isinstance(each, dict)]
    ids = tuple(each["message_id"] for each in shown if isinstance(each.get("message_id"), int))
    if not asked or not ids or thread_in(shown[0]) == asked:
        return None
    return TopicGone(asked, misplaced=ids)
