"""催一下: the citizen urges the unit, once a working day."""

from datetime import timedelta

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import citizen as cards
from bot.cards import concerns as concern_cards
from bot.cards.card import Card
from bot.conversations.citizen.own_appeals import seen_now
from bot.conversations.citizen.speaking import in_place, say, stale
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import urging
from bot.services.owning import own
from bot.texts import concerns as words
from bot.texts import dates
from storage.domain.lifecycle import may
from storage.domain.statuses import Event, Status
from storage.tables import Appeal

router = Router(name="citizen.urging")


@router.callback_query(Private(), Pressed("c.urge"))
async def urge_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Urge the unit; where that was done already, offer the supervisors."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    if appeal.department is None or not may(Status(appeal.status), Event.URGE):
        card = stale(cards.progress(await seen_now(turn, appeal)))
        return [in_place(query, turn, card, appeal=appeal.id, role="status")]
    if urging.urged_already(appeal, now=turn.now, calendar=turn.calendar):
        card = concern_cards.urged_already(appeal, again=_again(turn, appeal))
        return [say(turn, card, appeal=appeal.id, role="notice")]
    await urging.urge(turn.session, appeal_id=appeal.id, person_id=turn.person.id, now=turn.now, calendar=turn.calendar)
    seen = await seen_now(turn, appeal)
    due = dates.limit(appeal.answer_due, turn.calendar) if appeal.answer_due and appeal.answer_due > turn.now else ""
    text = words.urged(department=seen.department, due=due)
    return [say(turn, Card(text), appeal=appeal.id, role="notice")]


def _again(turn: Turn, appeal: Appeal) -> str:
    """Name the day from which it can be urged again; empty for tomorrow."""
    today = turn.calendar.local(turn.now).date()
    if appeal.urged_on is None or appeal.urged_on == today:
        return ""
    return dates.day(turn.calendar.end_of_office_day(appeal.urged_on + timedelta(days=1)), turn.calendar)
