"""Appeals that a unit answered and that are closed: what a classifier may learn from."""

from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage.domain.statuses import Event, Status
from storage.repositories import events, people
from storage.tables import Appeal

_numbers = count(1)


async def person(session: AsyncSession, user_id: int, now: datetime) -> int:
    """Return the row id of somebody's account."""
    met = await people.meet(session, platform="telegram", bot=1, user_id=user_id, username=None, now=now)
    return met.id


async def confirmed(
    session: AsyncSession,
    now: datetime,
    text: str,
    *,
    citizen: int = 1001,
    dispatcher: int | None = None,
    staff: int | None = None,
    **columns: Any,
) -> Appeal:
    """Keep an appeal, closed unless `columns` say otherwise; whose word its unit is are accounts."""
    at = next(_numbers)
    given: dict[str, Any] = {
        "number": f"LX-20261123-{at:04}",
        "citizen_id": await person(session, citizen, now),
        "alias": f"{at:04}",
        "status": Status.CLOSED,
        "kind": "help",
        "urgency": "normal",
        "channel": "sandbox",
        "title": text[:10],
        "text": text,
        "department": "urban_management",
        "accepted_at": now,
        "answered_at": now,
        "closed_at": now,
    }
    appeal = Appeal(**{**given, **columns})
    session.add(appeal)
    await session.flush()
    for what, account in ((Event.ASSIGN, dispatcher), (Event.ANSWER, staff)):
        if account is not None:
            by = await person(session, account, now)
            await events.record(session, what, at=now, actor="staff", appeal_id=appeal.id, person_id=by)
    return appeal
