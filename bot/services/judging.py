"""Whoever stands with an appeal says whether it is solved, too: two who call it unsolved may have it reopened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import gathering
from bot.services.moving import Actor
from bot.services.owning import own
from bot.services.rating import Outcome
from bot.services.reopening import may_reopen, reopen_for_followers
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import events
from storage.tables import Appeal

NEEDED: Final = 2
"""So many who stand with an appeal must call it unsolved for it to go on without its own citizen."""
FOLLOWER_SAID: Final = "follower_said"
DISPUTED: Final = "disputed"


@dataclass(frozen=True)
class Judged:
    """What one of several said: their appeal, its lead, and how many so far call it unsolved."""

    appeal: Appeal
    lead: Appeal
    unsolved: int

    @property
    def may_go_on(self) -> bool:
        """Whether they are enough to have it reopened."""
        return self.unsolved >= NEEDED


def may_judge(appeal: Appeal, lead: Appeal, *, now: datetime) -> bool:
    """Whether its citizen can say how it went: they stand with an appeal that is answered, or closed not long ago."""
    return appeal.status == Status.MERGED and may_reopen(lead, now=now)


async def say(session: AsyncSession, *, appeal_id: int, person_id: int, outcome: Outcome, now: datetime) -> Judged:
    """Keep whether one who stands with an appeal calls it solved; their last word counts.

    Raises NotFound or TransitionRefused. From the second who calls it unsolved it counts as such, whatever its own
    citizen says; that is asked of nobody twice.
    """
    await own(session, appeal_id=appeal_id, person_id=person_id)
    appeal, lead = await gathering.with_its_lead(session, appeal_id)
    if not may_judge(appeal, lead, now=now):
        raise TransitionRefused(Status(appeal.status), Event.RATE_SOLVED)
    if appeal.citizen_outcome != outcome:
        appeal.citizen_outcome = outcome
        appeal.version += 1
        await _note(session, FOLLOWER_SAID, appeal, person_id, now=now, outcome=outcome.value)
    unsolved = await _unsolved(session, lead)
    if unsolved >= NEEDED and not lead.disputed:
        lead.disputed = True
        lead.version += 1
        await _note(session, DISPUTED, lead, person_id, now=now, unsolved=unsolved)
    return Judged(appeal, lead, unsolved)


async def go_on(
    session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime, city: City, calendar: Calendar
) -> Judged:
    """Reopen the lead, for two who stand with it call it unsolved and this one wants it to go on.

    Raises NotFound, TransitionRefused, InputRefused("one_is_not_enough"), or as `reopen` does.
    """
    await own(session, appeal_id=appeal_id, person_id=person_id)
    appeal, lead = await gathering.with_its_lead(session, appeal_id)
    if appeal.status != Status.MERGED:
        raise TransitionRefused(Status(appeal.status), Event.REOPEN)
    unsolved = await _unsolved(session, lead)
    if unsolved < NEEDED or appeal.citizen_outcome != Outcome.UNSOLVED:
        raise InputRefused("one_is_not_enough")
    here: dict[str, Any] = {"now": now, "city": city, "calendar": calendar}
    await reopen_for_followers(session, lead, person_id=person_id, unsolved=unsolved, **here)
    return Judged(appeal, lead, unsolved)


async def _unsolved(session: AsyncSession, lead: Appeal) -> int:
    await session.flush()
    return sum(each.citizen_outcome == Outcome.UNSOLVED for each in await gathering.followers(session, lead))


async def _note(
    session: AsyncSession, what: str, appeal: Appeal, person_id: int, *, now: datetime, **details: object
) -> None:
    await events.record(session, what, at=now, actor=Actor.CITIZEN, appeal_id=appeal.id, person_id=person_id, **details)
