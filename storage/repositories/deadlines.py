"""What is late or nearly so: asked of open appeals only, so that it costs no more when the archive grows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.domain.ladder import STANDING, Step
from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Event, Status
from storage.domain.words import Urgency
from storage.tables import Appeal, AppealEvent, Utterance

_BY_THE_UNIT: Final = ("to_citizen", "answer", "note")
_ONLY_TAKEN: Final = (Event.CLAIM, "taken_over")
_TOLD: Final = ("relayed", Event.CONTACT, Event.ASK, Event.ANSWER)


@dataclass(frozen=True)
class Standing:
    """An appeal whose answer limit runs, and the step it was last told of."""

    appeal_id: int
    due: datetime | None
    step: int


@dataclass(frozen=True)
class Counts:
    """How many open appeals are not as they should be."""

    unsigned: int
    uncontacted: int
    returned: int
    reopened: int
    undelivered: int


async def to_climb(session: AsyncSession, *, until: datetime, now: datetime) -> Sequence[Standing]:
    """Those due by `until` that have not climbed to the top, and those on a step although their due time moved on."""
    due, step = col(Appeal.answer_due), col(Appeal.ladder)
    statement = (
        select(col(Appeal.id), due, step)
        .where(_runs(), or_(and_(due <= until, step < Step.LEADER), and_(step > Step.NONE, due > now)))
        .order_by(due, col(Appeal.id))
    )
    return [Standing(*found) for found in (await session.execute(statement)).all()]


async def due_by(session: AsyncSession, until: datetime) -> Sequence[Appeal]:
    """Appeals whose limit runs and is over by `until`, the earliest first."""
    due = col(Appeal.answer_due)
    statement = select(Appeal).where(_runs(), due <= until).order_by(due, col(Appeal.id))
    return (await session.execute(statement)).scalars().all()


async def counts(session: AsyncSession, now: datetime) -> Counts:
    """Count what the supervisors read each morning, over what is open."""
    unsigned = and_(col(Appeal.status) == Status.DISPATCHED, col(Appeal.sign_due) <= now)
    silent = and_(col(Appeal.contacted_at).is_(None), col(Appeal.contact_due) <= now, col(Appeal.status).in_(STANDING))
    undelivered = and_(col(Appeal.last_reply) == "undelivered", col(Appeal.stopped_at).is_(None))
    statement = select(
        func.count().filter(unsigned),
        func.count().filter(silent),
        func.count().filter(col(Appeal.returns) > 1),
        func.count().filter(col(Appeal.reopens) > 0),
        func.count().filter(undelivered),
    ).where(col(Appeal.status).in_(OPEN))
    return Counts(*(await session.execute(statement)).one())


async def untouched(session: AsyncSession, *, claimed_before: datetime) -> Sequence[tuple[int, datetime]]:
    """Signed for before then, and no word, note, answer or act of the unit since: each with when it was."""
    words = select(col(Utterance.id)).where(
        col(Utterance.appeal_id) == col(Appeal.id),
        col(Utterance.direction).in_(_BY_THE_UNIT),
        col(Utterance.department) == col(Appeal.department),
        col(Utterance.at) >= col(Appeal.claimed_at),
    )
    acts = select(col(AppealEvent.id)).where(
        col(AppealEvent.appeal_id) == col(Appeal.id),
        col(AppealEvent.actor) == "staff",
        col(AppealEvent.what).not_in(_ONLY_TAKEN),
        col(AppealEvent.at) >= col(Appeal.claimed_at),
    )
    statement = (
        select(col(Appeal.id), col(Appeal.claimed_at))
        .where(col(Appeal.status) == Status.IN_PROGRESS, col(Appeal.claimed_at) <= claimed_before)
        .where(~words.exists(), ~acts.exists())
        .order_by(col(Appeal.id))
    )
    found = (await session.execute(statement)).all()
    return [(appeal_id, claimed_at) for appeal_id, claimed_at in found if claimed_at is not None]


async def emergencies(session: AsyncSession, now: datetime) -> Sequence[Appeal]:
    """Open extreme appeals one of whose minutes is over, the oldest first."""
    dues = (Appeal.triage_due, Appeal.sign_due, Appeal.contact_due, Appeal.interim_due)
    statement = (
        select(Appeal)
        .where(col(Appeal.status).in_(STANDING | {Status.PENDING_TRIAGE}), col(Appeal.urgency) == Urgency.EXTREME)
        .where(col(Appeal.stopped_at).is_(None), or_(*(col(each) <= now for each in dues)))
        .order_by(col(Appeal.id))
    )
    return (await session.execute(statement)).scalars().all()


async def told_more(session: AsyncSession, appeal_id: int) -> bool:
    """Whether the citizen heard from the unit again after the first contact."""
    first = (
        select(func.min(col(AppealEvent.id)))
        .where(col(AppealEvent.appeal_id) == appeal_id, col(AppealEvent.what) == Event.CONTACT)
        .scalar_subquery()
    )
    statement = (
        select(col(AppealEvent.id))
        .where(col(AppealEvent.appeal_id) == appeal_id, col(AppealEvent.what).in_(_TOLD))
        .where(col(AppealEvent.id) > first)
        .limit(1)
    )
    return (await session.execute(statement)).scalar_one_or_none() is not None


async def happened_since(session: AsyncSession, what: str, since: datetime) -> Sequence[AppealEvent]:
    """Events of one sort since then, the oldest first; meant for those of which few are recorded."""
    statement = (
        select(AppealEvent)
        .where(col(AppealEvent.what) == what, col(AppealEvent.at) >= since)
        .order_by(col(AppealEvent.id))
    )
    return (await session.execute(statement)).scalars().all()


async def of_appeal(session: AsyncSession, appeal_id: int, what: str) -> Sequence[AppealEvent]:
    """Events of one sort that happened to an appeal, the oldest first."""
    statement = (
        select(AppealEvent)
        .where(col(AppealEvent.appeal_id) == appeal_id, col(AppealEvent.what) == what)
        .order_by(col(AppealEvent.id))
    )
    return (await session.execute(statement)).scalars().all()


def _runs() -> ColumnElement[bool]:
    """Whether the answer limit runs: not paused, deferred, answered, or stopped by a supervisor."""
    return and_(col(Appeal.status).in_(STANDING), col(Appeal.stopped_at).is_(None))
