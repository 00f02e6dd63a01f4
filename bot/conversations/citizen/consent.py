"""同意 and 不同意: before it nothing is filed, after it the form goes on with what was kept."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import citizen as cards
from bot.cards import consent as forms
from bot.cards.card import Card
from bot.conversations.citizen import steps
from bot.conversations.citizen.speaking import in_place
from bot.conversations.citizen.steps import Step
from bot.conversations.filters import Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import consenting, drafting
from storage.repositories import drafts

router = Router(name="citizen.consent")


@router.callback_query(Private(), Pressed("c.agree"))
async def agreed(query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """Keep the yes; ask about servers abroad apart, else go on."""
    if not consenting.agreed(turn.person):
        consenting.agree(turn.session, turn.person, now=turn.now)
        return [in_place(query, turn, await _go_on(turn))]
    return [in_place(query, turn, await steps.current(turn))]


@router.callback_query(Private(), Pressed("c.abroad"))
async def agreed_abroad(query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """Keep the second yes and go on."""
    if not consenting.agreed_abroad(turn.person, servers_abroad=turn.house.servers_abroad):
        consenting.agree_abroad(turn.session, turn.person, now=turn.now)
        return [in_place(query, turn, await _go_on(turn))]
    return [in_place(query, turn, await steps.current(turn))]


@router.callback_query(Private(), Pressed("c.refuse"))
async def refused(query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """Forget what was said and name the other ways."""
    return await _refuse(query, turn, consenting.PRIVACY)


@router.callback_query(Private(), Pressed("c.abroad_no"))
async def refused_abroad(query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """Do the same when it is the servers abroad that are refused."""
    return await _refuse(query, turn, consenting.ABROAD)


@router.callback_query(Private(), Pressed("c.privacy"))
async def details_wanted(query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """Show the full explanation."""
    return [in_place(query, turn, forms.details(turn.city, asking=not consenting.agreed(turn.person)))]


async def _refuse(query: CallbackQuery, turn: Turn, what: str) -> list[Spoken]:
    await consenting.refuse(turn.session, turn.person, what=what, now=turn.now)
    turn.talk.end()
    return [in_place(query, turn, forms.refused(turn.city))]


async def _go_on(turn: Turn) -> Card:
    """Ask what is still to be agreed to, else go on with what was kept."""
    if not consenting.may_begin(turn.person, servers_abroad=turn.house.servers_abroad):
        return forms.abroad()
    draft = await drafts.of_person(turn.session, turn.person.id)
    if draft is None:
        turn.talk.end()
        return cards.menu()
    short = drafting.is_too_short(draft.text)
    return steps.go(turn, draft, Step.WHAT if short or draft.files else Step.PLACE)
