"""What starts nothing and is answered all the same: greetings, thanks, stickers, unknown commands."""

from aiogram import Router
from aiogram.types import Message

from bot.cards import citizen as cards
from bot.cards.card import Card
from bot.conversations.citizen import steps
from bot.conversations.citizen.hearing import Command, Courtesy, OnlySigns
from bot.conversations.citizen.speaking import say
from bot.conversations.contents import words_of
from bot.conversations.filters import Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import consenting
from bot.texts import recognising
from bot.texts.citizen import talk

router = Router(name="citizen.courtesies")


@router.message(Private(), OnlySigns())
async def sticker_sent(_message: Message, turn: Turn) -> list[Spoken]:
    """Ask whether there is something to say."""
    return [say(turn, await with_what_is_asked(turn, talk.ONLY_STICKER))]


@router.message(Private(), Courtesy())
async def courtesy_said(message: Message, turn: Turn) -> list[Spoken]:
    """Return a greeting or thanks; before the consent, introduce ourselves."""
    if not consenting.agreed(turn.person):
        return [say(turn, await steps.current(turn))]
    greeting = recognising.is_greeting(words_of(message))
    return [say(turn, await with_what_is_asked(turn, talk.GREETED if greeting else talk.THANKED))]


@router.message(Private(), Command())
async def unknown_command_sent(_message: Message, turn: Turn) -> list[Spoken]:
    """Say that it was not understood, and what works."""
    return [say(turn, await with_what_is_asked(turn, talk.not_understood(hotline=turn.city.hotline)))]


async def with_what_is_asked(turn: Turn, lead: str) -> Card:
    """Return the lead, followed by the step of the form if one is being filled in, else with the menu's buttons."""
    draft = await steps.running(turn) if steps.step_of(turn) else None
    if draft is None:
        return Card(lead, cards.menu().rows)
    form = steps.card_of(turn, draft)
    return Card(f"{lead}\n\n{form.text}", form.rows)
