"""A message to be: its words and its rows of buttons, and the calls that send or edit it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters

Rows = Sequence[Sequence[tuple[str, str]]]
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Room(Protocol):
    """Where somebody works: a bound group or a topic of it (0: none), or a handler's private chat."""

    @property
    def chat_id(self) -> int: ...  # noqa: D102 - the names speak
    @property
    def thread_id(self) -> int: ...  # noqa: D102


@dataclass(frozen=True)
class Card:
    """Words and buttons; a button is (label, callback data of at most 64 bytes)."""

    text: str
    rows: Rows = ()


def send(
    chat_id: int, card: Card, *, protect: bool = False, thread: int = 0, answers: int | None = None
) -> SendMessage:
    """Send it as a new message, into a topic if one is named, as a reply to the message `answers` if it still stands.

    Never with a parse mode: it carries anybody's words.
    """
    replies = ReplyParameters(message_id=answers, allow_sending_without_reply=True) if answers is not None else None
    return SendMessage(
        chat_id=chat_id,
        message_thread_id=thread or None,
        text=card.text,
        reply_markup=keyboard(card.rows),
        link_preview_options=_NO_PREVIEW,
        protect_content=protect or None,
        reply_parameters=replies,
    )


def send_to(office: Room, card: Card) -> SendMessage:
    """Send it to where somebody works: a bound group, its topic, a handler's chat; nobody can forward it from there."""
    return send(office.chat_id, card, protect=True, thread=office.thread_id)


def edit(chat_id: int, card: Card, *, message_id: int | None = None) -> EditMessageText:
    """Put it in the place of an earlier message: one with a known id, or the outbox row a `Say` names."""
    return EditMessageText(
        chat_id=chat_id,
        message_id=message_id,
        text=card.text,
        reply_markup=keyboard(card.rows),
        link_preview_options=_NO_PREVIEW,
    )


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """Return the buttons in the platform's form; None where there are none."""
    if not rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=data) for label, data in row] for row in rows]
    )


def data(verb: str, number: int, argument: str = "") -> str:
    """Return callback data: a verb, a row id and a short argument. The database judges it, nobody believes it."""
    return f"{verb}:{number}:{argument}" if argument else f"{verb}:{number}"
