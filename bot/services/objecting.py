"""The citizen asks for a second look at a declined appeal (请再看一次), once; a supervisor upholds it or assigns it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.binding import OBJECTION_WANTED
from bot.services.cataloguing import matter_of
from bot.services.declining import DeclineReason
from bot.services.dispatching import start_clocks
from bot.services.guessing import Guess
from bot.services.moving import Actor, find, move, workable
from bot.services.owning import own
from bot.services.secrecy import accused
from bot.services.supplementing import say_for
from storage.domain.calendar import Calendar
from storage.domain.city import City, Department
from storage.domain.errors import InputRefused
from storage.domain.matters import TOWN
from storage.domain.statuses import Event, Status
from storage.tables import Appeal

DAYS: Final = 2
"""So many working days the supervisors have."""
CARD_WANTED: Final = OBJECTION_WANTED
_OFFERED: Final = 4


def has_objected(appeal: Appeal) -> bool:
    """Whether the one objection was made."""
    return bool(appeal.declined.get("objected"))


def waits_for_supervisors(appeal: Appeal) -> bool:
    """Whether an objection is undecided."""
    return appeal.status == Status.DECLINED and appeal.objection_due is not None


def objectable(appeal: Appeal) -> None:
    """Raise TransitionRefused where it is not declined, InputRefused("objected_once") where they looked again."""
    workable(appeal, Event.OBJECT)
    if has_objected(appeal):
        raise InputRefused("objected_once")


async def object_to(
    session: AsyncSession,
    *,
    appeal_id: int,
    person_id: int,
    now: datetime,
    calendar: Calendar,
    text: str = "",
    files: Collection[int] = (),
    parts: Mapping[str, str] | None = None,
) -> Appeal:
    """Let the citizen ask for a second look, with what they say to it; raise NotFound and as `objectable` does."""
    appeal = await own(session, appeal_id=appeal_id, person_id=person_id)
    objectable(appeal)
    said = text or files
    words = await say_for(session, appeal, text=text, files=files, parts=parts or {}, now=now) if said else None
    appeal.objection_due = calendar.add_workdays(now, DAYS)
    appeal.declined = {**appeal.declined, "objected": True}
    await move(
        session,
        appeal,
        Event.OBJECT,
        actor=Actor.CITIZEN,
        person_id=person_id,
        now=now,
        **({"utterance_id": words.id} if words else {}),
    )
    return appeal


async def decidable(session: AsyncSession, appeal_id: int, wanted: Event) -> Appeal:
    """Return the appeal, locked, whose objection waits; raise TransitionRefused, InputRefused("objection_settled")."""
    appeal = await find(session, appeal_id)
    workable(appeal, wanted)
    if not waits_for_supervisors(appeal):
        raise InputRefused("objection_settled")
    return appeal


async def assign(
    session: AsyncSession,
    *,
    appeal_id: int,
    department: str,
    actor: Actor,
    person_id: int,
    now: datetime,
    city: City,
    calendar: Calendar,
) -> Appeal:
    """Give it to a unit after all; its clocks run from now.

    Raises InputRefused("no_such_department"), and InputRefused("accused_unit") where it complains of that unit and is
    confidential, or was declined as a report of an official.
    """
    unit = city.department(department)
    if unit is None:
        raise InputRefused("no_such_department")
    appeal = await decidable(session, appeal_id, Event.OBJECTION_ASSIGNED)
    if unit in kept_from(appeal, city):
        raise InputRefused("accused_unit")
    await move(
        session,
        appeal,
        Event.OBJECTION_ASSIGNED,
        actor=actor,
        person_id=person_id,
        now=now,
        department=department,
    )
    appeal.objection_due = None
    start_clocks(appeal, department, now=now, city=city, calendar=calendar)
    return appeal


async def uphold(session: AsyncSession, *, appeal_id: int, actor: Actor, person_id: int, now: datetime) -> Appeal:
    """Leave it declined (维持)."""
    appeal = await decidable(session, appeal_id, Event.OBJECTION_REFUSED)
    appeal.objection_due = None
    await move(session, appeal, Event.OBJECTION_REFUSED, actor=actor, person_id=person_id, now=now)
    return appeal


def kept_from(appeal: Appeal, city: City) -> Sequence[Department]:
    """Return the units that must not get it: those complained of, where it is confidential or reports officials."""
    reported = appeal.declined.get("reason") == DeclineReason.OFFICIAL
    return accused(appeal, city) if appeal.confidential or reported else ()


def candidates(appeal: Appeal, city: City) -> list[Department]:
    """Return the units that come to mind: the matter's lead, then the classifier's; four at most."""
    matter, town = matter_of(appeal, city), city.town(appeal.town or "")
    led = matter.lead if matter is not None and matter.lead != TOWN else town.department_code if town and matter else ""
    likely = Guess.from_json(appeal.guess or {}).at(city, appeal.town).likely
    codes = dict.fromkeys([led, *(each.department for each in likely)])
    units = [city.department(code) for code in codes if code]
    excluded = kept_from(appeal, city)
    return [unit for unit in units if unit is not None and unit not in excluded][:_OFFERED]
