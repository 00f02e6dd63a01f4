"""What is not taken is still answered: polls, dice, stories, other people's visiting cards."""

from aiogram import Router
from aiogram.types import Message

from bot.cards.calls import call_row
from bot.cards.card import Card
from bot.conversations.citizen.courtesies import with_what_is_asked
from bot.conversations.citizen.speaking import say
from bot.conversations.contents import is_service
from bot.conversations.filters import Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.texts.citizen import talk
from bot.texts.citizen.callback import CALL_ME

router = Router(name="citizen.otherwise")


@router.message(Private())
async def something_else_sent(message: Message, turn: Turn) -> list[Spoken]:
    """Say that this kind is not taken, and what to do."""
    if is_service(message):
        return []
    told = talk.POLL_NOT_TAKEN if message.poll is not None else talk.NOT_TAKEN
    card = await with_what_is_asked(turn, talk.CARD_NOT_TAKEN if message.contact is not None else told)
    offers_call = any(label == CALL_ME for row in card.rows for label, _ in row)
    return [say(turn, card if offers_call else Card(card.text, [*card.rows, call_row()]))]
