"""The citizen takes an open appeal back, and says why."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, move
from bot.services.owning import own
from storage.domain.statuses import Event
from storage.tables import Appeal


class Reason(StrEnum):
    """Why an appeal is taken back."""

    SOLVED = "solved"
    UNWANTED = "unwanted"
    UNSAID = "unsaid"
    """Who was made to take it back told the supervisors, and nobody else reads so."""


async def withdraw(session: AsyncSession, *, appeal_id: int, person_id: int, reason: Reason, now: datetime) -> Appeal:
    """Take back the person's own open appeal; raise NotFound or TransitionRefused."""
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    await move(session, appeal, Event.WITHDRAW, actor=Actor.CITIZEN, person_id=person_id, now=now, reason=reason)
    return appeal
