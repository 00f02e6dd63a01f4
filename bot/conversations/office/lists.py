"""What a unit asks for in its group: the open appeals (/todo), one's own (/mine), the month (/stats)."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.cards import lists
from bot.cards.card import Card, send
from bot.conversations.filters import InOffice, Pressed, Says
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import listing
from storage.domain.errors import NotYours
from storage.tables import Staff

router = Router(name="office.lists")


@router.message(InOffice("department"), Says("todo"))
async def todo_asked(_message: Message, turn: Turn) -> list[Spoken]:
    """List the unit's open appeals."""
    colleague(turn)
    return [_said(turn, await _todo(turn))]


@router.callback_query(InOffice("department"), Pressed("o.todo"))
async def list_pressed(_query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """List the same from the button of the morning list."""
    colleague(turn)
    return [_said(turn, await _todo(turn))]


@router.message(InOffice("department"), Says("mine"))
async def mine_asked(_message: Message, turn: Turn) -> list[Spoken]:
    """List what this person signed for."""
    staff = colleague(turn)
    found = await listing.of_staff(turn.session, staff.id)
    return [_said(turn, lists.mine(found, name=staff.name, city=turn.city, calendar=turn.calendar, now=turn.now))]


@router.message(InOffice("department"), Says("stats"))
async def stats_asked(_message: Message, turn: Turn) -> list[Spoken]:
    """Count the unit's month."""
    staff = colleague(turn)
    found = await listing.this_month(turn.session, staff.department, now=turn.now, calendar=turn.calendar)
    month = turn.calendar.local(turn.now).month
    return [_said(turn, lists.stats(found, department=_unit(turn), month=month))]


def colleague(turn: Turn) -> Staff:
    """Return in what capacity the person works in the unit of this group; raise NotYours."""
    department = turn.office.department if turn.office is not None else None
    staff = turn.role_in(department or "")
    if staff is None:
        raise NotYours(department)
    return staff


async def _todo(turn: Turn) -> Card:
    found = await listing.of_unit(turn.session, colleague(turn).department)
    return lists.todo(found, department=_unit(turn), city=turn.city, calendar=turn.calendar, now=turn.now)


def _unit(turn: Turn) -> str:
    unit = turn.city.department(turn.office.department or "") if turn.office is not None else None
    return unit.name if unit is not None else ""


def _said(turn: Turn, card: Card) -> Spoken:
    return send(turn.chat_id, card, protect=True, thread=turn.thread_id)
