"""Who was first: what a later press is told of the decision it comes too late for."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from storage.domain.errors import AlreadyDecided, Refused, TransitionRefused
from storage.domain.requests import last_decision
from storage.domain.statuses import Event, Status
from storage.repositories import offices
from storage.tables import Appeal, AppealEvent

_TOLD = frozenset(Event) - {Event.ANSWER, Event.DELIVERED, Event.WITHDRAW}


async def decided(
    session: AsyncSession,
    appeal: Appeal,
    history: Sequence[AppealEvent],
    wanted: Event,
    *,
    by: AppealEvent | None = None,
) -> Refused:
    """Return the refusal of `wanted`: who decided before (`by`: that event), or that the status does not allow it."""
    before = by or last_decision(history)
    if before is None or before.what not in _TOLD:
        return TransitionRefused(Status(appeal.status), wanted)
    return AlreadyDecided(
        number=appeal.number,
        what=Event(before.what),
        name=await name_of(session, before.person_id),
        department=appeal.department,
    )


async def name_of(session: AsyncSession, person_id: int | None) -> str:
    """Return what somebody is called at work; empty where they work here no more, or it was nobody in person."""
    roles = await offices.roles(session, person_id) if person_id is not None else ()
    return roles[0].name if roles else ""
