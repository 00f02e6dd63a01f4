"""An appeal becomes extreme (特急) at once, and what was urgent by mistake becomes what it was."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.services.cataloguing import own_days
from storage.domain import deadlines
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Status
from storage.domain.words import Kind, Urgency
from storage.tables import Appeal

_DUES = ("triage_due", "sign_due", "contact_due", "answer_due", "interim_due")


def hasten(appeal: Appeal, *, now: datetime, city: City) -> dict[str, Any]:
    """Make a locked, open appeal extreme: each due time that still counts comes nearer, none goes further away.

    Returns what `slow_down` needs to undo it, as plain JSON values; empty where nothing was changed.
    """
    if Status(appeal.status) not in OPEN or appeal.urgency == Urgency.EXTREME:
        return {}
    before = {"urgency": appeal.urgency} | {name: _written(getattr(appeal, name)) for name in _DUES}
    appeal.urgency = Urgency.EXTREME
    limits = city.limits.extreme
    if appeal.status == Status.PENDING_TRIAGE:
        appeal.triage_due = _nearer(appeal.triage_due, now + limits.triage)
    elif appeal.status == Status.DISPATCHED:
        appeal.sign_due = _nearer(appeal.sign_due, now + limits.sign)
    if appeal.first_dispatched_at is not None:
        if appeal.contacted_at is None:
            appeal.contact_due = _nearer(appeal.contact_due, now + limits.contact)
        appeal.answer_due = _nearer(appeal.answer_due, now + limits.answer)
        appeal.interim_due = _nearer(appeal.interim_due, now + limits.interim)
    return before


def slow_down(appeal: Appeal, before: dict[str, Any], *, city: City, calendar: Calendar) -> bool:
    """Take the extreme urgency off a locked, open appeal; say whether anything changed.

    It gets back what `before` keeps of it; one that was filed as extreme gets the times it would have had.
    """
    if Status(appeal.status) not in OPEN or appeal.urgency != Urgency.EXTREME:
        return False
    appeal.urgency = Urgency(before.get("urgency", Urgency.NORMAL))
    usual = _usual(appeal, city=city, calendar=calendar)
    for name in _DUES:
        kept = datetime.fromisoformat(before[name]) if before.get(name) else None
        if getattr(appeal, name) is not None:
            setattr(appeal, name, kept or usual[name]())
    return True


def _usual(appeal: Appeal, *, city: City, calendar: Calendar) -> dict[str, Callable[[], datetime | None]]:
    kind, urgency, limits = Kind(appeal.kind), Urgency(appeal.urgency), city.limits
    own = own_days(appeal, city)
    first, latest = appeal.first_dispatched_at or appeal.accepted_at, appeal.dispatched_at or appeal.accepted_at
    return {
        "triage_due": lambda: deadlines.triage_due(urgency, appeal.accepted_at, calendar, limits),
        "sign_due": lambda: deadlines.sign_due(urgency, latest, calendar, limits),
        "contact_due": lambda: deadlines.contact_due(urgency, first, calendar, limits),
        "answer_due": lambda: deadlines.answer_due(kind, urgency, first, calendar, limits, own=own),
        "interim_due": lambda: deadlines.interim_due(urgency, first, limits),
    }


def _nearer(due: datetime | None, at: datetime) -> datetime:
    return at if due is None else min(due, at)


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
