"""The citizen says it is not solved and wants it to go on (重办): same unit, counted, a new and shorter limit."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.cataloguing import own_days
from bot.services.moving import Actor, move
from bot.services.owning import own
from bot.services.supplementing import say_for
from storage.domain import deadlines
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Event, Status
from storage.domain.words import Kind, Urgency
from storage.repositories import gathered
from storage.tables import Appeal

REOPENABLE: Final = timedelta(days=30)
LIFTED_AT: Final = 3
"""So often an appeal is reopened until the supervisors see to it themselves."""
HIGHEST: Final = 3
"""The highest level of supervision."""
REOPENED_OFTEN: Final = "reopened_often"


def reopen_until(appeal: Appeal) -> datetime | None:
    """Return until when a closed appeal can be reopened; None where it is not closed, or is praise."""
    if appeal.status != Status.CLOSED or appeal.closed_at is None or appeal.kind == Kind.PRAISE:
        return None
    return appeal.closed_at + REOPENABLE


def may_reopen(appeal: Appeal, *, now: datetime) -> bool:
    """Whether the citizen can still say that it is not solved."""
    until = reopen_until(appeal)
    return appeal.status == Status.ANSWERED or (until is not None and now <= until)


async def reopen(
    session: AsyncSession,
    *,
    appeal_id: int,
    person_id: int,
    now: datetime,
    city: City,
    calendar: Calendar,
    words: str = "",
    files: Collection[int] = (),
    parts: Mapping[str, str] | None = None,
) -> Appeal:
    """Open the person's answered or closed appeal again, with what the citizen said and sent about it.

    Raises NotFound, TransitionRefused, or InputRefused("reopen_too_late") more than 30 days after the closing.
    """
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    _refuse_where_it_cannot(appeal, now=now)
    said = await _said(session, appeal, words, files, parts or {}, now=now)
    await _reopen(session, appeal, Actor.CITIZEN, person_id, now=now, city=city, calendar=calendar, **said)
    return appeal


async def reopen_for_supervisor(
    session: AsyncSession,
    appeal: Appeal,
    *,
    actor: Actor,
    person_id: int,
    now: datetime,
    city: City,
    calendar: Calendar,
) -> None:
    """Have a locked, answered or closed appeal handled again (要求重办), however long ago it was closed.

    Raises TransitionRefused for praise, InputRefused("still_in_hand") where it is open.
    """
    if Status(appeal.status) in OPEN:
        raise InputRefused("still_in_hand")
    if appeal.kind == Kind.PRAISE:
        raise TransitionRefused(Status(appeal.status), Event.REOPEN)
    await _reopen(session, appeal, actor, person_id, now=now, city=city, calendar=calendar)


async def reopen_for_followers(
    session: AsyncSession,
    lead: Appeal,
    *,
    person_id: int,
    unsolved: int,
    now: datetime,
    city: City,
    calendar: Calendar,
) -> None:
    """Open a locked appeal again, for so many (`unsolved`) who stand with it say that it is not solved.

    Raises TransitionRefused, or InputRefused("reopen_too_late") more than 30 days after the closing.
    """
    _refuse_where_it_cannot(lead, now=now)
    here: Mapping[str, Any] = {"now": now, "city": city, "calendar": calendar}
    await _reopen(session, lead, Actor.CITIZEN, person_id, **here, followers=unsolved)


async def _reopen(
    session: AsyncSession,
    appeal: Appeal,
    actor: Actor,
    person_id: int,
    *,
    now: datetime,
    city: City,
    calendar: Calendar,
    **said: int,
) -> None:
    """Let it go on with a new and shorter limit; the third time it is the supervisors' own matter (提级督办)."""
    await move(
        session,
        appeal,
        Event.REOPEN,
        actor=actor,
        person_id=person_id,
        now=now,
        times=appeal.reopens + 1,
        staff_outcome=appeal.staff_outcome,
        **said,
    )
    _forget_the_answer(appeal)
    for each in await gathered.with_lead(session, appeal.id):
        each.citizen_outcome = None
    appeal.reopens += 1
    kind, urgency, days = Kind(appeal.kind), Urgency(appeal.urgency), own_days(appeal, city)
    appeal.answer_due = deadlines.reopen_due(kind, urgency, now, calendar, city.limits, own=days)
    if appeal.reopens >= LIFTED_AT and appeal.level < HIGHEST:
        appeal.level = HIGHEST
        by: dict[str, Any] = {"actor": Actor.SYSTEM, "person_id": None, "now": now}
        await move(
            session, appeal, Event.SUPERVISE, **by, level=HIGHEST, department=appeal.department, how=REOPENED_OFTEN
        )


def _refuse_where_it_cannot(appeal: Appeal, *, now: datetime) -> None:
    if appeal.kind == Kind.PRAISE:
        raise TransitionRefused(Status(appeal.status), Event.REOPEN)
    if appeal.status == Status.CLOSED and not may_reopen(appeal, now=now):
        raise InputRefused("reopen_too_late")


async def _said(
    session: AsyncSession,
    appeal: Appeal,
    words: str,
    files: Collection[int],
    parts: Mapping[str, str],
    *,
    now: datetime,
) -> dict[str, int]:
    """Keep what the citizen says is missing; return how the event names it."""
    if not words and not files:
        return {}
    return {"utterance_id": (await say_for(session, appeal, text=words, files=files, parts=parts, now=now)).id}


def _forget_the_answer(appeal: Appeal) -> None:
    """Begin anew: what was pressed, delivered and rated before stands in the events."""
    appeal.answer_pressed_at = appeal.answered_at = appeal.closed_at = None
    appeal.staff_outcome = appeal.citizen_outcome = appeal.satisfaction = None
    appeal.follow_up_at = appeal.contact_confirmed = None
    appeal.told_by_phone, appeal.stopped_at, appeal.disputed = False, None, False
