"""When each step of an appeal is due: by kind and urgency, in office time, the extreme ones on the wall clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from storage.domain.calendar import Calendar
from storage.domain.words import Kind, Urgency

LONGEST_PAUSE: Final = 5
"""So many working days the clock stands still at most while a citizen is asked for what is missing."""


@dataclass(frozen=True, slots=True)
class ExtremeLimits:
    """The limits of an extreme appeal, on the wall clock, day and night."""

    triage: timedelta
    sign: timedelta
    contact: timedelta
    interim: timedelta
    answer: timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """How long each step may take; `answer` in working days, and a kind missing there has no answer limit."""

    sign_days: int
    contact_days: int
    triage_half_days: int
    answer: Mapping[Urgency, Mapping[Kind, int]]
    extreme: ExtremeLimits


def answer_days(kind: Kind, urgency: Urgency, limits: Limits, *, own: int | None = None) -> int | None:
    """Return the answer limit in working days, 0 for an extreme appeal, whose limit is hours; None where none is set.

    `own`: the limit of the appeal's matter, which goes before that of its kind; what is urgent, or only a question, is
    never given longer by it.
    """
    days = limits.answer[Urgency.NORMAL].get(kind)
    if days is None or urgency is Urgency.EXTREME:
        return None if days is None else 0
    usual = limits.answer[urgency].get(kind, days)
    if own is None:
        return usual
    return min(own, usual) if urgency is Urgency.URGENT or kind is Kind.CONSULTATION else own


def answer_due(
    kind: Kind, urgency: Urgency, start: datetime, calendar: Calendar, limits: Limits, *, own: int | None = None
) -> datetime | None:
    """Return when the answer is due for an appeal first dispatched at `start`, or None where no limit is set.

    `own` as in `answer_days`.
    """
    days = answer_days(kind, urgency, limits, own=own)
    if days is None:
        return None
    return _later(start, limits.extreme.answer) if urgency is Urgency.EXTREME else calendar.add_workdays(start, days)


def reopen_due(
    kind: Kind, urgency: Urgency, start: datetime, calendar: Calendar, limits: Limits, *, own: int | None = None
) -> datetime | None:
    """Return when an appeal reopened at `start` is due: half of its limit, rounded up, and one working day at least."""
    days = answer_days(kind, urgency, limits, own=own)
    if days is None:
        return None
    if urgency is Urgency.EXTREME:
        return _later(start, limits.extreme.answer / 2)
    return calendar.add_workdays(start, halved(days))


def halved(days: int) -> int:
    """Return the limit of an appeal that is reopened, in working days."""
    return max(1, (days + 1) // 2)


def sign_due(urgency: Urgency, start: datetime, calendar: Calendar, limits: Limits) -> datetime:
    """Return until when a unit has to claim what was dispatched to it at `start`."""
    if urgency is Urgency.EXTREME:
        return _later(start, limits.extreme.sign)
    return calendar.add_workdays(start, limits.sign_days)


def contact_due(urgency: Urgency, start: datetime, calendar: Calendar, limits: Limits) -> datetime:
    """Return until when the citizen should have heard a first word from the unit that got the appeal at `start`."""
    if urgency is Urgency.EXTREME:
        return _later(start, limits.extreme.contact)
    return calendar.add_workdays(start, limits.contact_days)


def triage_due(urgency: Urgency, start: datetime, calendar: Calendar, limits: Limits) -> datetime:
    """Return until when the dispatchers have to find a unit for what was submitted at `start`."""
    if urgency is Urgency.EXTREME:
        return _later(start, limits.extreme.triage)
    return calendar.add_half_days(start, limits.triage_half_days)


def interim_due(urgency: Urgency, start: datetime, limits: Limits) -> datetime | None:
    """Return when the citizen is owed an interim word; only an extreme appeal has one."""
    return _later(start, limits.extreme.interim) if urgency is Urgency.EXTREME else None


def is_last_day(due: datetime, now: datetime, calendar: Calendar) -> bool:
    """Whether what is due then is due on the next working day at the latest: nothing pauses it now by itself."""
    return calendar.workdays_between(now, due) <= 1


def asked_until(start: datetime, calendar: Calendar) -> datetime:
    """Return until when a citizen asked at `start` for what is missing is waited for, at most."""
    return calendar.add_workdays(start, LONGEST_PAUSE)


def resumed_due(
    due: datetime, *, urgency: Urgency, paused: datetime, resumed: datetime, calendar: Calendar
) -> datetime:
    """Return when an answer is due whose clock stood still between two moments: later by each working day that came.

    Like every limit it ends with an office day, so what is supplied on the day it was asked for moves nothing. The
    clock of an extreme appeal runs day and night, so it is later by the whole time. It is never sooner.
    """
    if urgency is Urgency.EXTREME:
        return _later(due, max(resumed - paused, timedelta()))
    asked_on, supplied_on = calendar.counting_day(paused), calendar.local(resumed).date()
    days = calendar.workdays_after(asked_on, supplied_on)
    return calendar.add_workdays(due, days) if days else due


def _later(start: datetime, wait: timedelta) -> datetime:
    """Return the moment `wait` after `start` on the wall clock of the world, in UTC."""
    if start.tzinfo is None:
        raise ValueError("a start without a time zone says no moment")
    return start.astimezone(UTC) + wait
