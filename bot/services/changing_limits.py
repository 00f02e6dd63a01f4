"""Kind or urgency of an appeal is set right: a shorter limit at once, a longer one with a supervisor."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.alarming import RUNNING
from bot.services.cataloguing import own_days
from bot.services.hastening import hasten, kept_answer_due, slow_down
from bot.services.moving import Actor, move, workable
from bot.services.petitioning import Wish, petition
from storage.domain import deadlines
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused
from storage.domain.statuses import Event, Status
from storage.domain.words import Kind, Urgency
from storage.repositories import dangers, events
from storage.tables import Appeal, Approval

_ENDLESS: Final = 10_000


class Part(StrEnum):
    """What is set right."""

    KIND = "kind"
    URGENCY = "urgency"


_EVENTS: Final = {Part.KIND: Event.KIND_CHANGED, Part.URGENCY: Event.URGENCY_CHANGED}
_VALUES: Final = {Part.KIND: frozenset(Kind), Part.URGENCY: frozenset(Urgency)}


async def changeable(session: AsyncSession, appeal: Appeal, part: Part, to: str) -> None:
    """Raise where a locked appeal may not become that.

    TransitionRefused once it is over; InputRefused("no_such_kind"), "kind_as_it_is", "not_to_praise" where a unit has
    it, "kind_when_planned" while it waits in a plan, "danger_runs" while somebody may be in danger.
    """
    workable(appeal, _EVENTS[part])
    if to not in _VALUES[part]:
        raise InputRefused("no_such_kind")
    if getattr(appeal, part) == to:
        raise InputRefused("kind_as_it_is")
    if appeal.status == Status.DEFERRED:
        raise InputRefused("kind_when_planned")
    if to == Kind.PRAISE and appeal.first_dispatched_at is not None:
        raise InputRefused("not_to_praise")
    leaves_extreme = part is Part.URGENCY and appeal.urgency == Urgency.EXTREME
    if leaves_extreme and await dangers.of_appeal(session, appeal.id, states=RUNNING):
        raise InputRefused("danger_runs")


def is_longer(appeal: Appeal, part: Part, to: str, city: City) -> bool:
    """Whether the citizen would wait longer than they were told; in triage only what is extreme promises anything."""
    if appeal.first_dispatched_at is None:
        return part is Part.URGENCY and appeal.urgency == Urgency.EXTREME
    return _days_as(appeal, part, to, city) > _days(appeal, city)


async def change(
    session: AsyncSession,
    *,
    appeal: Appeal,
    part: Part,
    to: str,
    actor: Actor,
    person_id: int,
    now: datetime,
    city: City,
    calendar: Calendar,
) -> None:
    """Set it right at once; the limit comes nearer, or stays.

    Raises as `changeable` does, and InputRefused("longer_needs_supervisor").
    """
    await changeable(session, appeal, part, to)
    if is_longer(appeal, part, to, city):
        raise InputRefused("longer_needs_supervisor")
    old, old_due, before = getattr(appeal, part), appeal.answer_due, {}
    if to == Urgency.EXTREME:
        before = hasten(appeal, now=now, city=city)
    else:
        setattr(appeal, part, to)
        _come_nearer(appeal, now=now, city=city, calendar=calendar)
    told = _told(old=old, new=to, old_due=old_due, new_due=appeal.answer_due)
    if before:
        told["before"] = before
    await move(session, appeal, _EVENTS[part], actor=actor, person_id=person_id, now=now, **told)


async def want_longer(
    session: AsyncSession,
    *,
    appeal: Appeal,
    part: Part,
    to: str,
    reason: str,
    actor: Actor,
    person_id: int,
    now: datetime,
    city: City,
    calendar: Calendar,
) -> Approval:
    """Ask a supervisor to set it right where that makes the limit longer; until one agrees nothing changes.

    Raises as `changeable` does, and as `bot.services.petitioning.petition`.
    """
    await changeable(session, appeal, part, to)
    new_due = await _longer_due(session, appeal, part, to, city=city, calendar=calendar)
    told = _told(old=getattr(appeal, part), new=to, old_due=appeal.answer_due, new_due=new_due)
    details = {"part": part.value, "to": to, "reason": reason, **told}
    return await petition(session, appeal, Wish.LONGER, None, asked_by=person_id, details=details, now=now, actor=actor)


async def granted(
    session: AsyncSession, appeal: Appeal, approval: Approval, *, now: datetime, city: City, calendar: Calendar
) -> None:
    """Set it right as a supervisor agreed; the limit moves from where it stands by now. Raises as `changeable` does."""
    part, to = Part(approval.details["part"]), str(approval.details["to"])
    await changeable(session, appeal, part, to)
    old, old_due = getattr(appeal, part), appeal.answer_due
    due = await _longer_due(session, appeal, part, to, city=city, calendar=calendar)
    if old == Urgency.EXTREME:
        await slow_down(session, appeal, await _before(session, appeal, to), city=city, calendar=calendar)
    setattr(appeal, part, to)
    appeal.answer_due = due
    appeal.ladder, appeal.ladder_at = 0, None
    await move(
        session,
        appeal,
        _EVENTS[part],
        actor=Actor.SUPERVISOR,
        person_id=approval.decided_by,
        now=now,
        reason=approval.details["reason"],
        **_told(old=old, new=to, old_due=old_due, new_due=due),
    )


def _days(appeal: Appeal, city: City) -> int:
    """Return the length of the appeal's limit in working days; an extreme one's is less than one."""
    kind, urgency = Kind(appeal.kind), Urgency(appeal.urgency)
    days = deadlines.answer_days(kind, urgency, city.limits, own=own_days(appeal, city))
    return _ENDLESS if days is None else days


def _days_as(appeal: Appeal, part: Part, to: str, city: City) -> int:
    """Return the length the limit would have."""
    kind, urgency = (to, appeal.urgency) if part is Part.KIND else (appeal.kind, to)
    days = deadlines.answer_days(Kind(kind), Urgency(urgency), city.limits, own=own_days(appeal, city))
    return _ENDLESS if days is None else days


def _come_nearer(appeal: Appeal, *, now: datetime, city: City, calendar: Calendar) -> None:
    """Let the limit be what it would be if it began now, where that is sooner; before a unit has it there is none."""
    if appeal.first_dispatched_at is None:
        return
    kind, urgency, own = Kind(appeal.kind), Urgency(appeal.urgency), own_days(appeal, city)
    reckon = deadlines.reopen_due if appeal.reopens else deadlines.answer_due
    due = reckon(kind, urgency, now, calendar, city.limits, own=own)
    if due is not None:
        appeal.answer_due = min(appeal.answer_due or due, due)
        appeal.first_answer_due = appeal.first_answer_due or due


async def _longer_due(
    session: AsyncSession, appeal: Appeal, part: Part, to: str, *, city: City, calendar: Calendar
) -> datetime | None:
    """Return where the limit would stand: later by what the two limits differ, never sooner than now promised."""
    due = appeal.answer_due
    if due is None or appeal.first_dispatched_at is None:
        return due
    new = _days_as(appeal, part, to, city)
    if part is Part.URGENCY and appeal.urgency == Urgency.EXTREME:
        kept = await kept_answer_due(session, appeal, await _before(session, appeal, to), calendar=calendar)
        return max(due, kept or calendar.add_workdays(appeal.first_dispatched_at, new))
    old = _days(appeal, city)
    more = deadlines.halved(new) - deadlines.halved(old) if appeal.reopens else new - old
    return calendar.add_workdays(due, max(0, more))


async def _before(session: AsyncSession, appeal: Appeal, to: str) -> dict[str, Any]:
    """Return what the appeal was before it became extreme, if it becomes just that again; else only what it will be."""
    history = await events.of_appeal(session, appeal.id)
    hastened = [each for each in history if each.what == Event.URGENCY_CHANGED and "before" in each.details]
    kept: dict[str, Any] = hastened[-1].details["before"] if hastened else {}
    return dict(kept) if kept.get("urgency") == to else {"urgency": to}


def _told(*, old: str, new: str, old_due: datetime | None, new_due: datetime | None) -> dict[str, Any]:
    dues = {"old_due": old_due, "new_due": new_due}
    return {"old": old, "new": new, **{name: due.isoformat() for name, due in dues.items() if due is not None}}
