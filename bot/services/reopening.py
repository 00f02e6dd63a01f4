"""The citizen says it is not solved and wants it to go on (重办): same unit, counted, a new and shorter limit."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, move
from bot.services.owning import own
from bot.services.supplementing import say_for
from storage.domain import deadlines
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.domain.words import Kind, Urgency
from storage.tables import Appeal

REOPENABLE: Final = timedelta(days=30)


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
    await move(
        session,
        appeal,
        Event.REOPEN,
        actor=Actor.CITIZEN,
        person_id=person_id,
        now=now,
        times=appeal.reopens + 1,
        staff_outcome=appeal.staff_outcome,
        **await _said(session, appeal, words, files, parts or {}, now=now),
    )
    _forget_the_answer(appeal)
    appeal.reopens += 1
    appeal.answer_due = deadlines.reopen_due(Kind(appeal.kind), Urgency(appeal.urgency), now, calendar, city.limits)
    return appeal


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
