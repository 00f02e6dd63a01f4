"""Supervisors press for what is late: all units at once (催办), one appeal a level higher (督办); units answer them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.digest import digest
from bot.services.moving import Actor, find, move
from storage.domain.calendar import Calendar
from storage.domain.errors import InputRefused, NotYours, TransitionRefused
from storage.domain.ladder import STANDING
from storage.domain.masking import mask
from storage.domain.statuses import Event, Status
from storage.repositories import deadlines, events
from storage.tables import Appeal, AppealEvent, Staff

PRESSED: Final = "unit_pressed"
"""A unit is reminded of all that is late there: `department` and `appeals` (ids) in the details."""
EXPLAINED: Final = "lateness_explained"
"""A unit answers the supervisors: `department`, `appeals`, `words`."""
TOGETHER: Final = "together"
HIGHEST: Final = 3


async def press_all(session: AsyncSession, *, person_id: int, now: datetime, calendar: Calendar) -> list[str]:
    """Remind each unit of what is late there, once a working day each; return the codes of those reminded now.

    Each appeal is at least at level 1 from then on.
    """
    late: dict[str, list[int]] = defaultdict(list)
    for each in (await digest(session, now=now, calendar=calendar)).red:
        late[each.department or ""].append(each.id)
    pressed = [await _press(session, unit, late[unit], person_id, now, calendar) for unit in sorted(late)]
    return [unit for unit in pressed if unit is not None]


async def _press(
    session: AsyncSession, unit: str, appeal_ids: list[int], person_id: int, now: datetime, calendar: Calendar
) -> str | None:
    """Remind one unit; None where it was reminded today, or nothing is late there any more."""
    locked = [await find(session, each) for each in sorted(appeal_ids)]
    late = [each for each in locked if each.status in STANDING and each.department == unit]
    if not late or unit in await _pressed_today(session, now=now, calendar=calendar):
        return None
    for appeal in late:
        appeal.level = max(appeal.level, 1)
        await _supervised(session, appeal, person_id=person_id, now=now, how=TOGETHER)
    await events.record(
        session,
        PRESSED,
        at=now,
        actor=Actor.SUPERVISOR,
        person_id=person_id,
        department=unit,
        appeals=[each.id for each in late],
    )
    return unit


async def _pressed_today(session: AsyncSession, *, now: datetime, calendar: Calendar) -> set[str]:
    today = calendar.local(now).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    return {str(each.details["department"]) for each in await deadlines.happened_since(session, PRESSED, today)}


async def raise_level(session: AsyncSession, *, appeal_id: int, level: int, person_id: int, now: datetime) -> Appeal:
    """Supervise an appeal one level more closely than `level`, at which it was seen.

    Raises TransitionRefused, InputRefused("level_highest"), or InputRefused("level_raised") where somebody was first.
    """
    appeal = await find(session, appeal_id)
    if appeal.status not in STANDING or appeal.department is None:
        raise TransitionRefused(Status(appeal.status), Event.SUPERVISE)
    if appeal.level != level:
        raise InputRefused("level_raised")
    if level >= HIGHEST:
        raise InputRefused("level_highest")
    appeal.level = level + 1
    await _supervised(session, appeal, person_id=person_id, now=now, how="raised")
    return appeal


async def _supervised(session: AsyncSession, appeal: Appeal, *, person_id: int, now: datetime, how: str) -> None:
    await move(
        session,
        appeal,
        Event.SUPERVISE,
        actor=Actor.SUPERVISOR,
        person_id=person_id,
        now=now,
        level=appeal.level,
        department=appeal.department,
        how=how,
    )


async def asked(session: AsyncSession, event_id: int) -> AppealEvent:
    """Return what a unit is asked about by the supervisors; raise InputRefused where that is nothing of the kind."""
    event = await session.get(AppealEvent, event_id)
    if event is None or event.what not in {PRESSED, Event.SUPERVISE}:
        raise InputRefused("nothing_asked")
    return event


def of_unit(event: AppealEvent, roles: Sequence[Staff]) -> Staff:
    """Return in what capacity somebody with these roles answers for the unit that was asked; raise NotYours."""
    unit = event.details.get("department")
    staff = next((each for each in roles if (each.role, each.department) == ("staff", unit)), None)
    if staff is None:
        raise NotYours(unit)
    return staff


async def explain(session: AsyncSession, *, about: AppealEvent, staff: Staff, words: str, now: datetime) -> AppealEvent:
    """Keep what a unit answers the supervisors; the citizen never sees it."""
    return await events.record(
        session,
        EXPLAINED,
        at=now,
        actor=Actor.STAFF,
        appeal_id=about.appeal_id,
        person_id=staff.person_id,
        department=staff.department,
        appeals=[about.appeal_id] if about.appeal_id else about.details["appeals"],
        words=mask(words),
    )
