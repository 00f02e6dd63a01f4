"""A unit or a dispatcher asks the supervisors for something; nothing changes until they agree."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, move, workable
from storage.domain.errors import InputRefused
from storage.domain.statuses import Event
from storage.repositories import approvals, events
from storage.tables import Appeal, Approval

WANTED: Final = "approval_wanted"
SETTLED: Final = "approval_settled"
"""Events that put the card before the supervisors, and take its buttons off; `approval_id` in the details."""


class Wish(StrEnum):
    """What is asked for."""

    EXTENSION = "extension"
    DEFERRAL = "deferral"
    CONCLUSION = "conclusion"
    LATE_ASK = "late_ask"
    UNREACHABLE = "unreachable"
    LONGER = "longer"
    ANSWER = "answer"


class State(StrEnum):
    """What became of it.

    `moot`: the appeal went on otherwise before anybody decided; `lapsed`: a supervisor agreed when it was too late.
    """

    WAITING = approvals.WAITING
    AGREED = "agreed"
    REFUSED = "refused"
    MOOT = approvals.MOOT
    LAPSED = "lapsed"


async def petition(
    session: AsyncSession,
    appeal: Appeal,
    wish: Wish,
    event: Event | None,
    *,
    asked_by: int | None,
    details: dict[str, Any],
    now: datetime,
    actor: Actor = Actor.STAFF,
) -> Approval:
    """Put a wish about a locked appeal before the supervisors; `event` is what is recorded of the asking.

    Raises TransitionRefused where `event` may not happen, InputRefused("approval_waits") where the same is asked
    already and not decided.
    """
    if event is not None:
        workable(appeal, event)
    if any(each.kind == wish for each in await approvals.waiting_of(session, appeal.id)):
        raise InputRefused("approval_waits")
    asked = await approvals.keep(
        session,
        Approval(appeal_id=appeal.id, kind=wish, state=State.WAITING, asked_by=asked_by, asked_at=now, details=details),
    )
    if event is not None:
        await move(session, appeal, event, actor=actor, person_id=asked_by, now=now, approval_id=asked.id)
    await events.record(
        session, WANTED, at=now, actor=actor, appeal_id=appeal.id, person_id=asked_by, approval_id=asked.id
    )
    return asked
