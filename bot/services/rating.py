"""The citizen says whether it was solved and how it was handled; nobody else can."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, move
from bot.services.owning import own
from storage.domain.errors import TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import events
from storage.tables import Appeal


class Outcome(StrEnum):
    """What the citizen says became of the matter."""

    SOLVED = "solved"
    UNSOLVED = "unsolved"


class Satisfaction(StrEnum):
    """How the citizen found the handling."""

    SATISFIED = "satisfied"
    FAIR = "fair"
    DISSATISFIED = "dissatisfied"


async def solved(session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime) -> Appeal:
    """Close an answered appeal as solved; saying it again changes nothing. Raise NotFound or TransitionRefused."""
    return await _close(session, Event.RATE_SOLVED, Outcome.SOLVED, appeal_id=appeal_id, person_id=person_id, now=now)


async def left_unsolved(session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime) -> Appeal:
    """Close an answered appeal as unsolved, for the citizen lets it be. Raise NotFound or TransitionRefused."""
    return await _close(
        session, Event.RATE_UNSOLVED, Outcome.UNSOLVED, appeal_id=appeal_id, person_id=person_id, now=now
    )


async def said_unsolved(session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime) -> Appeal:
    """Keep that the citizen says it is not solved, before they decide whether it goes on; raise NotFound."""
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    if appeal.status == Status.ANSWERED and appeal.citizen_outcome != Outcome.UNSOLVED:
        appeal.citizen_outcome = Outcome.UNSOLVED
        appeal.version += 1
        await _note(session, "said_unsolved", appeal, person_id=person_id, now=now)
    return appeal


async def satisfied(
    session: AsyncSession, *, appeal_id: int, person_id: int, satisfaction: Satisfaction, now: datetime
) -> Appeal:
    """Keep how the citizen found the handling of a closed appeal; the first word stays. Raise TransitionRefused."""
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    if appeal.status != Status.CLOSED or appeal.citizen_outcome is None:
        raise TransitionRefused(Status(appeal.status), Event.RATE_SOLVED)
    if appeal.satisfaction is None:
        appeal.satisfaction = satisfaction
        appeal.version += 1
        await _note(session, "satisfaction", appeal, person_id=person_id, now=now, level=satisfaction)
    return appeal


async def _close(
    session: AsyncSession, event: Event, outcome: Outcome, *, appeal_id: int, person_id: int, now: datetime
) -> Appeal:
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    if appeal.status == Status.CLOSED and appeal.citizen_outcome == outcome:
        return appeal
    await move(session, appeal, event, actor=Actor.CITIZEN, person_id=person_id, now=now, outcome=outcome)
    appeal.citizen_outcome, appeal.closed_at = outcome, now
    return appeal


async def _note(
    session: AsyncSession, what: str, appeal: Appeal, *, person_id: int, now: datetime, **details: str
) -> None:
    await events.record(session, what, at=now, actor=Actor.CITIZEN, appeal_id=appeal.id, person_id=person_id, **details)
