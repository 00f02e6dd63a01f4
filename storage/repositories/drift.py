"""What the classifier thought of a week's appeals, and where they ended: counted by the database."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.domain.statuses import Status
from storage.tables import Appeal

_SETTLED = (Status.ANSWERED, Status.CLOSED)


@dataclass(frozen=True)
class Week:
    """Appeals accepted in a week.

    `filed`: those the classifier had an opinion of; `unsure`: those it left to people; `settled`: those that a unit
    answered; `corrected`: of these, those answered by another unit than the likeliest; `confidence`: the mean
    probability of the likeliest (0 to 1), None where there is none.
    """

    filed: int
    unsure: int
    settled: int
    corrected: int
    confidence: float | None


async def week(session: AsyncSession, begins: datetime, ends: datetime) -> Week:
    """Count the appeals accepted from `begins` until before `ends`."""
    best: Any = col(Appeal.guess)["likely"][0]
    unit, p = best["department"].as_string(), best["p"].as_float()
    auto = col(Appeal.guess)["auto"].as_boolean()
    settled = col(Appeal.status).in_(_SETTLED) & col(Appeal.answered_at).is_not(None)
    statement = select(
        func.count(),
        _count(~auto),
        _count(settled),
        _count(settled & (col(Appeal.department) != unit)),
        func.avg(p),
    ).where(col(Appeal.accepted_at) >= begins, col(Appeal.accepted_at) < ends, unit.is_not(None))
    filed, unsure, done, corrected, confidence = (await session.execute(statement)).one()
    return Week(filed, unsure, done, corrected, None if confidence is None else float(confidence))


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
