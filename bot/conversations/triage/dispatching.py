"""A dispatcher gives an appeal to a unit by one press, or leafs through the units."""

from aiogram import Router
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery

from bot.cards import choosing
from bot.cards import triage as cards
from bot.cards.card import Card, edit
from bot.cards.view import AppealView, view_to_decide
from bot.conversations.filters import Press, Pressed
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.services.binding import Purpose, Role
from bot.services.handling import DISPATCHER, only_handler
from bot.services.moving import find
from bot.services.secrecy import accused
from bot.services.triaging import decidable, send_to
from bot.texts import triage as words
from storage.domain.city import Department
from storage.domain.errors import InputRefused, NotYours
from storage.domain.statuses import Event, Status
from storage.repositories import messages, offices

router = Router(name="triage.dispatching")


@router.callback_query(Pressed("t.send"))
async def unit_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Send the appeal to the unit on the button; the card itself is edited by the event."""
    await must_be_dispatcher(turn, press.number)
    unit = turn.city.department(press.argument)
    if unit is None:
        raise InputRefused("no_such_department")
    if unit not in await bound_units(turn):
        return [_alert(query, words.no_group(department=unit.name))]
    appeal = await send_to(
        turn.session,
        appeal_id=press.number,
        department=unit.code,
        person_id=turn.person.id,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
    )
    turn.talk.end()
    toast = words.sent_toast(number=appeal.number, department=unit.name)
    return [AnswerCallbackQuery(callback_query_id=query.id, text=toast), *await used_up(query, turn, toast)]


@router.callback_query(Pressed("t.page"))
async def other_unit_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Turn the card's buttons into a page of all units."""
    await must_be_dispatcher(turn, press.number)
    card = await undecided_card(turn, press.number)
    seen = await seen_by(turn, press.number)
    kept_from = accused(seen.appeal, turn.city) if seen.appeal.confidential else ()
    not_these = {seen.appeal.department, *(unit.code for unit in kept_from)}
    units = [unit for unit in await bound_units(turn) if unit.code not in not_these]
    page = int(press.argument) if press.argument.isdecimal() and press.argument.isascii() else 0
    return on_card(query, turn, press.number, choosing.page(card, press.number, units, page))


@router.callback_query(Pressed("t.back"))
async def back_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Give the card its own buttons again."""
    await must_be_dispatcher(turn, press.number)
    return on_card(query, turn, press.number, await undecided_card(turn, press.number))


async def must_be_dispatcher(turn: Turn, appeal_id: int) -> None:
    """Raise NotYours unless an active dispatcher acts in the dispatchers' own group.

    What is confidential only its handler among them dispatches, in private: raise HandlerOnly otherwise.
    """
    appeal = await find(turn.session, appeal_id)
    if appeal.confidential:
        await only_handler(turn.session, appeal, turn.roles, role=DISPATCHER, private=turn.chat_id > 0)
    else:
        must_dispatch_here(turn)


def must_dispatch_here(turn: Turn) -> None:
    """Raise NotYours unless an active dispatcher acts in the dispatchers' own group."""
    if turn.office is None or turn.office.purpose != Purpose.TRIAGE or turn.role(Role.DISPATCHER) is None:
        raise NotYours


async def seen_by(turn: Turn, appeal_id: int) -> AppealView:
    """Gather what the cards of an appeal show; raise NotFound."""
    appeal = await find(turn.session, appeal_id)
    return await view_to_decide(turn.session, appeal, city=turn.city, calendar=turn.calendar, now=turn.now)


async def undecided_card(turn: Turn, appeal_id: int) -> Card:
    """Return the card of an appeal that waits for a dispatcher; raise what `decidable` does when none is needed."""
    seen = await seen_by(turn, appeal_id)
    if seen.appeal.status == Status.PENDING_TRIAGE:
        return cards.waiting(seen)
    return cards.returned(seen, await decidable(turn.session, seen.appeal, Event.ASSIGN))


async def bound_units(turn: Turn) -> list[Department]:
    """Return the units that have a group, in the city's order."""
    everywhere = await offices.everywhere(turn.session, platform=turn.house.platform, bot=turn.house.bot)
    codes = {each.department for each in everywhere}
    return [unit for unit in turn.city.departments if unit.code in codes]


def on_card(query: CallbackQuery, turn: Turn, appeal_id: int, card: Card, *, role: str = "triage") -> list[Spoken]:
    """Put a card in the place of the pressed message."""
    if query.message is None:
        return []
    call = edit(turn.chat_id, card, message_id=query.message.message_id)
    return [Say(call, appeal=appeal_id, role=role)]


async def used_up(query: CallbackQuery, turn: Turn, words_left: str, *, role: str = "prompt") -> list[Spoken]:
    """Take the buttons off the list of units that a search found; the card is another message."""
    house = turn.house
    if query.message is None:
        return []
    pressed = await messages.find(
        turn.session,
        platform=house.platform,
        bot=house.bot,
        chat_id=turn.chat_id,
        message_id=query.message.message_id,
    )
    if pressed is None or pressed.role != role:
        return []
    return [edit(turn.chat_id, Card(words_left), message_id=query.message.message_id)]


def _alert(query: CallbackQuery, text: str) -> AnswerCallbackQuery:
    return AnswerCallbackQuery(callback_query_id=query.id, text=text, show_alert=True)
