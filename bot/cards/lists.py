"""Lists of appeals, a line each: for a unit, for one of its people, for the dispatchers, for the morning."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from bot.cards.card import Card, data
from bot.cards.view import place_words
from bot.services.ladder import step_of
from bot.services.listing import Item
from bot.texts import duty as duty_words
from bot.texts import lists as words
from bot.texts.dates import clock_near, day, day_and_clock
from bot.texts.digest import supervised_on
from bot.texts.fitting import fit
from bot.texts.words import KINDS
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.ladder import STANDING, Step
from storage.domain.masking import mask
from storage.domain.statuses import Status
from storage.domain.words import Kind
from storage.repositories.figures import Figures
from storage.tables import Appeal

_PLACE: Final = 40


def todo(items: Sequence[Item], *, department: str, city: City, calendar: Calendar, now: datetime) -> Card:
    """Return a unit's open appeals with whose they are."""
    return Card(words.todo(department=department, lines=[_line(each, city, calendar, now) for each in items]))


def mine(items: Sequence[Item], *, name: str, city: City, calendar: Calendar, now: datetime) -> Card:
    """Return what somebody signed for."""
    return Card(words.mine(name=name, lines=[_line(each, city, calendar, now, whose=False) for each in items]))


def to_dispatch(
    waiting: Sequence[Appeal], returned: Sequence[Appeal], *, city: City, calendar: Calendar, now: datetime
) -> Card:
    """Return what waits for the dispatchers: appeals without a unit, then those that come back."""
    due = [words.latest(clock_near(each.triage_due, now, calendar)) if each.triage_due else "" for each in waiting]
    lines = [words.line(title_line(each), _place(each, city), when) for each, when in zip(waiting, due, strict=True)]
    lines += [words.line(title_line(each), words.returned(_unit(each, city))) for each in returned]
    return Card(words.to_dispatch(lines=lines))


def stats(found: Figures, *, department: str, month: int) -> Card:
    """Return a unit's month."""
    return Card(
        words.stats(
            department=department,
            month=month,
            accepted=found.accepted,
            on_time=found.on_time,
            late=found.late,
            reopened=found.reopened,
            still_open=found.still_open,
            overdue=found.overdue,
        )
    )


def morning(
    items: Sequence[Item], *, department: str, city: City, calendar: Calendar, now: datetime, duty: str = ""
) -> Card:
    """Return the list of the day, with buttons for the whole list and the roster; `duty`: who is on it today."""
    today = calendar.local(now).date()
    following = calendar.next_workday(today)
    sections = [
        (words.OVERDUE, [each for each in items if _due_on(each, calendar, until=today)]),
        (words.DUE_TODAY, [each for each in items if _due_on(each, calendar, on=today)]),
        (_next_heading(today, following, calendar), [each for each in items if _due_on(each, calendar, on=following)]),
    ]
    if unsigned := [each for each in items if _is_unsigned(each, sections, now)]:
        sections.append((words.NOT_SIGNED_IN_TIME, unsigned))
    counts = (
        sum(each.appeal.status == Status.DISPATCHED for each in items),
        sum(each.appeal.status == Status.IN_PROGRESS and each.appeal.contacted_at is None for each in items),
        sum(each.appeal.last_reply == "undelivered" and each.appeal.stopped_at is None for each in items),
    )
    if not any(found for _, found in sections) and not any(counts):
        return Card(words.nothing_today(department=department, day=day(now, calendar)))
    text = words.morning(
        department=department,
        day=day(now, calendar),
        sections=[(title, [_line(each, city, calendar, now) for each in found]) for title, found in sections],
        unclaimed=counts[0],
        uncontacted=counts[1],
        undelivered=counts[2],
        duty=duty_words.today(name=duty),
    )
    return Card(text, [[(words.OPEN_LIST, data("o.todo", 0)), (duty_words.CHANGE_DUTY, data("o.roster", 0))]])


def title_line(appeal: Appeal) -> str:
    """Name an appeal by number and title; a confidential one by what it is only."""
    return words.line(appeal.number, what_of(appeal))


def _line(item: Item, city: City, calendar: Calendar, now: datetime, *, whose: bool = True) -> str:
    appeal = item.appeal
    if appeal.confidential:
        due = words.latest(day_and_clock(appeal.answer_due, calendar)) if appeal.answer_due else words.NO_LIMIT
        return words.line(appeal.number, what_of(appeal), _town(appeal, city), due)
    staff = (item.staff or words.UNCLAIMED) if whose else ""
    line = words.line(appeal.number, what_of(appeal), _place(appeal, city), staff, _left(appeal, calendar, now))
    return _told_up(line, appeal, city, calendar, now)


def _told_up(line: str, appeal: Appeal, city: City, calendar: Calendar, now: datetime) -> str:
    """Add who else was told, where it is so late that supervisors, then the unit's leader, were."""
    step, unit = step_of(appeal, now=now, calendar=calendar), city.department(appeal.department or "")
    if step < Step.SUPERVISORS:
        return line
    return supervised_on(line, leader=unit.leader if step is Step.LEADER and unit is not None else "")


def what_of(appeal: Appeal) -> str:
    """Return its title; of a confidential one only what it is."""
    if appeal.confidential:
        return words.line(words.CONFIDENTIAL, KINDS[Kind(appeal.kind)])
    return mask(appeal.title)


def _left(appeal: Appeal, calendar: Calendar, now: datetime) -> str:
    due = appeal.answer_due
    if appeal.status == Status.AWAITING_CITIZEN:
        return words.WAITS_FOR_CITIZEN
    if appeal.stopped_at is not None:
        return words.OUT_OF_REACH
    if due is None:
        return words.NO_LIMIT
    late = max(1, calendar.workdays_between(due, now)) if due <= now else 0
    return words.left(days=-late if late else calendar.workdays_between(now, due))


def _due_on(item: Item, calendar: Calendar, *, on: date | None = None, until: date | None = None) -> bool:
    due = item.appeal.answer_due
    if due is None or item.appeal.status not in STANDING or item.appeal.stopped_at is not None:
        return False
    local = calendar.local(due).date()
    return local == on if on is not None else until is not None and local < until


def _is_unsigned(item: Item, sections: Sequence[tuple[str, Sequence[Item]]], now: datetime) -> bool:
    """Whether nobody signed for it in time, and it stands in no section yet."""
    due = item.appeal.sign_due
    late = item.appeal.status == Status.DISPATCHED and due is not None and due <= now
    return late and all(item not in found for _, found in sections)


def _next_heading(today: date, following: date, calendar: Calendar) -> str:
    if following == today + timedelta(days=1):
        return words.due_next(day=None)
    return words.due_next(day=day(calendar.end_of_office_day(following), calendar))


def _place(appeal: Appeal, city: City) -> str:
    if appeal.confidential:
        return _town(appeal, city)
    named = place_words(city, town=appeal.town, village=appeal.village, words=appeal.place)
    return fit(mask(named), _PLACE)


def _town(appeal: Appeal, city: City) -> str:
    town = city.town(appeal.town or "")
    return town.name if town else ""


def _unit(appeal: Appeal, city: City) -> str:
    unit = city.department(appeal.department or "")
    return unit.name if unit else ""
