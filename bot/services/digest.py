"""What the supervisors read each morning (督办早报): what is late or due soon, the furthest up first, and counts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.ladder import step_of
from storage.domain.calendar import Calendar
from storage.domain.ladder import Step, horizon
from storage.repositories import approvals, deadlines
from storage.repositories.deadlines import Counts
from storage.tables import Appeal


@dataclass(frozen=True)
class Digest:
    """The late ones and those due soon, how many open ones are not as they should be, and what waits for a decision."""

    red: tuple[Appeal, ...]
    yellow: tuple[Appeal, ...]
    counts: Counts
    waiting: int


async def digest(session: AsyncSession, *, now: datetime, calendar: Calendar) -> Digest:
    """Gather it as things stand now."""
    near = await deadlines.due_by(session, horizon(now, calendar))
    steps = {each.id: step_of(each, now=now, calendar=calendar) for each in near}
    return Digest(
        red=tuple(each for each in near if steps[each.id] >= Step.RED),
        yellow=tuple(each for each in near if steps[each.id] is Step.YELLOW),
        counts=await deadlines.counts(session, now),
        waiting=await approvals.count_waiting(session),
    )
