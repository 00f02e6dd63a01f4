"""What a unit has done, counted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.domain.ladder import STANDING
from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Event, Status
from storage.domain.words import Kind
from storage.tables import Appeal, AppealEvent


@dataclass(frozen=True)
class Figures:
    """A unit since some moment: what it got, answered and saw again; and how it stands now."""

    accepted: int
    on_time: int
    late: int
    reopened: int
    still_open: int
    overdue: int


async def of_department(session: AsyncSession, department: str, *, since: datetime, now: datetime) -> Figures:
    """Count; an answer is on time if it was pressed by its due time, or has none. Praise is in no figure."""
    answered = col(Appeal.answered_at) >= since
    in_time = or_(col(Appeal.answer_due).is_(None), col(Appeal.answer_pressed_at) <= col(Appeal.answer_due))
    still_open = col(Appeal.status).in_(OPEN - {Status.PENDING_TRIAGE})
    running = col(Appeal.status).in_(STANDING) & col(Appeal.stopped_at).is_(None)
    return Figures(
        accepted=await _count(session, department, col(Appeal.first_dispatched_at) >= since),
        on_time=await _count(session, department, answered & in_time),
        late=await _count(session, department, answered & ~in_time),
        reopened=await _reopened(session, department, since),
        still_open=await _count(session, department, still_open),
        overdue=await _count(session, department, running & (col(Appeal.answer_due) < now)),
    )


async def _count(session: AsyncSession, department: str, condition: ColumnElement[bool]) -> int:
    theirs = [col(Appeal.department) == department, col(Appeal.kind) != Kind.PRAISE]
    statement = select(func.count()).select_from(Appeal).where(*theirs, condition)
    return (await session.execute(statement)).scalar_one()


async def _reopened(session: AsyncSession, department: str, since: datetime) -> int:
    statement = (
        select(func.count())
        .select_from(AppealEvent)
        .join(Appeal, col(Appeal.id) == col(AppealEvent.appeal_id))
        .where(col(Appeal.department) == department)
        .where(col(AppealEvent.what) == Event.REOPEN, col(AppealEvent.at) >= since)
    )
    return (await session.execute(statement)).scalar_one()
