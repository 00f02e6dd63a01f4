"""The one way an appeal changes its status: the rule is asked, the row changed, the event recorded."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage.domain import lifecycle
from storage.domain.errors import NotFound, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import appeals, events
from storage.tables import Appeal, AppealEvent


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
    return await events.record(session, event, at=now, actor=actor, appeal_id=appeal.id, person_id=person_id, **details)
