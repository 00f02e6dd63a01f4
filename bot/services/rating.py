"""The citizen says whether anybody spoke with them, whether it was solved and how it was handled; nobody else can."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import concerns
from bot.services.concerns import ConcernKind
from bot.services.moving import Actor, move
from bot.services.owning import own
from bot.services.reopening import may_reopen
from storage.domain.errors import TransitionRefused
from storage.domain.statuses import Event, Status
from storage.domain.words import Kind
from storage.repositories import concerns as kept_concerns
from storage.repositories import events
from storage.tables import Appeal

RATED_LATE = "rated_late"
SAID_UNSOLVED = "said_unsolved"
CONTACT_SAID = "contact_said"
PUBLICATION_SAID = "publication_said"


class Outcome(StrEnum):
    """What the citizen says became of the matter."""

    SOLVED = "solved"
    UNSOLVED = "unsolved"


class Satisfaction(StrEnum):
    """How the citizen found the handling."""

    SATISFIED = "satisfied"
    FAIR = "fair"
    DISSATISFIED = "dissatisfied"


def may_rate(appeal: Appeal, *, now: datetime) -> bool:
    """Whether the citizen can still say how it went: after the answer, and after a closing without a word of theirs."""
    return appeal.status == Status.ANSWERED or _unrated(appeal, now=now)


async def contact_said(
    session: AsyncSession, *, appeal_id: int, person_id: int, contacted: bool, now: datetime
) -> Appeal:
    """Keep whether anybody spoke with the citizen; the first word stays, and a no is put before the supervisors.

    Raises NotFound or TransitionRefused.
    """
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    if not may_rate(appeal, now=now):
        raise TransitionRefused(Status(appeal.status), Event.RATE_SOLVED)
    if appeal.contact_confirmed is None:
        appeal.contact_confirmed = contacted
        appeal.version += 1
        await _note(session, CONTACT_SAID, appeal, person_id=person_id, now=now, contacted=contacted)
        if not contacted:
            await concerns.tell(session, appeal, ConcernKind.UNCONTACTED, now=now)
    return appeal


async def solved(session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime) -> Appeal:
    """Close an answered appeal as solved; saying it again changes nothing. Raise NotFound or TransitionRefused."""
    return await _close(session, Event.RATE_SOLVED, Outcome.SOLVED, appeal_id=appeal_id, person_id=person_id, now=now)


async def left_unsolved(session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime) -> Appeal:
    """Close an answered appeal as unsolved, for the citizen lets it be. Raise NotFound or TransitionRefused."""
    return await _close(
        session, Event.RATE_UNSOLVED, Outcome.UNSOLVED, appeal_id=appeal_id, person_id=person_id, now=now
    )


async def said_unsolved(session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime) -> Appeal:
    """Keep that the citizen says it is not solved, before they decide whether it goes on; raise NotFound.

    That counts from now on, also where they had called it solved, or said nothing, and it is closed.
    """
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    if may_reopen(appeal, now=now) and appeal.citizen_outcome != Outcome.UNSOLVED:
        appeal.citizen_outcome, appeal.satisfaction = Outcome.UNSOLVED, None
        appeal.version += 1
        await _note(session, SAID_UNSOLVED, appeal, person_id=person_id, now=now)
    return appeal


async def satisfied(
    session: AsyncSession, *, appeal_id: int, person_id: int, satisfaction: Satisfaction, now: datetime
) -> Appeal:
    """Keep how the citizen found the handling of a closed appeal; the first word stays. Raise TransitionRefused.

    Whoever calls it solved and is not satisfied is put before the supervisors.
    """
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    if appeal.status != Status.CLOSED or appeal.citizen_outcome is None:
        raise TransitionRefused(Status(appeal.status), Event.RATE_SOLVED)
    if appeal.satisfaction is None:
        appeal.satisfaction = satisfaction
        appeal.version += 1
        await _note(session, "satisfaction", appeal, person_id=person_id, now=now, level=satisfaction)
        if is_unhappy(appeal):
            await concerns.tell(session, appeal, ConcernKind.UNHAPPY, now=now)
    return appeal


def counted_outcome(appeal: Appeal) -> str | None:
    """Return what became of it as figures have it: unsolved where two who stand with it call it so."""
    return Outcome.UNSOLVED if appeal.disputed else appeal.citizen_outcome


def is_unhappy(appeal: Appeal) -> bool:
    """Whether its citizen calls it solved and is not satisfied."""
    return appeal.citizen_outcome == Outcome.SOLVED and appeal.satisfaction == Satisfaction.DISSATISFIED


async def unhappy_about(session: AsyncSession, *, appeal_id: int, person_id: int, reason: str, now: datetime) -> Appeal:
    """Tell the supervisors what the citizen is not satisfied with, if they wait for it; raise NotFound."""
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    waiting = await kept_concerns.open_of(session, appeal.id, ConcernKind.UNHAPPY)
    if waiting is not None and reason not in waiting.text.split("\n"):
        await concerns.tell_more(session, appeal, waiting, text=reason, now=now)
    return appeal


async def publication_said(
    session: AsyncSession, *, appeal_id: int, person_id: int, agreed: bool, now: datetime
) -> Appeal:
    """Keep whether the citizen lets a rated appeal be shown to others, without them; the last word counts.

    Raises NotFound, or TransitionRefused where it is not rated, or never shown: what is confidential, and reports.
    """
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    never = appeal.confidential or appeal.kind == Kind.REPORT
    if appeal.status != Status.CLOSED or appeal.citizen_outcome is None or never:
        raise TransitionRefused(Status(appeal.status), Event.RATE_SOLVED)
    if appeal.may_publish != agreed:
        appeal.may_publish = agreed
        appeal.version += 1
        await _note(session, PUBLICATION_SAID, appeal, person_id=person_id, now=now, agreed=agreed)
    return appeal


def _unrated(appeal: Appeal, *, now: datetime) -> bool:
    silent = appeal.citizen_outcome is None and appeal.kind != Kind.PRAISE
    return appeal.status == Status.CLOSED and silent and may_reopen(appeal, now=now)


async def _close(
    session: AsyncSession, event: Event, outcome: Outcome, *, appeal_id: int, person_id: int, now: datetime
) -> Appeal:
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    if appeal.status == Status.CLOSED and appeal.citizen_outcome == outcome:
        return appeal
    if _unrated(appeal, now=now):
        appeal.citizen_outcome = outcome
        appeal.version += 1
        await _note(session, RATED_LATE, appeal, person_id=person_id, now=now, outcome=outcome)
        return appeal
    await move(session, appeal, event, actor=Actor.CITIZEN, person_id=person_id, now=now, outcome=outcome)
    appeal.citizen_outcome, appeal.closed_at, appeal.follow_up_at = outcome, now, None
    return appeal


async def _note(
    session: AsyncSession, what: str, appeal: Appeal, *, person_id: int, now: datetime, **details: object
) -> None:
    await events.record(session, what, at=now, actor=Actor.CITIZEN, appeal_id=appeal.id, person_id=person_id, **details)
