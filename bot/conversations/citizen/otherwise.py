"""What is not taken is still answered: polls, dice, stories, other people's visiting cards."""

from aiogram import Router
from aiogram.types import Message

from bot.conversations.citizen.courtesies import with_what_is_asked
from bot.conversations.citizen.speaking import say
from bot.conversations.contents import is_service
from bot.conversations.filters import Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.texts.citizen import talk

router = Router(name="citizen.otherwise")


@router.message(Private())
async def something_else_sent(message: Message, turn: Turn) -> list[Spoken]:
    """Say that this kind is not taken, and what to do."""
    if is_service(message):
        return []
    if message.contact is not None:
        return [say(turn, await with_what_is_asked(turn, talk.CARD_NOT_TAKEN))]
    told = talk.POLL_NOT_TAKEN if message.poll is not None else talk.NOT_TAKEN
    return [say(turn, await with_what_is_asked(turn, told))]
