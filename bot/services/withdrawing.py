"""The citizen takes an open appeal back, and says why; where others tell the same, one of them goes on with it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import gathering, succeeding
from bot.services.moving import Actor, move, workable
from bot.services.owning import own
from storage.domain.calendar import Calendar
from storage.domain.statuses import Event
from storage.repositories import gathered
from storage.tables import Appeal


class Reason(StrEnum):
    """Why an appeal is taken back."""

    SOLVED = "solved"
    UNWANTED = "unwanted"
    UNSAID = "unsaid"
    """Who was made to take it back told the supervisors, and nobody else reads so."""


async def withdraw(
    session: AsyncSession, *, appeal_id: int, person_id: int, reason: Reason, now: datetime, calendar: Calendar
) -> Appeal:
    """Take back the person's own appeal, open or merged; raise NotFound or TransitionRefused.

    Where others stand with it the oldest of them owns it from now on; else what they told twice goes with it.
    """
    await own(session, appeal_id=appeal_id, person_id=person_id)
    appeal, lead = await gathering.with_its_lead(session, appeal_id)
    workable(appeal, Event.WITHDRAW)
    by: dict[str, Any] = {"actor": Actor.CITIZEN, "person_id": person_id, "now": now}
    heir = await succeeding.heir_of(session, appeal) if appeal is lead else None
    if heir is not None:
        await succeeding.hand_on(session, appeal, heir, reason=reason, now=now, calendar=calendar)
        return appeal
    for each in (appeal, *await gathered.with_lead(session, appeal.id)):
        await move(session, each, Event.WITHDRAW, **by, reason=reason)
    if appeal is not lead:
        await gathering.let_go(session, lead, appeal, how=gathering.LEFT, **by)
    return appeal
