"""The citizen urges the unit that has their appeal (催办): once a working day."""

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.moving import Actor, move, workable
from bot.services.owning import own
from storage.domain.calendar import Calendar
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.tables import Appeal


def urge_day(now: datetime, calendar: Calendar) -> date:
    """Return the working day an urging counts for: today, or the next one where today is none."""
    today = calendar.local(now).date()
    return today if calendar.is_workday(today) else calendar.next_workday(today)


def urged_already(appeal: Appeal, *, now: datetime, calendar: Calendar) -> bool:
    """Whether the citizen has to wait until another working day."""
    return appeal.urged_on is not None and appeal.urged_on >= urge_day(now, calendar)


def urgeable(appeal: Appeal) -> None:
    """Raise TransitionRefused where no unit has the appeal, or it is not open."""
    workable(appeal, Event.URGE)
    if appeal.department is None:
        raise TransitionRefused(Status(appeal.status), Event.URGE)


async def urge(session: AsyncSession, *, appeal_id: int, person_id: int, now: datetime, calendar: Calendar) -> Appeal:
    """Urge the unit that has the person's own open appeal.

    Raises NotFound, TransitionRefused, or InputRefused("urged_today").
    """
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    urgeable(appeal)
    if urged_already(appeal, now=now, calendar=calendar):
        raise InputRefused("urged_today")
    appeal.urges += 1
    appeal.urged_on = urge_day(now, calendar)
    await move(session, appeal, Event.URGE, actor=Actor.CITIZEN, person_id=person_id, now=now, times=appeal.urges)
    return appeal
