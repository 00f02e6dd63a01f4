"""A supervisor looks again at what was declined: it goes to a unit after all (接着办), or stays declined (维持)."""

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from bot.cards import choosing
from bot.cards import declining as cards
from bot.cards.card import Card, send_to
from bot.conversations.contents import words_of
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import known, replied_to, toast
from bot.conversations.supervision.approvals import deciding
from bot.conversations.triage.dispatching import bound_units, on_card, seen_by, used_up
from bot.conversations.turn import Turn
from bot.delivery.say import Say, Spoken
from bot.notices.declining import objection_card
from bot.services import objecting
from bot.services.binding import Purpose
from bot.services.moving import Actor
from bot.services.naming import DECIDERS
from bot.texts import declining as words
from bot.texts.fitting import fit
from bot.texts.supervision import no_group
from storage.domain.errors import InputRefused
from storage.domain.statuses import Event
from storage.tables import Office

router = Router(name="supervision.objections")
ASKS = "objection_prompt"
_MOST = 8


class NamesAUnit(BaseFilter):
    """A reply to the question for a unit's name, in the group where objections are decided."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, int]:
        """Hand the appeal's id to the handler as `appeal_id`."""
        target = replied_to(message)
        here = turn.office is not None and turn.office.purpose in DECIDERS
        if not here or target is None or (message.text or "/").startswith("/"):
            return False
        found = await known(turn, target)
        return {"appeal_id": found.appeal_id} if found is not None and found.role == ASKS else False


@router.callback_query(Pressed("so.send"))
async def unit_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Give it to the unit on the button; everybody is told by the event."""
    office = await deciding(turn)
    unit = turn.city.department(press.argument)
    if unit is None:
        raise InputRefused("no_such_department")
    if unit not in await bound_units(turn):
        return [toast(query, no_group(department=unit.name), alert=True)]
    appeal = await objecting.assign(
        turn.session,
        appeal_id=press.number,
        department=unit.code,
        actor=_actor(office),
        person_id=turn.person.id,
        now=turn.now,
        city=turn.city,
        calendar=turn.calendar,
    )
    told = words.assigned_toast(number=appeal.number, department=unit.name)
    return [toast(query, told), *await used_up(query, turn, told, role=ASKS)]


@router.callback_query(Pressed("s.uphold"))
async def uphold_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Leave it declined; the citizen and the card are told by the event."""
    office = await deciding(turn)
    await objecting.uphold(
        turn.session, appeal_id=press.number, actor=_actor(office), person_id=turn.person.id, now=turn.now
    )
    return []


@router.callback_query(Pressed("so.page"))
async def other_unit_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Turn the card's buttons into a page of all units."""
    card = await _card(turn, press.number)
    appeal = (await seen_by(turn, press.number)).appeal
    excluded = objecting.kept_from(appeal, turn.city)
    units = [unit for unit in await bound_units(turn) if unit not in excluded]
    number = int(press.argument) if press.argument.isdecimal() and press.argument.isascii() else 0
    shown = choosing.page(card, press.number, units, number, family=cards.FAMILY)
    return on_card(query, turn, press.number, shown, role="objection")


@router.callback_query(Pressed("so.back"))
async def back_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Give the card its own buttons again."""
    return on_card(query, turn, press.number, await _card(turn, press.number), role="objection")


@router.callback_query(Pressed("so.search"))
async def search_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:  # noqa: ARG001 - aiogram's
    """Ask for part of a name, to be sent as a reply."""
    office = await deciding(turn)
    appeal = await objecting.decidable(turn.session, press.number, Event.OBJECTION_ASSIGNED)
    return [_ask(office, appeal.id, Card(words.search_prompt(number=appeal.number)))]


@router.message(NamesAUnit(), Says())
async def name_typed(message: Message, turn: Turn, appeal_id: int) -> list[Spoken]:
    """Show the units in whose names, duties or matters the words occur."""
    office = await deciding(turn)
    appeal = await objecting.decidable(turn.session, appeal_id, Event.OBJECTION_ASSIGNED)
    typed = fit(words_of(message), 50)
    excluded = objecting.kept_from(appeal, turn.city)
    units = [unit for unit in turn.city.find_departments(typed) if unit not in excluded][:_MOST]
    if not units:
        return [_ask(office, appeal.id, Card(words.not_found(number=appeal.number, words=typed)))]
    found = choosing.found(words.found(number=appeal.number), appeal.id, units, family=cards.FAMILY)
    return [_ask(office, appeal.id, found)]


async def _card(turn: Turn, appeal_id: int) -> Card:
    """Return the card of an objection that waits; raise what `decidable` does when none does, or NotYours."""
    await deciding(turn)
    await objecting.decidable(turn.session, appeal_id, Event.OBJECTION_ASSIGNED)
    return await objection_card(turn.session, await seen_by(turn, appeal_id))


def _actor(office: Office) -> Actor:
    return Actor.SUPERVISOR if office.purpose == Purpose.SUPERVISION else Actor.DISPATCHER


def _ask(office: Office, appeal_id: int, card: Card) -> Say:
    return Say(send_to(office, card), reply_to=f"objection:{appeal_id}", appeal=appeal_id, role=ASKS)
