"""A supervisor agrees to what was asked for, or does not; a conclusion (终结) takes two of them."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Final, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import answering, asking, changing_limits, concluding, deferring, extending, reaching
from bot.services.moving import Actor, find, move
from bot.services.petitioning import SETTLED, State, Wish
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused, NotFound, Refused
from storage.domain.statuses import Event, Status
from storage.repositories import approvals, events
from storage.tables import Appeal, Approval


class Effect(Protocol):
    """What follows when supervisors agree; the appeal is locked. Where it raises Refused, it has changed nothing."""

    def __call__(
        self,
        session: AsyncSession,
        appeal: Appeal,
        approval: Approval,
        *,
        now: datetime,
        city: City,
        calendar: Calendar,
    ) -> Awaitable[None]:
        """Change the appeal."""


EFFECTS: Final[Mapping[str, Effect]] = {
    Wish.EXTENSION: extending.granted,
    Wish.DEFERRAL: deferring.granted,
    Wish.CONCLUSION: concluding.granted,
    Wish.ANSWER: answering.granted,
    Wish.LATE_ASK: asking.granted,
    Wish.UNREACHABLE: reaching.granted,
    Wish.LONGER: changing_limits.granted,
}
#: What follows where supervisors do not agree, beside that the asker is told.
REFUSALS: Final[Mapping[str, Callable[[AsyncSession, Appeal, Approval], Awaitable[None]]]] = {
    Wish.ANSWER: answering.sent_back,
}
TWO: Final = frozenset({Wish.CONCLUSION})
"""What two supervisors must agree to."""


async def undecided(session: AsyncSession, approval_id: int) -> Approval:
    """Return what nobody has decided yet, locked. Raises NotFound, or InputRefused("approval_settled")."""
    _, approval = await _waiting(session, approval_id)
    return approval


async def agree(
    session: AsyncSession, approval_id: int, *, person_id: int, now: datetime, city: City, calendar: Calendar
) -> Approval:
    """Agree; where two must, the first yes is noted and the second lets it happen. Too late a yes settles it as lapsed.

    Raises NotFound, InputRefused("approval_settled") where it is decided or moot, InputRefused("second_supervisor")
    where the same one agrees twice.
    """
    appeal, approval = await _waiting(session, approval_id)
    if approval.kind in TWO and approval.first_by is None:
        approval.first_by = person_id
        await move(
            session,
            appeal,
            Event.CONCLUSION_SECONDED,
            actor=Actor.SUPERVISOR,
            person_id=person_id,
            now=now,
            approval_id=approval.id,
        )
        return approval
    if approval.first_by == person_id:
        raise InputRefused("second_supervisor")
    _settle(approval, State.AGREED, person_id, now)
    try:
        await EFFECTS[approval.kind](session, appeal, approval, now=now, city=city, calendar=calendar)
    except Refused:
        if appeal.status == Status.AWAITING_CITIZEN:  # it comes back, and what is asked for may happen then
            raise
        approval.state = State.LAPSED
    await _tell(session, approval, person_id, now)
    return approval


async def refuse(
    session: AsyncSession, approval_id: int, *, person_id: int, now: datetime, reason: str = ""
) -> Approval:
    """Do not agree: everything stays as it is. Raises as `agree` does."""
    appeal, approval = await _waiting(session, approval_id)
    _settle(approval, State.REFUSED, person_id, now)
    approval.reason = reason
    follows = REFUSALS.get(approval.kind)
    if follows is not None:
        await follows(session, appeal, approval)
    await move(
        session,
        appeal,
        Event.APPROVAL_REFUSED,
        actor=Actor.SUPERVISOR,
        person_id=person_id,
        now=now,
        approval_id=approval.id,
        wish=approval.kind,
    )
    await _tell(session, approval, person_id, now)
    return approval


async def _waiting(session: AsyncSession, approval_id: int) -> tuple[Appeal, Approval]:
    """Return both locked, the appeal first."""
    named = await session.get(Approval, approval_id)
    if named is None:
        raise NotFound(f"no approval {approval_id}")
    appeal = await find(session, named.appeal_id)
    approval = await approvals.locked(session, approval_id)
    if approval is None or approval.state != State.WAITING:
        raise InputRefused("approval_settled")
    return appeal, approval


def _settle(approval: Approval, state: State, person_id: int, now: datetime) -> None:
    approval.state, approval.decided_by, approval.decided_at = state, person_id, now


async def _tell(session: AsyncSession, approval: Approval, person_id: int, now: datetime) -> None:
    await events.record(
        session,
        SETTLED,
        at=now,
        actor=Actor.SUPERVISOR,
        appeal_id=approval.appeal_id,
        person_id=person_id,
        approval_id=approval.id,
    )
