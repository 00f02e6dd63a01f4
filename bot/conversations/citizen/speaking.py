"""How a handler of the private chat answers: in the place of the pressed message, as a message, or as a toast."""

from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery

from bot.cards.card import Card, edit, send
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.texts.citizen import talk


def in_place(query: CallbackQuery, turn: Turn, card: Card, *, appeal: int | None = None, role: str = "") -> Spoken:
    """Put the card in the place of the message whose button was pressed; as a new message where that is gone."""
    if query.message is None:
        return say(turn, card, appeal=appeal, role=role)
    return Say(edit(turn.chat_id, card, message_id=query.message.message_id), appeal=appeal, role=role)


def say(turn: Turn, card: Card, *, appeal: int | None = None, role: str = "", key: str | None = None) -> Spoken:
    """Send the card as a new message."""
    return Say(send(turn.chat_id, card), appeal=appeal, role=role, key=key)


def toast(query: CallbackQuery, text: str, *, alert: bool = False) -> Spoken:
    """Answer the press itself; an alert waits until it is read."""
    return AnswerCallbackQuery(callback_query_id=query.id, text=text, show_alert=alert)


def stale(card: Card) -> Card:
    """Return the card with a word before it that the pressed button was out of date."""
    return Card(f"{talk.STALE}\n\n{card.text}", card.rows)
