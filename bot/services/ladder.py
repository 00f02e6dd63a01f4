"""The ladder of a late answer (黄牌, 红牌, …): each step is noted once, and goes back when the due time moves on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, find
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.ladder import STANDING, Step, horizon, step_at
from storage.repositories import appeals, deadlines, events
from storage.tables import Appeal

CLIMBED: Final = "ladder_climbed"
"""`step` and `before` in the details; several steps at once after a pause of the program are one event."""


def step_of(appeal: Appeal, *, now: datetime, calendar: Calendar) -> Step:
    """Return the step the appeal stands on now, whatever it was told of."""
    if appeal.answer_due is None or appeal.status not in STANDING or appeal.stopped_at is not None:
        return Step.NONE
    return step_at(appeal.answer_due, now, calendar)


async def climbing(session: AsyncSession, *, now: datetime, city: City, calendar: Calendar) -> Sequence[int]:  # noqa: ARG001 - each watch is asked alike
    """Appeals that stand on another step than they were told of; a question only."""
    standing = await deadlines.to_climb(session, until=horizon(now, calendar), now=now)
    return [
        each.appeal_id for each in standing if each.due is not None and each.step != step_at(each.due, now, calendar)
    ]


async def climb(session: AsyncSession, appeal_id: int, *, now: datetime, city: City, calendar: Calendar) -> bool:  # noqa: ARG001 - as above
    """Note the step one appeal stands on; say whether it is a higher one, of which others hear.

    An answer on its way stands still: it counts from the press.
    """
    appeal = await find(session, appeal_id)
    step, before = step_of(appeal, now=now, calendar=calendar), appeal.ladder
    if step == before or appeal.status not in STANDING or await _is_being_answered(session, appeal):
        return False
    appeal.ladder, appeal.ladder_at = step, now
    appeal.version += 1
    if step < before:
        return False
    await events.record(
        session, CLIMBED, at=now, actor=Actor.SYSTEM, appeal_id=appeal.id, step=int(step), before=before
    )
    return True


async def _is_being_answered(session: AsyncSession, appeal: Appeal) -> bool:
    if appeal.answer_pressed_at is None:
        return False
    said = await appeals.words(session, appeal.id)
    return any(each.direction == "answer" and each.state == "queued" for each in said)
