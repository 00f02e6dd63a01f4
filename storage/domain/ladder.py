"""How far an appeal has climbed that is nearly or already late (黄牌, 红牌), and what an emergency's unit missed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from typing import Final

from storage.domain.calendar import Calendar
from storage.domain.statuses import Status

_DAY: Final = timedelta(days=1)
STANDING: Final = frozenset({Status.DISPATCHED, Status.IN_PROGRESS})
"""Where the clock of an answer runs: what is paused, deferred or answered is on no ladder."""


class Step(IntEnum):
    """How far it was told of: to nobody, to the unit as due soon, as late, to the supervisors, to the unit's leader."""

    NONE = 0
    YELLOW = 1
    RED = 2
    SUPERVISORS = 3
    LEADER = 4


class Missed(StrEnum):
    """What was not done in an emergency by the minute it was due."""

    TRIAGE = "triage"
    SIGN = "sign"
    CONTACT = "contact"
    INTERIM = "interim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The clocks of an emergency (None: has none); `contacted`: the citizen was spoken with, `told_more`: once more."""

    triage: datetime | None
    sign: datetime | None
    contact: datetime | None
    interim: datetime | None
    contacted: bool
    told_more: bool


def step_at(due: datetime, now: datetime, calendar: Calendar) -> Step:
    """Return the step that an answer due at `due` stands on.

    Yellow from the opening of the working day before; red from its first moment of an office day that is late; then
    a step more with each working day that opens.
    """
    red = red_from(due, calendar)
    if now < red:
        return Step.YELLOW if now >= yellow_from(due, calendar) else Step.NONE
    supervisors = _opening(calendar.next_workday(calendar.local(red).date()), calendar)
    if now < supervisors:
        return Step.RED
    leader = _opening(calendar.next_workday(calendar.local(supervisors).date()), calendar)
    return Step.SUPERVISORS if now < leader else Step.LEADER


def yellow_from(due: datetime, calendar: Calendar) -> datetime:
    """Return the opening (UTC) of the last working day before the one it is due on."""
    day = calendar.local(due).date() - _DAY
    while not calendar.is_workday(day):
        day -= _DAY
    return _opening(day, calendar)


def red_from(due: datetime, calendar: Calendar) -> datetime:
    """Return the first moment (UTC), not before `due`, between opening and closing of a working day."""
    here = calendar.local(due)
    if calendar.is_workday(here.date()) and here.time() < calendar.office_close:
        return max(due.astimezone(UTC), _opening(here.date(), calendar))
    return _opening(calendar.next_workday(here.date()), calendar)


def horizon(now: datetime, calendar: Calendar) -> datetime:
    """Return a moment (UTC) before which everything is due that stands on a step by now."""
    following = calendar.next_workday(calendar.local(now).date())
    return datetime.combine(following + _DAY, time(), calendar.zone).astimezone(UTC)


def missed(status: Status, minutes: Minutes, now: datetime) -> tuple[Missed, ...]:
    """Return what of an emergency is past its minute and not done, in the order of the clocks."""
    if status is Status.PENDING_TRIAGE:
        return (Missed.TRIAGE,) if _past(minutes.triage, now) else ()
    if status not in STANDING:
        return ()
    open_ones = {
        Missed.SIGN: status is Status.DISPATCHED and _past(minutes.sign, now),
        Missed.CONTACT: not minutes.contacted and _past(minutes.contact, now),
        Missed.INTERIM: not minutes.told_more and _past(minutes.interim, now),
    }
    return tuple(each for each, is_open in open_ones.items() if is_open)


def _past(due: datetime | None, now: datetime) -> bool:
    return due is not None and due <= now


def _opening(day: date, calendar: Calendar) -> datetime:
    return datetime.combine(day, calendar.office_open, calendar.zone).astimezone(UTC)
