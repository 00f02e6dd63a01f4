"""What supervisors do about what many people report (热点): see the numbers, merge, watch on, or dismiss it."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import topics as cards
from bot.cards.card import Card
from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import in_place, toast
from bot.conversations.supervision.digest import must_supervise
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import topics
from bot.services.binding import Role
from bot.texts import topics as words
from storage.domain.errors import InputRefused

router = Router(name="supervision.topics")


@router.callback_query(Pressed(cards.NUMBERS, cards.BACK))
async def page_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show the numbers, or the card again, as things stand now."""
    must_supervise(turn)
    topic = await topics.find(turn.session, press.number)
    appeals = await topics.appeals_of(turn.session, topic)
    page = cards.numbers if press.verb == cards.NUMBERS else cards.grew
    return in_place(query, turn, page(topic, appeals, city=turn.city))


@router.callback_query(Pressed(cards.MERGE))
async def merge_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask whether its open appeals are one matter."""
    must_supervise(turn)
    topic = await topics.find(turn.session, press.number)
    found = await topics.to_merge(turn.session, topic)
    if found is None:
        raise InputRefused("topic_alone")
    lead, others = found
    appeals = await topics.appeals_of(turn.session, topic)
    return in_place(query, turn, cards.ask_merge(topic, appeals, lead, len(others), city=turn.city))


@router.callback_query(Pressed(cards.YES_MERGE))
async def merge_agreed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Handle them as one; the units and the citizens are told by the events."""
    must_supervise(turn)
    topic = await topics.find(turn.session, press.number)
    told = cards.told(topic, await topics.appeals_of(turn.session, topic), city=turn.city)
    lead, merged = await topics.merge(
        turn.session, topic.id, person_id=turn.person.id, now=turn.now, calendar=turn.calendar
    )
    return in_place(query, turn, Card(words.merged(told, merged=merged, lead=lead.number, name=_name(turn))))


@router.callback_query(Pressed(cards.WATCH_ON))
async def watch_on_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Take the buttons off; when it grows further there is a new card."""
    must_supervise(turn)
    topic = await topics.find(turn.session, press.number)
    told = cards.told(topic, await topics.appeals_of(turn.session, topic), city=turn.city)
    said = in_place(query, turn, Card(words.watched(told, name=_name(turn))))
    return [*said, toast(query, words.WATCHED_ON)]


@router.callback_query(Pressed(cards.NOT_ONE))
async def not_one_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Dismiss it: these are never told of together again."""
    must_supervise(turn)
    topic = await topics.dismiss(turn.session, press.number, person_id=turn.person.id, now=turn.now)
    told = cards.told(topic, await topics.appeals_of(turn.session, topic), city=turn.city)
    return in_place(query, turn, Card(words.dismissed(told, name=_name(turn))))


def _name(turn: Turn) -> str:
    staff = turn.role(Role.SUPERVISOR)
    return staff.name if staff else words.SOMEBODY
