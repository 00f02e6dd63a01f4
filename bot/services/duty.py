"""The duty roster (值班表) of a unit and of the dispatchers: who is named on the cards of a day, and asked at night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.binding import Purpose
from bot.services.leaving import working
from bot.services.moving import Actor
from storage.domain.calendar import Calendar
from storage.domain.errors import InputRefused
from storage.repositories import duties, events
from storage.tables import Office, Staff

CHANGED: Final = "duty_changed"
_DAYS: Final = 7


@dataclass(frozen=True)
class OnDuty:
    """Who is on duty: a name, and the username by which they can be called (empty: has none)."""

    name: str
    username: str = ""


def of_office(office: Office) -> str:
    """Return under which code a group's roster is kept: its unit's; that of the dispatchers is empty."""
    return office.department or "" if office.purpose == Purpose.DEPARTMENT else ""


async def on_duty(session: AsyncSession, department: str, *, now: datetime, calendar: Calendar) -> OnDuty | None:
    """Return who is on duty for a unit (empty: the dispatchers) on the day it is there; None: the whole group is."""
    today = calendar.local(now).date()
    found = (await duties.between(session, department, today, today)).get(today)
    return OnDuty(found[0].name, found[1].username or "") if found else None


async def week(
    session: AsyncSession, department: str, *, now: datetime, calendar: Calendar
) -> list[tuple[date, Staff | None]]:
    """Return the next seven days, today first, each with who is on duty."""
    days = _days(now, calendar)
    known = await duties.between(session, department, days[0], days[-1])
    return [(day, known[day][0] if day in known else None) for day in days]


async def choices(session: AsyncSession, office: Office) -> Sequence[Staff]:
    """Return who may be put on the roster of this group."""
    return await working(session, Purpose(office.purpose), office.department)


def must_be_near(day: date, *, now: datetime, calendar: Calendar) -> date:
    """Return the day if it is one of the next seven; raise InputRefused("no_such_day")."""
    if day not in _days(now, calendar):
        raise InputRefused("no_such_day")
    return day


async def put(
    session: AsyncSession,
    office: Office,
    *,
    day: date,
    staff_id: int,
    person_id: int,
    now: datetime,
    calendar: Calendar,
) -> None:
    """Put somebody of the group on its roster for a day, 0 for nobody.

    Raises InputRefused("no_such_day") or InputRefused("no_such_colleague").
    """
    must_be_near(day, now=now, calendar=calendar)
    if staff_id and all(each.id != staff_id for each in await choices(session, office)):
        raise InputRefused("no_such_colleague")
    department = of_office(office)
    await duties.put(session, department, day, staff_id or None)
    actor = Actor.STAFF if office.purpose == Purpose.DEPARTMENT else Actor.DISPATCHER
    await events.record(
        session,
        CHANGED,
        at=now,
        actor=actor,
        person_id=person_id,
        department=department,
        day=day.isoformat(),
        staff=staff_id,
    )


def _days(now: datetime, calendar: Calendar) -> list[date]:
    today = calendar.local(now).date()
    return [today + timedelta(days=each) for each in range(_DAYS)]
