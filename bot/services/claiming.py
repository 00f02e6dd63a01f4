"""A unit and its appeal: who may act on it, who signs for it, and how the unit asks to be rid of it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.guessing import Guess
from bot.services.handling import only_handler
from bot.services.moving import Actor, find, move
from bot.services.triaging import RETURN_ASKED, return_asked
from storage.domain import lifecycle
from storage.domain.city import City, Department
from storage.domain.errors import AlreadyClaimed, InputRefused, NotYours, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import events, offices
from storage.tables import Appeal, Office, Staff


class ReturnReason(StrEnum):
    """Why a unit says an appeal is not theirs."""

    AREA = "area"
    DUTY = "duty"
    MOVED = "moved"
    DUPLICATE = "duplicate"
    OTHER = "other"


async def in_charge(
    session: AsyncSession, *, appeal_id: int, office: Office | None, roles: Sequence[Staff], private: bool = False
) -> tuple[Appeal, Staff]:
    """Return the appeal, locked, and in what capacity the person may act on it; raise NotYours or NotFound.

    It takes an active row of the lead unit's staff, in that unit's own group: nothing else gives authority. A
    confidential appeal takes its handler, in private; anybody else raises HandlerOnly.
    """
    appeal = await find(session, appeal_id)
    if appeal.confidential:
        return appeal, await only_handler(session, appeal, roles, private=private)
    here = office.department if office is not None and office.purpose == "department" else None
    staff = next((each for each in roles if each.role == "staff" and each.department == appeal.department), None)
    if appeal.department is None or here != appeal.department or staff is None:
        raise NotYours(appeal.department)
    return appeal, staff


async def claim(session: AsyncSession, *, appeal: Appeal, staff: Staff, now: datetime) -> None:
    """Let `staff` sign for a locked appeal (签收); raise AlreadyClaimed for whoever comes second."""
    if appeal.status == Status.IN_PROGRESS and appeal.claimant_id is not None and appeal.claimed_at is not None:
        first = await offices.staff(session, appeal.claimant_id)
        raise AlreadyClaimed(number=appeal.number, name=first.name if first else "", at=appeal.claimed_at)
    await move(session, appeal, Event.CLAIM, actor=Actor.STAFF, person_id=staff.person_id, now=now, staff=staff.id)
    appeal.claimant_id, appeal.claimed_at = staff.id, now


async def ask_return(
    session: AsyncSession, *, appeal: Appeal, staff: Staff, reason: ReturnReason, suggested: str | None, now: datetime
) -> None:
    """Ask the dispatchers to take a locked appeal back (退单申请); the unit keeps it, its clock running, until then.

    `suggested`: the code of the unit whose matter they say it is, if they know one.
    """
    returnable(appeal)
    if await return_asked(session, appeal.id):
        raise InputRefused("return_asked")
    await events.record(
        session,
        RETURN_ASKED,
        at=now,
        actor=Actor.STAFF,
        appeal_id=appeal.id,
        person_id=staff.person_id,
        reason=reason.value,
        department=appeal.department,
        suggested=suggested,
    )


def returnable(appeal: Appeal) -> None:
    """Raise TransitionRefused where the appeal's status allows no return."""
    status = Status(appeal.status)
    if status not in {Status.DISPATCHED, Status.IN_PROGRESS}:
        raise TransitionRefused(status, Event.ASSIGN)


def workable(appeal: Appeal, event: Event) -> None:
    """Raise TransitionRefused where `event` may not happen to the appeal as it stands."""
    status = Status(appeal.status)
    if not lifecycle.may(status, event):
        raise TransitionRefused(status, event)


async def note_phone_seen(session: AsyncSession, *, appeal: Appeal, staff: Staff, reason: str, now: datetime) -> None:
    """Keep who looked at the citizen's number, when and for what."""
    await events.record(
        session,
        "contact_seen",
        at=now,
        actor=Actor.STAFF,
        appeal_id=appeal.id,
        person_id=staff.person_id,
        reason=reason,
    )


def others_likely(appeal: Appeal, city: City) -> Sequence[Department]:
    """Return the units that may be meant where this one says it is not theirs: the likeliest three."""
    likely = Guess.from_json(appeal.guess or {}).at(city, appeal.town).likely
    units = (city.department(each.department) for each in likely if each.department != appeal.department)
    return [unit for unit in units if unit is not None][:3]
