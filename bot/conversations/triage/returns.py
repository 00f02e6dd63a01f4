"""A dispatcher refuses a unit's request to give an appeal back, and says why, or passes it on to the supervisors."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import triage as cards
from bot.conversations.filters import Press, Pressed
from bot.conversations.triage.dispatching import must_be_dispatcher, on_card, undecided_card
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services.triaging import refuse_return, want_lead
from bot.texts import triage as words
from storage.domain.errors import InputRefused

router = Router(name="triage.returns")


@router.callback_query(Pressed("t.refuse"))
async def refuse_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask for the reason on the card itself."""
    await must_be_dispatcher(turn, press.number)
    card = await undecided_card(turn, press.number)
    return on_card(query, turn, press.number, cards.refusing(card, press.number))


@router.callback_query(Pressed("t.why"))
async def reason_pressed(_query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Leave the appeal with its unit; card and unit are told by the event."""
    await must_be_dispatcher(turn, press.number)
    if press.argument not in words.RETURN_REFUSALS:
        raise InputRefused("no_such_reason")
    await refuse_return(
        turn.session, appeal_id=press.number, reason=press.argument, person_id=turn.person.id, now=turn.now
    )
    return []


@router.callback_query(Pressed("t.lead"))
async def supervisor_wanted(_query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Let a supervisor name the lead; card, unit and supervisors are told by the event."""
    await must_be_dispatcher(turn, press.number)
    await want_lead(turn.session, appeal_id=press.number, person_id=turn.person.id, now=turn.now)
    return []
