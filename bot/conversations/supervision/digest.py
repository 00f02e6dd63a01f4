"""What supervisors do from their morning digest (督办早报): leaf through it, press all units, supervise one closer."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.cards import digest as cards
from bot.cards.card import Card
from bot.conversations.filters import Press, Pressed
from bot.conversations.office.ground import in_place, toast
from bot.conversations.supervision.approvals import show_waiting
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services import supervising
from bot.services.binding import Purpose, Role
from bot.services.digest import digest, want_owed_cards
from bot.texts import digest as words
from storage.domain.errors import NotYours

router = Router(name="supervision.digest")


@router.callback_query(Pressed(cards.RED, cards.YELLOW))
async def page_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show a page of what is late, or due soon, in the place of the digest."""
    must_supervise(turn)
    return in_place(query, turn, await _page(turn, red=press.verb == cards.RED, at=press.number))


@router.callback_query(Pressed("s.digest"))
async def digest_pressed(query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """Show the digest again, as things stand now."""
    must_supervise(turn)
    found = await digest(turn.session, now=turn.now, calendar=turn.calendar)
    return in_place(query, turn, cards.morning(found, city=turn.city, calendar=turn.calendar, now=turn.now))


@router.callback_query(Pressed("s.press"))
async def press_all_pressed(query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """Remind every unit of what is late there; the units are told by the events."""
    must_supervise(turn)
    late = (await digest(turn.session, now=turn.now, calendar=turn.calendar)).red
    if not late:
        return [toast(query, words.NOTHING_LATE_NOW, alert=True)]
    pressed = await supervising.press_all(turn.session, person_id=turn.person.id, now=turn.now, calendar=turn.calendar)
    return [toast(query, words.pressed(units=len(pressed)) if pressed else words.PRESSED_TODAY, alert=not pressed)]


@router.callback_query(Pressed("s.raise"))
async def raise_pressed(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Supervise one more closely; its unit is told by the event, and the page shows the new level."""
    must_supervise(turn)
    level = int(press.argument) if press.argument.isascii() and press.argument.isdigit() else -1
    appeal = await supervising.raise_level(
        turn.session, appeal_id=press.number, level=level, person_id=turn.person.id, now=turn.now
    )
    told = toast(query, words.level_raised(number=appeal.number, level=appeal.level))
    return [*in_place(query, turn, await _page(turn, red=True, at=0, holding=appeal.id)), told]


@router.callback_query(Pressed("s.waiting"))
async def waiting_pressed(_query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """Put what waits for a decision at the end of the group."""
    must_supervise(turn)
    return await show_waiting(turn)


@router.callback_query(Pressed("s.owed"))
async def owed_pressed(query: CallbackQuery, turn: Turn) -> list[Spoken]:
    """Put what the supervisors owe an answer to at the end of the group; the cards are put there by the events."""
    must_supervise(turn)
    owed = await want_owed_cards(turn.session, now=turn.now)
    return [] if owed else [toast(query, words.NOTHING_OWED, alert=True)]


def must_supervise(turn: Turn) -> None:
    """Raise NotYours unless a supervisor acts in the supervisors' group."""
    here = turn.office is not None and turn.office.purpose == Purpose.SUPERVISION
    if not here or turn.role(Role.SUPERVISOR) is None:
        raise NotYours


async def _page(turn: Turn, *, red: bool, at: int, holding: int | None = None) -> Card:
    """Return a page as things stand now: the one asked for, or the one on which an appeal stands."""
    found = await digest(turn.session, now=turn.now, calendar=turn.calendar)
    number = at if holding is None else cards.page_of(found, holding, calendar=turn.calendar, now=turn.now)
    return cards.page(found, red=red, at=number, city=turn.city, calendar=turn.calendar, now=turn.now)
