"""An appeal becomes extreme (特急) at once, and what was urgent by mistake becomes what it was."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.cataloguing import own_days
from storage.domain import deadlines
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Event, Status
from storage.domain.words import Kind, Urgency
from storage.repositories import events
from storage.tables import Appeal

_DUES = ("triage_due", "sign_due", "contact_due", "answer_due", "interim_due")
_AT: Final = "at"
"""When it was hastened, in what is kept of it."""
_OF_DAYS: Final = Urgency.NORMAL
_SETTLED: Final = frozenset({Event.SUPPLY, Event.CANNOT_SUPPLY, Event.ASK_LAPSED})


def hasten(appeal: Appeal, *, now: datetime, city: City) -> dict[str, Any]:
    """Make a locked, open appeal extreme: each due time that still counts comes nearer, none goes further away.

    Returns what `slow_down` needs to undo it, as plain JSON values; empty where nothing was changed.
    """
    if Status(appeal.status) not in OPEN or appeal.urgency == Urgency.EXTREME:
        return {}
    before: dict[str, Any] = {"urgency": appeal.urgency, _AT: now.isoformat()}
    before |= {name: _written(getattr(appeal, name)) for name in _DUES}
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


async def slow_down(
    session: AsyncSession, appeal: Appeal, before: dict[str, Any], *, city: City, calendar: Calendar
) -> bool:
    """Take the extreme urgency off a locked, open appeal; say whether anything changed.

    It gets back what `before` keeps of it; one that was filed as extreme gets the times it would have had. Either way
    the answer is due later by what its clock stood still meanwhile.
    """
    if Status(appeal.status) not in OPEN or appeal.urgency != Urgency.EXTREME:
        return False
    appeal.urgency = Urgency(before.get("urgency", Urgency.NORMAL))
    usual = _usual(appeal, city=city, calendar=calendar)
    for name in _DUES:
        kept = datetime.fromisoformat(before[name]) if before.get(name) else None
        if getattr(appeal, name) is not None:
            setattr(appeal, name, kept or usual[name]())
    appeal.answer_due = await _with_pauses(session, appeal, appeal.answer_due, since=before.get(_AT), calendar=calendar)
    return True


async def kept_answer_due(
    session: AsyncSession, appeal: Appeal, before: dict[str, Any], *, calendar: Calendar
) -> datetime | None:
    """Return the limit that `before` keeps, later by what the clock stood still since; None where it keeps none."""
    kept = datetime.fromisoformat(before["answer_due"]) if before.get("answer_due") else None
    return await _with_pauses(session, appeal, kept, since=before.get(_AT), calendar=calendar)


async def _with_pauses(
    session: AsyncSession, appeal: Appeal, due: datetime | None, *, since: str | None, calendar: Calendar
) -> datetime | None:
    """Put off a limit of days by each time a question to the citizen was settled since then (请补充)."""
    asked: datetime | None = None
    for each in await events.of_appeal(session, appeal.id):
        if each.what == Event.ASK:
            asked = each.at
        elif each.what in _SETTLED and asked is not None:
            stood, over = not each.details.get("undelivered"), min(each.at, deadlines.asked_until(asked, calendar))
            if due is not None and stood and (since is None or each.at >= datetime.fromisoformat(since)):
                due = deadlines.resumed_due(due, urgency=_OF_DAYS, paused=asked, resumed=over, calendar=calendar)
            asked = None
    return due


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
