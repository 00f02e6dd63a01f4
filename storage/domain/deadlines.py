"""When each step of an appeal is due: by kind and urgency, in office time, the extreme ones on the wall clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from storage.domain.calendar import Calendar
from storage.domain.words import Kind, Urgency


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


def answer_due(kind: Kind, urgency: Urgency, start: datetime, calendar: Calendar, limits: Limits) -> datetime | None:
    """Return when the answer is due for an appeal first dispatched at `start`, or None where no limit is set."""
    days = limits.answer[Urgency.NORMAL].get(kind)
    if days is None:
        return None
    if urgency is Urgency.EXTREME:
        return _later(start, limits.extreme.answer)
    return calendar.add_workdays(start, limits.answer[urgency].get(kind, days))


def reopen_due(kind: Kind, urgency: Urgency, start: datetime, calendar: Calendar, limits: Limits) -> datetime | None:
    """Return when an appeal reopened at `start` is due: half of its limit, rounded up, and one working day at least."""
    days = limits.answer[Urgency.NORMAL].get(kind)
    if days is None:
        return None
    if urgency is Urgency.EXTREME:
        return _later(start, limits.extreme.answer / 2)
    days = limits.answer[urgency].get(kind, days)
    return calendar.add_workdays(start, max(1, (days + 1) // 2))


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


def _later(start: datetime, wait: timedelta) -> datetime:
    """Return the moment `wait` after `start` on the wall clock of the world, in UTC."""
    if start.tzinfo is None:
        raise ValueError("a start without a time zone says no moment")
    return start.astimezone(UTC) + wait
