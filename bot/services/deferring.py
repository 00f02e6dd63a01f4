"""列入计划: what cannot be done now is promised for a date, told of every thirty days, and never counts as solved."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, find, move, workable
from bot.services.petitioning import Wish, petition
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused
from storage.domain.statuses import Event
from storage.repositories import appeals, events
from storage.tables import Appeal, Approval, Staff, Utterance

PROGRESS_EVERY: Final = timedelta(days=30)
PROGRESS_OWED: Final = "progress_owed"
LONGEST: Final = timedelta(days=3 * 366)


def planned_for(day: date, *, now: datetime, calendar: Calendar) -> datetime:
    """Return the moment until which what is promised for `day` is due; raise InputRefused("no_such_date")."""
    today = calendar.local(now).date()
    if not today < day <= today + LONGEST:
        raise InputRefused("no_such_date")
    return calendar.end_of_office_day(day)


async def want(
    session: AsyncSession,
    *,
    appeal: Appeal,
    staff: Staff,
    reason: str,
    promise: str,
    day: date,
    now: datetime,
    calendar: Calendar,
) -> Approval:
    """Ask a supervisor; until one agrees nothing changes."""
    workable(appeal, Event.DEFERRAL_WANTED)
    if appeal.answer_pressed_at is not None:
        raise InputRefused("no_limit")
    until = planned_for(day, now=now, calendar=calendar)
    details = {"reason": reason, "promise": promise, "until": until.isoformat()}
    return await petition(
        session, appeal, Wish.DEFERRAL, Event.DEFERRAL_WANTED, asked_by=staff.person_id, details=details, now=now
    )


async def granted(
    session: AsyncSession, appeal: Appeal, approval: Approval, *, now: datetime, city: City, calendar: Calendar
) -> None:
    """Put it into the plan: the limit is the promised date from now on, and words of progress are owed till then."""
    del city
    until = datetime.fromisoformat(approval.details["until"])
    await move(
        session,
        appeal,
        Event.DEFER,
        actor=Actor.SUPERVISOR,
        person_id=approval.decided_by,
        now=now,
        reason=approval.details["reason"],
    )
    appeal.promise, appeal.deferred_until, appeal.answer_due = approval.details["promise"], until, until
    appeal.progress_due = next_progress(now, until, calendar)
    appeal.ladder, appeal.ladder_at = 0, None


def next_progress(now: datetime, until: datetime, calendar: Calendar) -> datetime:
    """Return when the next word of progress is due: thirty days on, or at the promised date if that is sooner."""
    day = calendar.local(now + PROGRESS_EVERY).date()
    return min(calendar.end_of_office_day(day), until)


async def report(
    session: AsyncSession,
    *,
    appeal: Appeal,
    staff: Staff,
    text: str,
    source: tuple[int, int] | None,
    now: datetime,
    calendar: Calendar,
) -> Utterance:
    """Keep a word of progress for the citizen; the next one is due thirty days on."""
    workable(appeal, Event.PROGRESS)
    if appeal.deferred_until is None:
        raise InputRefused("no_limit")
    chat_id, message_id = source or (None, None)
    said = await appeals.say(
        session,
        Utterance(
            appeal_id=appeal.id,
            direction="to_citizen",
            person_id=staff.person_id,
            department=staff.department,
            text=text,
            at=now,
            state="queued",
            manner="progress",
            source_chat=chat_id,
            source_message=message_id,
        ),
    )
    appeal.progress_due = next_progress(now, appeal.deferred_until, calendar)
    await move(
        session, appeal, Event.PROGRESS, actor=Actor.STAFF, person_id=staff.person_id, now=now, utterance_id=said.id
    )
    return said


async def resume(session: AsyncSession, appeal_id: int, *, now: datetime, calendar: Calendar) -> bool:
    """Take up again what was promised for today or before; False where it is not deferred, or not yet due."""
    appeal = await find(session, appeal_id)
    until = appeal.deferred_until
    if appeal.status != "deferred" or until is None or calendar.local(now).date() < calendar.local(until).date():
        return False
    await take_up(session, appeal, actor=Actor.SYSTEM, person_id=None, now=now, calendar=calendar)
    return True


async def ask_for_progress(session: AsyncSession, appeal_id: int, *, now: datetime, calendar: Calendar) -> bool:
    """Ask the unit for a word of progress, once a day at most while it is owed; False where it was asked today."""
    appeal = await find(session, appeal_id)
    today = calendar.local(now).date()
    asked = [each for each in await events.of_appeal(session, appeal_id) if each.what == PROGRESS_OWED]
    if appeal.progress_due is None or (asked and calendar.local(asked[-1].at).date() == today):
        return False
    await events.record(session, PROGRESS_OWED, at=now, actor=Actor.SYSTEM, appeal_id=appeal_id)
    return True


async def take_up(
    session: AsyncSession, appeal: Appeal, *, actor: Actor, person_id: int | None, now: datetime, calendar: Calendar
) -> None:
    """Go on with a deferred appeal, at its date or because it is done; the answer is due by the promised date."""
    await move(session, appeal, Event.RESUME, actor=actor, person_id=person_id, now=now)
    until = appeal.deferred_until
    appeal.deferred_until, appeal.progress_due = None, None
    if until is not None and until <= now:
        appeal.answer_due = calendar.add_workdays(now, 0)
