"""What waits for the dispatchers, asked for in their group (/todo), and which commands there are (/help)."""

from aiogram import Router
from aiogram.types import Message

from bot.cards import lists
from bot.cards.card import send
from bot.conversations.filters import InOffice, Says
from bot.conversations.office.ground import answer_to
from bot.conversations.triage.dispatching import must_dispatch_here
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import listing
from bot.services.binding import Purpose
from bot.texts.gathering import HELP

router = Router(name="triage.lists")


@router.message(InOffice(Purpose.TRIAGE), Says("todo"))
async def todo_asked(_message: Message, turn: Turn) -> list[Spoken]:
    """List the appeals without a unit, and those that come back."""
    must_dispatch_here(turn)
    waiting, returned = await listing.of_dispatchers(turn.session)
    card = lists.to_dispatch(waiting, returned, city=turn.city, calendar=turn.calendar, now=turn.now)
    return [send(turn.chat_id, card, protect=True, thread=turn.thread_id)]


@router.message(InOffice(Purpose.TRIAGE), Says("help"))
async def help_asked(message: Message, turn: Turn) -> list[Spoken]:
    """Name the commands of the dispatchers' group."""
    must_dispatch_here(turn)
    return [answer_to(message, HELP)]
