"""The duty roster (值班表) as a message: the week with a button a day, then the names for one day."""

from collections.abc import Sequence
from datetime import date

from bot.cards.card import Card, data
from bot.texts import duty as words
from bot.texts.dates import day as day_words
from storage.domain.calendar import Calendar
from storage.tables import Staff

_IN_A_ROW = 3


def week(days: Sequence[tuple[date, Staff | None]], *, unit: str, calendar: Calendar) -> Card:
    """Show who is on duty on which day."""
    lines = [(_named(day, calendar), staff.name if staff else "") for day, staff in days]
    buttons = [(_named(day, calendar), data("o.duty", as_number(day))) for day, _ in days]
    return Card(words.week(unit=unit, lines=lines), _rows(buttons))


def who(day: date, staff: Sequence[Staff], *, unit: str, calendar: Calendar) -> Card:
    """Ask who is on duty on one day."""
    number = as_number(day)
    names = [(each.name, data("o.onduty", number, str(each.id))) for each in staff]
    others = [(words.PUT_NOBODY, data("o.onduty", number, "0")), (words.BACK, data("o.duty", 0))]
    return Card(words.who(unit=unit, day=_named(day, calendar)), [*_rows(names), others])


def as_number(day: date) -> int:
    """Write a day as buttons carry it: 20261123."""
    return day.year * 10000 + day.month * 100 + day.day


def from_number(number: int) -> date | None:
    """Read such a day; None where it is none."""
    try:
        return date(number // 10000, number // 100 % 100, number % 100)
    except ValueError:
        return None


def _named(day: date, calendar: Calendar) -> str:
    return day_words(calendar.end_of_office_day(day), calendar)


def _rows(buttons: Sequence[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    return [list(buttons[at : at + _IN_A_ROW]) for at in range(0, len(buttons), _IN_A_ROW)]
