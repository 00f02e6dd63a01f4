"""Commands, and the menu's labels typed as words."""

from aiogram import Router
from aiogram.types import Message

from bot.cards import consent as forms
from bot.conversations.citizen import steps
from bot.conversations.citizen.hearing import NumberAlone, Typed
from bot.conversations.citizen.own_appeals import list_of, status_of
from bot.conversations.citizen.speaking import say
from bot.conversations.citizen.starting import begin
from bot.conversations.filters import Private, Says
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import consenting
from bot.texts.citizen import progress, talk
from storage.domain.numbers import parse_number

router = Router(name="citizen.commands")


@router.message(Private(), Says("start"))
@router.message(Private(), Says("help"))
async def started(_message: Message, turn: Turn) -> list[Spoken]:
    """Greet: the welcome before the consent, else what is being asked now, else the menu."""
    if not consenting.agreed(turn.person):
        return [say(turn, forms.welcome(turn.city))]
    return [say(turn, await steps.current(turn))]


@router.message(Private(), Says("privacy"))
async def privacy_asked(_message: Message, turn: Turn) -> list[Spoken]:
    """Show the full explanation again."""
    return [say(turn, forms.details(turn.city, asking=not consenting.agreed(turn.person)))]


@router.message(Private(), Says("new"))
@router.message(Private(), Typed(talk.NEW, progress.NEW_APPEAL))
async def new_asked(_message: Message, turn: Turn) -> list[Spoken]:
    """Begin a new appeal."""
    return [say(turn, await begin(turn))]


@router.message(Private(), Says("mine"))
@router.message(Private(), Typed(talk.MINE))
async def mine_asked(_message: Message, turn: Turn) -> list[Spoken]:
    """List one's own appeals."""
    return [say(turn, await list_of(turn))]


@router.message(Private(), Says("status"))
async def status_asked(_message: Message, turn: Turn, argument: str) -> list[Spoken]:
    """Show one's own appeal of that number; without a number, the list."""
    if not argument:
        return [say(turn, await list_of(turn))]
    return [say(turn, await status_of(turn, parse_number(argument)))]


@router.message(Private(), NumberAlone())
async def number_typed(_message: Message, turn: Turn, number: str) -> list[Spoken]:
    """Show the appeal of a number that stands alone."""
    return [say(turn, await status_of(turn, number))]
