"""The duty roster (值班表) in a unit's group, or in the dispatchers': the week, and who takes which day."""

from typing import Final

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.cards import duty as cards
from bot.cards.card import Card, send
from bot.conversations.filters import Press, Pressed, Says
from bot.conversations.office.ground import in_place, toast
from bot.conversations.office.lists import colleague
from bot.conversations.triage.dispatching import must_dispatch_here
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import duty
from bot.services.binding import Purpose
from bot.texts import duty as words
from bot.texts.admin import GROUPS
from storage.domain.errors import InputRefused, NotYours
from storage.tables import Office

router = Router(name="office.duty")
_KEEP: Final = frozenset({Purpose.DEPARTMENT, Purpose.TRIAGE})


class WhereDutyIsKept(BaseFilter):
    """A unit's group, or the dispatchers'."""

    async def __call__(self, _event: TelegramObject, turn: Turn) -> bool:
        """Look at what the chat is bound as."""
        return turn.office is not None and turn.office.purpose in _KEEP


@router.message(WhereDutyIsKept(), Says("duty"))
async def roster_asked(_message: Message, turn: Turn) -> list[Spoken]:
    """Show the week."""
    office = _ours(turn)
    return [send(turn.chat_id, await _week(turn, office), protect=True, thread=turn.thread_id)]


@router.callback_query(WhereDutyIsKept(), Pressed("o.roster"))
async def change_wanted(_query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """Show the week under the morning list."""
    office = _ours(turn)
    return [send(turn.chat_id, await _week(turn, office), protect=True, thread=turn.thread_id)]


@router.callback_query(WhereDutyIsKept(), Pressed("o.duty"))
async def day_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Ask who takes that day, or go back to the week (0)."""
    office = _ours(turn)
    if not press.number:
        return in_place(query, turn, await _week(turn, office))
    day = cards.from_number(press.number)
    if day is None:
        raise InputRefused("no_such_day")
    duty.must_be_near(day, now=turn.now, calendar=turn.calendar)
    staff = await duty.choices(turn.session, office)
    if not staff:
        return [toast(query, words.NO_COLLEAGUES, alert=True)]
    return in_place(query, turn, cards.who(day, staff, unit=_named(turn, office), calendar=turn.calendar))


@router.callback_query(WhereDutyIsKept(), Pressed("o.onduty"))
async def name_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Put the name on the day, and show the week again."""
    office = _ours(turn)
    day = cards.from_number(press.number)
    if day is None or not (press.argument.isascii() and press.argument.isdigit()):
        raise InputRefused("no_such_day")
    await duty.put(
        turn.session,
        office,
        day=day,
        staff_id=int(press.argument),
        person_id=turn.person.id,
        now=turn.now,
        calendar=turn.calendar,
    )
    return in_place(query, turn, await _week(turn, office))


def _ours(turn: Turn) -> Office:
    """Return this group; raise NotYours for whoever does not work here."""
    if turn.office is None:
        raise NotYours
    if turn.office.purpose == Purpose.TRIAGE:
        must_dispatch_here(turn)
    else:
        colleague(turn)
    return turn.office


async def _week(turn: Turn, office: Office) -> Card:
    days = await duty.week(turn.session, duty.of_office(office), now=turn.now, calendar=turn.calendar)
    return cards.week(days, unit=_named(turn, office), calendar=turn.calendar)


def _named(turn: Turn, office: Office) -> str:
    unit = turn.city.department(office.department or "")
    return unit.name if unit is not None else GROUPS[Purpose(office.purpose)]
