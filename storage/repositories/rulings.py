"""What supervisors ruled about who leads (定主办): each ruling is a line beside the list of matters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from storage.domain.statuses import Event
from storage.tables import Appeal, AppealEvent

_RULED = (Event.LEAD_NAMED, Event.LEAD_KEPT)


@dataclass(frozen=True)
class Ruling:
    """For a matter (its code), on one appeal (its number), a supervisor named the unit (its code) that leads."""

    matter: str
    number: str
    department: str
    at: datetime


async def rulings(session: AsyncSession) -> Sequence[Ruling]:
    """All rulings about matters of the list, the newest first."""
    return await _found(session)


async def newest(session: AsyncSession, matter: str | None) -> Ruling | None:
    """Return the last ruling about a matter; None where there is none."""
    found = await _found(session, matter=matter, limit=1) if matter else ()
    return found[0] if found else None


async def _found(session: AsyncSession, *, matter: str | None = None, limit: int | None = None) -> list[Ruling]:
    ruled = col(AppealEvent.details)["matter"].as_string()
    statement = (
        select(AppealEvent, col(Appeal.number))
        .join(Appeal, col(Appeal.id) == col(AppealEvent.appeal_id))
        .where(col(AppealEvent.what).in_(_RULED), ruled.is_not(None) if matter is None else ruled == matter)
        .order_by(col(AppealEvent.id).desc())
        .limit(limit)
    )
    return [_ruling(event, number) for event, number in (await session.execute(statement)).all()]


def _ruling(event: AppealEvent, number: str) -> Ruling:
    told = event.details
    return Ruling(str(told["matter"]), number, str(told.get("new") or told.get("department")), event.at)
