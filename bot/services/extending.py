"""延期: once, before the last working day, by five working days at most, and only if a supervisor agrees."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, move, workable
from bot.services.petitioning import Wish, petition
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused
from storage.domain.statuses import Event
from storage.tables import Appeal, Approval, Staff

MOST_DAYS: Final = 5


def extendable(appeal: Appeal, *, now: datetime, calendar: Calendar) -> datetime:
    """Return the day the answer is due now; raise TransitionRefused or InputRefused where it cannot move any more."""
    workable(appeal, Event.EXTENSION_WANTED)
    if appeal.answer_due is None or appeal.answer_pressed_at is not None:
        raise InputRefused("no_limit")
    if appeal.extensions:
        raise InputRefused("extended_once")
    if calendar.workdays_between(now, appeal.answer_due) < 1:
        raise InputRefused("too_late_to_extend")
    return appeal.answer_due


def extended_due(due: datetime, days: int, calendar: Calendar) -> datetime:
    """Return the new limit; raise InputRefused("too_many_days") for more than MOST_DAYS, or none."""
    if not 1 <= days <= MOST_DAYS:
        raise InputRefused("too_many_days")
    return calendar.add_workdays(due, days)


async def want(
    session: AsyncSession, *, appeal: Appeal, staff: Staff, days: int, reason: str, now: datetime, calendar: Calendar
) -> Approval:
    """Ask a supervisor; until one agrees the limit stays."""
    due = extendable(appeal, now=now, calendar=calendar)
    new = extended_due(due, days, calendar)
    details = {"reason": reason, "days": days, "old_due": due.isoformat(), "new_due": new.isoformat()}
    return await petition(
        session,
        appeal,
        Wish.EXTENSION,
        Event.EXTENSION_WANTED,
        asked_by=staff.person_id,
        details=details,
        now=now,
    )


async def granted(
    session: AsyncSession, appeal: Appeal, approval: Approval, *, now: datetime, city: City, calendar: Calendar
) -> None:
    """Move the limit, from where it stands by now, by the days that were asked for.

    Raises TransitionRefused, or InputRefused once it was extended, or is late: without a yes in time it is not.
    """
    del city  # the days are in the approval
    workable(appeal, Event.EXTEND)
    if appeal.answer_due is None or appeal.extensions:
        raise InputRefused("extended_once")
    if appeal.answer_due <= now:
        raise InputRefused("too_late_to_extend")
    old = appeal.answer_due
    appeal.answer_due = extended_due(old, int(approval.details["days"]), calendar)
    appeal.extensions += 1
    appeal.ladder, appeal.ladder_at = 0, None
    await move(
        session,
        appeal,
        Event.EXTEND,
        actor=Actor.SUPERVISOR,
        person_id=approval.decided_by,
        now=now,
        reason=approval.details["reason"],
        old_due=old.isoformat(),
    )
