"""What is late as the supervisors see it (督办早报), its pages, and what units hear of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.cards.card import Card, Rows, data
from bot.cards.lists import what_of
from bot.cards.view import AppealView
from bot.services.digest import Digest
from bot.services.ladder import step_of
from bot.services.supervising import HIGHEST
from bot.texts import digest as words
from bot.texts.dates import day
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.ladder import Step
from storage.tables import Appeal

_LINES: Final = 20
_A_PAGE: Final = 5
RED, YELLOW = "s.red", "s.yellow"


def morning(found: Digest, *, city: City, calendar: Calendar, now: datetime) -> Card:
    """Return the digest of the morning, with what can be done about it."""
    counts = found.counts
    owed = _owed(found, city)
    numbers = (counts.unsigned, counts.uncontacted, counts.returned, counts.reopened, counts.undelivered, found.waiting)
    told = words.counts(
        unsigned=counts.unsigned,
        uncontacted=counts.uncontacted,
        returned=counts.returned,
        reopened=counts.reopened,
        undelivered=counts.undelivered,
        waiting=found.waiting,
    )
    text = words.morning(
        day=day(now, calendar),
        red=lines(_highest_first(found.red, calendar, now)[:_LINES], city=city, calendar=calendar, now=now),
        reds=len(found.red),
        yellow=lines(found.yellow[:_LINES], city=city, calendar=calendar, now=now),
        yellows=len(found.yellow),
        soon=_soon(now, calendar),
        owed=owed[:_LINES],
        owing=len(owed),
        counts=told if found.red or any(numbers) else "",
    )
    return Card(text, _rows(found))


def page(found: Digest, *, red: bool, at: int, city: City, calendar: Calendar, now: datetime) -> Card:
    """Return one page of what is late, each with a button that supervises it more closely, or of what is due soon."""
    everything = _highest_first(found.red, calendar, now) if red else list(found.yellow)
    pages = max(1, -(-len(everything) // _A_PAGE))
    at = min(at, pages - 1)
    shown = everything[at * _A_PAGE : (at + 1) * _A_PAGE]
    text = words.page(
        red=red,
        soon=_soon(now, calendar),
        total=len(everything),
        number=at + 1,
        pages=pages,
        lines=lines(shown, city=city, calendar=calendar, now=now),
    )
    closer = [[_raise(each)] for each in shown if red and each.level < HIGHEST]
    verb = RED if red else YELLOW
    turning = [(words.PREVIOUS, data(verb, at - 1))] if at else []
    turning += [(words.NEXT, data(verb, at + 1))] if at + 1 < pages else []
    return Card(text, [*closer, [*turning, (words.BACK, data("s.digest", 0))]])


def page_of(found: Digest, appeal_id: int, *, calendar: Calendar, now: datetime) -> int:
    """Return on which page of the late ones an appeal stands, from 0; 0 where it is not among them."""
    order = [each.id for each in _highest_first(found.red, calendar, now)]
    return order.index(appeal_id) // _A_PAGE if appeal_id in order else 0


def unit_pressed(
    event_id: int, late: Sequence[Appeal], *, unit: str, city: City, calendar: Calendar, now: datetime
) -> Card:
    """Return what a unit reads when it is reminded of all that is late there (【催办】)."""
    told = lines(late[:_LINES], city=city, calendar=calendar, now=now, whose=False)
    text = words.unit_pressed(department=unit, late=len(late), lines=told)
    return Card(text, [[(words.WRITE_REASON, data("o.explain", event_id))]])


def supervised(event_id: int, seen: AppealView, *, level: int) -> Card:
    """Return what a unit reads when an appeal is supervised more closely (【督办】)."""
    unit = seen.city.department(seen.appeal.department or "")
    until = seen.calendar.next_workday(seen.calendar.local(seen.now).date())
    text = words.supervised(
        number=seen.appeal.number,
        level=level,
        department=seen.department,
        title=what_of(seen.appeal),
        leader=(unit.leader if unit else "") or words.LEADER,
        until=day(seen.calendar.end_of_office_day(until), seen.calendar),
    )
    return Card(text, [[(words.ANSWER_SUPERVISORS, data("o.explain", event_id))]])


def lines(found: Sequence[Appeal], *, city: City, calendar: Calendar, now: datetime, whose: bool = True) -> list[str]:
    """Write each in a line; what has climbed to the top names the unit's leader."""
    return [_line(each, city, calendar, now, whose=whose) for each in found]


def _line(appeal: Appeal, city: City, calendar: Calendar, now: datetime, *, whose: bool) -> str:
    unit, due = city.department(appeal.department or ""), appeal.answer_due
    step = step_of(appeal, now=now, calendar=calendar)
    late = max(1, calendar.workdays_between(due, now)) if due is not None and step >= Step.RED else 0
    written = words.line(
        number=appeal.number,
        department=unit.name if unit is not None and whose else "",
        title=what_of(appeal),
        days=late,
        urges=appeal.urges,
        returns=appeal.returns,
        level=appeal.level,
    )
    leader = (unit.leader if unit else "") or words.LEADER
    return words.with_leader(written, leader=leader) if step is Step.LEADER else written


def _owed(found: Digest, city: City) -> list[str]:
    """Write what the supervisors themselves owe an answer to: words to them first, then objections."""
    told = [(each, False) for each in found.complaints] + [(each, True) for each in found.objections]
    units = [city.department(each.department or "") for each, _ in told]
    return [
        words.owed_line(
            number=each.number, department=unit.name if unit else "", title=what_of(each), objection=objection
        )
        for (each, objection), unit in zip(told, units, strict=True)
    ]


def _highest_first(found: Sequence[Appeal], calendar: Calendar, now: datetime) -> list[Appeal]:
    """Return what has climbed furthest first, and the earliest due within a step."""
    return sorted(found, key=lambda each: -step_of(each, now=now, calendar=calendar))


def _raise(appeal: Appeal) -> tuple[str, str]:
    label = words.raise_level(number=appeal.number, level=appeal.level + 1)
    return label, data("s.raise", appeal.id, str(appeal.level))


def _rows(found: Digest) -> Rows:
    waiting = (words.SEE_WAITING, data("s.waiting", 0))
    owed = [(words.SEE_OWED, data("s.owed", 0))] if found.complaints or found.objections else []
    if not found.red:
        near = [(words.SEE_YELLOW, data(YELLOW, 0))] if found.yellow else []
        rows = [[*near, *([waiting] if found.waiting else [])], owed]
    else:
        see = [(words.SEE_RED, data(RED, 0)), (words.SEE_YELLOW, data(YELLOW, 0))]
        rows = [see, [(words.PRESS_ALL, data("s.press", 0)), waiting], owed]
    return [row for row in rows if row]


def _soon(now: datetime, calendar: Calendar) -> str:
    today: date = calendar.local(now).date()
    following = calendar.next_workday(today)
    tomorrow = following == today + timedelta(days=1)
    return words.soon(following=None if tomorrow else day(calendar.end_of_office_day(following), calendar))
