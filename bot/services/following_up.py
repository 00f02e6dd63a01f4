"""Asking how it went once more, and closing what nobody rated: silence is not satisfaction (回访)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, find, move
from bot.services.owning import own
from bot.services.rating import Outcome
from storage.domain.calendar import Calendar
from storage.domain.care import is_night
from storage.domain.statuses import Event, Status
from storage.repositories import events, follow_ups
from storage.tables import Appeal

ASKED: Final = "follow_up"
HUSHED: Final = "follow_up_refused"
UNDECIDED: Final = "undecided"
"""The reason under which an appeal is closed whose citizen called it unsolved, and not whether it goes on."""
_AGAIN_AFTER: Final = timedelta(days=3)
_CLOSED_AFTER: Final = timedelta(days=14)
_AT_ONCE: Final = 200


def begin(appeal: Appeal, *, now: datetime) -> None:
    """Note of an appeal that is answered now when its citizen is to be asked once more."""
    appeal.follow_up_at, appeal.follow_ups, appeal.contact_confirmed = now + _AGAIN_AFTER, 0, None


async def due(session: AsyncSession, *, now: datetime, calendar: Calendar) -> tuple[Sequence[int], Sequence[int]]:
    """Return the appeals to be asked about again, and those to be closed unrated; none at night, which waits."""
    if is_night(now, calendar):
        return (), ()
    late = await follow_ups.unrated(session, answered_by=now - _CLOSED_AFTER, limit=_AT_ONCE)
    asked = await follow_ups.to_ask(session, now=now, limit=_AT_ONCE)
    return [each for each in asked if each not in set(late)], late


async def ask_again(session: AsyncSession, appeal_id: int, *, now: datetime) -> bool:
    """Let one citizen be asked once more; False where they spoke meanwhile, or want never to be asked again."""
    appeal = await find(session, appeal_id)
    if appeal.status != Status.ANSWERED or appeal.follow_up_at is None or appeal.follow_up_at > now:
        return False
    appeal.follow_up_at = None
    if await follow_ups.ever(session, appeal.citizen_id, HUSHED):
        return False
    appeal.follow_ups += 1
    await events.record(session, ASKED, at=now, actor=Actor.SYSTEM, appeal_id=appeal.id)
    return True


async def ask_no_more(session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime) -> Appeal:
    """Keep that a citizen wants to be asked once only, after the answer; raise NotFound."""
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    appeal.follow_up_at = None
    if not await follow_ups.ever(session, person_id, HUSHED):
        await events.record(session, HUSHED, at=now, actor=Actor.CITIZEN, appeal_id=appeal.id, person_id=person_id)
    return appeal


async def close_unrated(session: AsyncSession, appeal_id: int, *, now: datetime) -> bool:
    """Close an appeal two weeks after its answer; False where it is rated after all.

    Without a word from its citizen it stays unrated; where they said that it is not solved, it is closed as unsolved.
    """
    appeal = await find(session, appeal_id)
    answered = appeal.status == Status.ANSWERED and appeal.answered_at is not None
    if not answered or appeal.answered_at is None or appeal.answered_at > now - _CLOSED_AFTER:
        return False
    by: dict[str, Any] = {"actor": Actor.SYSTEM, "person_id": None, "now": now}
    if appeal.citizen_outcome == Outcome.UNSOLVED:
        await move(session, appeal, Event.RATE_UNSOLVED, **by, outcome=Outcome.UNSOLVED, reason=UNDECIDED)
    else:
        await move(session, appeal, Event.UNRATED, **by)
    appeal.closed_at, appeal.follow_up_at = now, None
    return True
