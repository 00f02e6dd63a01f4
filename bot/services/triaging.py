"""What dispatchers decide beyond the first assignment: a unit says an appeal is not theirs, and they agree or not."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.deciding import decided
from bot.services.dispatching import assign
from bot.services.moving import Actor, find, move
from bot.services.transferring import transfer
from storage.domain import requests
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused
from storage.domain.statuses import Event, Status
from storage.repositories import events
from storage.tables import Appeal, AppealEvent


async def history_before(
    session: AsyncSession, appeal_id: int, *, before: AppealEvent | None = None
) -> Sequence[AppealEvent]:
    """Return what happened to an appeal, all of it, or as it was `before` an event."""
    history = await events.of_appeal(session, appeal_id)
    return [each for each in history if before is None or each.id < before.id]


async def return_asked(
    session: AsyncSession, appeal_id: int, *, before: AppealEvent | None = None
) -> AppealEvent | None:
    """Return the unit's request to give an appeal back, while it is undecided; or as it was `before` an event."""
    return requests.open_request(await history_before(session, appeal_id, before=before))


async def waits_for_dispatchers(session: AsyncSession, appeal: Appeal) -> bool:
    """Whether dispatchers have something to decide: a unit is looked for, or wants to give it back to them."""
    history = await events.of_appeal(session, appeal.id)
    asked = requests.open_request(history) is not None and not requests.is_for_supervisors(history)
    return asked or appeal.status == Status.PENDING_TRIAGE


async def decidable(session: AsyncSession, appeal: Appeal, wanted: Event) -> AppealEvent:
    """Return the request that the dispatchers have to decide.

    Raises AlreadyDecided or TransitionRefused where there is none, InputRefused("lead_wanted") where the supervisors
    have it.
    """
    history = await events.of_appeal(session, appeal.id)
    asked = requests.open_request(history)
    if asked is None:
        raise await decided(session, appeal, history, wanted)
    if requests.is_for_supervisors(history):
        raise InputRefused("lead_wanted")
    return asked


async def send_to(
    session: AsyncSession,
    *,
    appeal_id: int,
    department: str,
    person_id: int,
    now: datetime,
    city: City,
    calendar: Calendar,
) -> Appeal:
    """Give an appeal to a unit: the first time out of triage, later by agreeing to the return its unit asked for."""
    appeal = await find(session, appeal_id)
    if appeal.status == Status.PENDING_TRIAGE:
        return await assign(
            session,
            appeal_id=appeal_id,
            department=department,
            person_id=person_id,
            now=now,
            city=city,
            calendar=calendar,
        )
    await decidable(session, appeal, Event.ASSIGN)
    await transfer(
        session,
        appeal,
        Event.RETURN_AGREED,
        department,
        actor=Actor.DISPATCHER,
        person_id=person_id,
        now=now,
        city=city,
        calendar=calendar,
    )
    appeal.returns += 1
    return appeal


async def refuse_return(session: AsyncSession, *, appeal_id: int, reason: str, person_id: int, now: datetime) -> Appeal:
    """Leave an appeal where it is; `reason` is a key of the texts that the unit reads."""
    appeal = await find(session, appeal_id)
    await decidable(session, appeal, Event.RETURN_REFUSED)
    await refuse(session, appeal, reason=reason, actor=Actor.DISPATCHER, person_id=person_id, now=now)
    return appeal


async def refuse(
    session: AsyncSession, appeal: Appeal, *, reason: str, actor: Actor, person_id: int | None, now: datetime
) -> None:
    """Record that the open request of a locked appeal is refused; silence refuses by nobody's hand."""
    await move(
        session,
        appeal,
        Event.RETURN_REFUSED,
        actor=actor,
        person_id=person_id,
        now=now,
        reason=reason,
        department=appeal.department,
    )


async def want_lead(session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime) -> Appeal:
    """Pass a request on to the supervisors, who name the lead (请监督员定)."""
    appeal = await find(session, appeal_id)
    await decidable(session, appeal, Event.LEAD_WANTED)
    await move(session, appeal, Event.LEAD_WANTED, actor=Actor.DISPATCHER, person_id=person_id, now=now)
    return appeal
