"""What dispatchers decide beyond the first assignment: a unit says an appeal is not theirs, and they agree or not."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.dispatching import assign, start_clocks
from bot.services.moving import Actor, find, move
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import appeals, events
from storage.tables import Appeal, AppealEvent

RETURN_ASKED = "return_asked"
RETURN_REFUSED = "return_refused"
_ENDS = frozenset({RETURN_REFUSED, Event.RETURN_AGREED, Event.ANSWER, Event.WITHDRAW})


async def return_asked(
    session: AsyncSession, appeal_id: int, *, before: AppealEvent | None = None
) -> AppealEvent | None:
    """Return the unit's request to give an appeal back, while it is undecided; or as it was `before` an event."""
    for event in reversed(await events.of_appeal(session, appeal_id)):
        if before is not None and event.id >= before.id:
            continue
        if event.what == RETURN_ASKED:
            return event
        if event.what in _ENDS:
            return None
    return None


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
    return await _agree(session, appeal, department, person_id=person_id, now=now, city=city, calendar=calendar)


async def _agree(
    session: AsyncSession,
    appeal: Appeal,
    department: str,
    *,
    person_id: int,
    now: datetime,
    city: City,
    calendar: Calendar,
) -> Appeal:
    """Move an appeal from the unit that asked to give it back to another; its promise stays as it was."""
    if await return_asked(session, appeal.id) is None:
        raise TransitionRefused(Status(appeal.status), Event.ASSIGN)
    if city.department(department) is None or department == appeal.department:
        raise InputRefused("no_such_department")
    old = appeal.department
    await move(
        session,
        appeal,
        Event.RETURN_AGREED,
        actor=Actor.DISPATCHER,
        person_id=person_id,
        now=now,
        old=old,
        new=department,
    )
    appeal.returns += 1
    await _forget_the_old_answer(session, appeal)
    start_clocks(appeal, department, now=now, city=city, calendar=calendar)
    return appeal


async def _forget_the_old_answer(session: AsyncSession, appeal: Appeal) -> None:
    """Let no answer of the former unit, pressed but never delivered, count for the one that has the appeal now."""
    for each in await appeals.words(session, appeal.id):
        if each.direction == "answer" and each.state in {"held", "undelivered"}:
            each.state = "dropped"
    appeal.answer_pressed_at = appeal.staff_outcome = appeal.last_reply = None


async def refuse_return(session: AsyncSession, *, appeal_id: int, reason: str, person_id: int, now: datetime) -> Appeal:
    """Leave an appeal where it is; `reason` is a key of the texts that the unit reads."""
    appeal = await find(session, appeal_id)
    asked = await return_asked(session, appeal_id)
    if asked is None:
        raise TransitionRefused(Status(appeal.status), Event.RETURN_AGREED)
    await events.record(
        session,
        RETURN_REFUSED,
        at=now,
        actor=Actor.DISPATCHER,
        appeal_id=appeal_id,
        person_id=person_id,
        reason=reason,
        department=appeal.department,
    )
    return appeal
