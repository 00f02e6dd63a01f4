"""Somebody's telephone number, shown to one person in private, and that it was seen is kept."""

from typing import Final

from aiogram.types import CallbackQuery

from bot.cards.card import Card, edit, send
from bot.conversations.office.ground import toast
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services import alarming
from bot.services.binding import Purpose
from bot.services.moving import Actor
from bot.texts import office as words

_ANONYMOUS: Final = 1087968824  # the account under which Telegram lets administrators speak unnamed


async def shown_in_private(
    query: CallbackQuery,
    turn: Turn,
    text: str,
    *,
    reason: str,
    appeal_id: int | None = None,
    in_place: bool = True,
    **about: int,
) -> list[Spoken]:
    """Send somebody's number to who pressed, in private; keep that they saw it (`about`: of which case, draft or call).

    `in_place`: the pressed message was the question what it is wanted for, and is answered by that.
    """
    if is_nobody(turn):
        return [toast(query, words.NOBODY_SEES_IT, alert=True)]
    if turn.person.unreachable_since is not None:
        return [toast(query, words.OPEN_PRIVATE_CHAT, alert=True)]
    await alarming.note_phone_seen(
        turn.session,
        viewer=turn.person,
        actor=Actor.DISPATCHER if turn.office and turn.office.purpose == Purpose.TRIAGE else Actor.STAFF,
        now=turn.now,
        reason=reason,
        appeal_id=appeal_id,
        **about,
    )
    private = Say(send(turn.person.user_id, Card(text), protect=True), appeal=appeal_id, role="phone")
    logged = Card(words.PHONE_SENT_AND_LOGGED)
    asked = [edit(turn.chat_id, logged, message_id=query.message.message_id)] if query.message and in_place else []
    return [private, *asked, toast(query, words.PHONE_SENT)]


def is_nobody(turn: Turn) -> bool:
    """Whether a group's anonymous administrator presses: nobody has a private chat then, and nobody could be logged."""
    return turn.person.user_id <= 0 or turn.person.user_id == _ANONYMOUS
