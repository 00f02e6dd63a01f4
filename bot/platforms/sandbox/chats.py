"""Chats as they are kept, and what somebody is in one."""

from collections.abc import Mapping
from typing import TypedDict

PRESENT = frozenset({"creator", "administrator", "member"})
ADMINISTRATORS = frozenset({"creator", "administrator"})


class Chat(TypedDict):
    """A chat as the journal keeps it; a private chat with bot N > 1 has the key "PERSON@N", any other its id."""

    key: str
    id: int
    type: str
    title: str
    members: dict[str, str]
    bots: dict[str, str]
    privacy: bool
    started: bool
    is_forum: bool
    moved_to: int | None
    pinned: int | None
    linked: int | None
    rights: dict[str, list[str]]


def base_chat(key: str, chat_id: int, kind: str, title: str) -> Chat:
    """Return a chat with nobody in it."""
    return Chat(
        key=key,
        id=chat_id,
        type=kind,
        title=title,
        members={},
        bots={},
        privacy=True,
        started=False,
        is_forum=False,
        moved_to=None,
        pinned=None,
        linked=None,
        rights={},
    )


def status_of(chat: Chat, who: int, *, bot: bool = False) -> str:
    """Return what somebody is in a chat: one of Telegram's statuses."""
    return chat["bots" if bot else "members"].get(str(who), "left")


def seat_key(who: int, *, bot: bool) -> str:
    """Return the key by which somebody's rights are kept."""
    return f"bot {who}" if bot else str(who)


def has_right(chat: Chat, who: int, right: str, *, bot: bool) -> bool:
    """Tell whether somebody may do this as an administrator; one who was given no list of rights may do all."""
    status = status_of(chat, who, bot=bot)
    granted = chat["rights"].get(seat_key(who, bot=bot))
    return status == "creator" or (status == "administrator" and (granted is None or right in granted))


def is_member(chat: Chat, person_id: int) -> bool:
    """Tell whether a person sees this chat."""
    return status_of(chat, person_id) in PRESENT


def present(seats: Mapping[str, str]) -> list[int]:
    """Return the ids of those who are there, in the order they came."""
    return [int(who) for who, status in seats.items() if status in PRESENT]
