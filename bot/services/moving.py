"""The one way an appeal changes its status: the rule is asked, the row changed, the event recorded."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from storage.domain import lifecycle
from storage.domain.errors import NotFound, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import appeals, approvals, assists, events
from storage.tables import Appeal, AppealEvent

#: Another unit is asked for help no more: `assist` says which was asked what, `by` what ended it.
ASSIST_OFF: Final = "assist_off"
#: Where what supervisors were asked for may still be decided.
_DECIDABLE: Final = frozenset({Status.PENDING_TRIAGE, Status.DISPATCHED, Status.IN_PROGRESS, Status.AWAITING_CITIZEN})


class Actor(StrEnum):
    """In what office somebody acted."""

    CITIZEN = "citizen"
    STAFF = "staff"
    DISPATCHER = "dispatcher"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


async def find(session: AsyncSession, appeal_id: int) -> Appeal:
    """Return the appeal, locked until the commit; raise NotFound."""
    appeal = await appeals.locked(session, appeal_id)
    if appeal is None:
        raise NotFound(f"no appeal {appeal_id}")
    return appeal


def workable(appeal: Appeal, event: Event) -> None:
    """Raise TransitionRefused where `event` may not happen to the appeal as it stands."""
    status = Status(appeal.status)
    if not lifecycle.may(status, event):
        raise TransitionRefused(status, event)


async def move(
    session: AsyncSession,
    appeal: Appeal,
    event: Event,
    *,
    actor: Actor,
    person_id: int | None,
    now: datetime,
    **details: Any,
) -> AppealEvent:
    """Let `event` happen to a locked appeal; raise TransitionRefused, with nothing changed, where it may not."""
    before = Status(appeal.status)
    appeal.status = lifecycle.move(before, event)
    appeal.stage += before != appeal.status
    appeal.version += 1
    if before != appeal.status and (event in lifecycle.MOVES or appeal.status not in _DECIDABLE):
        await _settle_what_waits(session, appeal, now=now)
    if before in lifecycle.WITH_A_UNIT and (event in lifecycle.MOVES or appeal.status not in lifecycle.WITH_A_UNIT):
        await _call_off_help(session, appeal, event, now=now)
    return await events.record(session, event, at=now, actor=actor, appeal_id=appeal.id, person_id=person_id, **details)


async def _settle_what_waits(session: AsyncSession, appeal: Appeal, *, now: datetime) -> None:
    """Ask the supervisors nothing any more about an appeal that went on without them."""
    for approval_id in await approvals.make_moot(session, appeal.id, now=now):
        await events.record(
            session, "approval_settled", at=now, actor=Actor.SYSTEM, appeal_id=appeal.id, approval_id=approval_id
        )


async def _call_off_help(session: AsyncSession, appeal: Appeal, event: Event, *, now: datetime) -> None:
    """Ask other units for no help any more (会办): the appeal ended, or another unit leads it."""
    for assist_id in await assists.call_off(session, appeal.id, now=now):
        await events.record(
            session, ASSIST_OFF, at=now, actor=Actor.SYSTEM, appeal_id=appeal.id, assist=assist_id, by=event
        )
