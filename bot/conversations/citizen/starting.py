"""Words and pictures out of nowhere: an appeal begins, or they belong to an earlier one, or wait for the consent."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import consent as consent_cards
from bot.cards import follow as follow_cards
from bot.cards.card import Card
from bot.conversations.citizen import steps
from bot.conversations.citizen.pausing import FOLLOW, kept_words
from bot.conversations.citizen.speaking import in_place, say
from bot.conversations.citizen.steps import CONSENT, Step
from bot.conversations.citizen.taking import Heard, heard, onto_draft
from bot.conversations.contents import Tells
from bot.conversations.filters import Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import consenting
from bot.services.supplementing import IN_TOUCH
from storage.repositories import appeals, drafts

router = Router(name="citizen.starting")


@router.message(Private(), Tells())
async def something_said(message: Message, turn: Turn) -> list[Spoken]:
    """Ask which appeal it belongs to where there is one; else begin."""
    said = await heard(turn, message)
    if await drafts.of_person(turn.session, turn.person.id) is None:
        earlier = await appeals.in_touch(turn.session, turn.person.id, answered_since=turn.now - IN_TOUCH)
        if earlier:
            turn.talk.ask(FOLLOW, **said.to_memo())
            return [say(turn, follow_cards.which(earlier))]
    return [say(turn, await tell(turn, said), key=said.key)]


@router.callback_query(Private(), Pressed("c.new"))
async def new_wanted(query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """Begin a new appeal, with the words that waited for this decision if there are any."""
    return [in_place(query, turn, await begin(turn))]


async def begin(turn: Turn) -> Card:
    """Begin a new appeal, or go on with the one being told."""
    said = kept_words(turn)
    if said:
        turn.talk.end()
        return await tell(turn, said)
    if not consenting.may_begin(turn.person, servers_abroad=turn.house.servers_abroad):
        return await steps.current(turn)
    if await drafts.of_person(turn.session, turn.person.id):
        return await steps.current(turn)
    draft = await drafts.begin(turn.session, turn.person.id, text="", now=turn.now)
    return steps.go(turn, draft, Step.WHAT)


async def tell(turn: Turn, said: Heard) -> Card:
    """Add it to the draft; before the consent it is only kept."""
    first = await drafts.of_person(turn.session, turn.person.id) is None
    draft = await onto_draft(turn, said)
    if not consenting.may_begin(turn.person, servers_abroad=turn.house.servers_abroad):
        return _kept(turn, first=first)
    return steps.go(turn, draft, Step.WHAT)


def _kept(turn: Turn, *, first: bool) -> Card:
    turn.talk.ask(CONSENT, parts=steps.parts_of(turn))
    if consenting.agreed(turn.person):
        return consent_cards.abroad()
    return consent_cards.kept(turn.city) if first else consent_cards.kept_more()
