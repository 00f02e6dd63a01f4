"""What the supervisors read each morning (督办早报): what is late or due soon, the furthest up first, and counts."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import concerns, objecting
from bot.services.ladder import step_of
from bot.services.moving import Actor
from storage.domain.calendar import Calendar
from storage.domain.ladder import Step, horizon
from storage.repositories import appeals, approvals, deadlines, events
from storage.repositories import concerns as kept
from storage.repositories.deadlines import Counts
from storage.tables import Appeal

_AT_ONCE: Final = 10


@dataclass(frozen=True)
class Digest:
    """The late ones and those due soon, how many open ones are not as they should be, and what waits for a decision.

    `complaints` and `objections`: appeals whose citizens the supervisors themselves owe an answer since their day.
    """

    red: tuple[Appeal, ...]
    yellow: tuple[Appeal, ...]
    counts: Counts
    waiting: int
    complaints: tuple[Appeal, ...] = ()
    objections: tuple[Appeal, ...] = ()


async def digest(session: AsyncSession, *, now: datetime, calendar: Calendar) -> Digest:
    """Gather it as things stand now."""
    near = await deadlines.due_by(session, horizon(now, calendar))
    steps = {each.id: step_of(each, now=now, calendar=calendar) for each in near}
    return Digest(
        red=tuple(each for each in near if steps[each.id] >= Step.RED),
        yellow=tuple(each for each in near if steps[each.id] is Step.YELLOW),
        counts=await deadlines.counts(session, now),
        waiting=await approvals.count_waiting(session),
        complaints=tuple([await session.get_one(Appeal, each.appeal_id) for each in await kept.overdue(session, now)]),
        objections=tuple(await _objections(session, now)),
    )


async def want_owed_cards(session: AsyncSession, *, now: datetime) -> bool:
    """Let the cards of what the supervisors owe an answer to be put before them anew; False where they owe none."""
    complaints, objections = await kept.overdue(session, now), await _objections(session, now)
    by: dict[str, Any] = {"at": now, "actor": Actor.SYSTEM}
    for concern in complaints[:_AT_ONCE]:
        await events.record(session, concerns.WANTED, **by, appeal_id=concern.appeal_id, concern=concern.id)
    for appeal in objections[:_AT_ONCE]:
        await events.record(session, objecting.CARD_WANTED, **by, appeal_id=appeal.id)
    return bool(complaints or objections)


async def _objections(session: AsyncSession, now: datetime) -> list[Appeal]:
    return [each for each in await appeals.objected_to(session) if each.objection_due and each.objection_due <= now]
