"""What the form does not take is still answered: for now, everything that is not text."""

from aiogram import Router
from aiogram.types import Message

from bot.conversations.citizen.courtesies import with_what_is_asked
from bot.conversations.citizen.speaking import say
from bot.conversations.filters import Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.texts.citizen import talk

router = Router(name="citizen.otherwise")


@router.message(Private())
async def something_else_sent(_message: Message, turn: Turn) -> list[Spoken]:
    """Say that only text is taken for now, and what to do."""
    return [say(turn, await with_what_is_asked(turn, talk.ONLY_TEXT))]
