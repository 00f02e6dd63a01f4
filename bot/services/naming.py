"""A supervisor names the lead (定主办): where it came back twice, or the dispatchers could not tell."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.binding import Purpose, Role
from bot.services.deciding import decided
from bot.services.moving import Actor, find, move
from bot.services.returning import others_likely
from bot.services.secrecy import accused
from bot.services.transferring import transfer
from storage.domain import requests
from storage.domain.calendar import Calendar
from storage.domain.city import City, Department
from storage.domain.statuses import Event
from storage.repositories import events, offices
from storage.tables import Appeal, AppealEvent, Office

#: Who decides in which group.
DECIDERS = {Purpose.SUPERVISION: Role.SUPERVISOR, Purpose.TRIAGE: Role.DISPATCHER}
_OFFERED = 4


async def office_of_supervisors(session: AsyncSession, *, platform: str, bot: int) -> Office | None:
    """Return the group where leads are named: the supervisors', or the dispatchers' where there is none."""
    for purpose in DECIDERS:
        office = await offices.of(session, platform=platform, bot=bot, purpose=purpose)
        if office is not None:
            return office
    return None


async def nameable(session: AsyncSession, appeal: Appeal) -> Sequence[AppealEvent]:
    """Return the history of an appeal whose lead is to be named; raise AlreadyDecided or TransitionRefused."""
    history = await events.of_appeal(session, appeal.id)
    if not requests.is_for_supervisors(history):
        raise await decided(session, appeal, history, Event.LEAD_NAMED)
    return history


async def name_lead(
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
    """Say which unit leads, the one that has it or another; from then on nobody can give it back.

    The event names the matter: it is a ruling for the next appeal about the same (`storage.repositories.rulings`).
    """
    appeal = await find(session, appeal_id)
    await nameable(session, appeal)
    ruled = {"matter": appeal.matter} if appeal.matter else {}
    if department == appeal.department:
        told = {"department": department, **ruled}
        await move(session, appeal, Event.LEAD_KEPT, actor=actor, person_id=person_id, now=now, **told)
    else:
        await transfer(
            session,
            appeal,
            Event.LEAD_NAMED,
            department,
            actor=actor,
            person_id=person_id,
            now=now,
            city=city,
            calendar=calendar,
            **ruled,
        )
        appeal.returns += 1
    appeal.lead_named = True
    return appeal


def candidates(appeal: Appeal, history: Sequence[AppealEvent], city: City) -> list[Department]:
    """Return the units that come to mind: the suggested one, those that had it, the classifier's; four at most."""
    asked = requests.open_request(history)
    suggested = asked.details.get("suggested") if asked else None
    likely = [unit.code for unit in others_likely(appeal, city)]
    codes = [suggested, appeal.department, *reversed(requests.former_units(history)), *likely]
    units = [city.department(code) for code in dict.fromkeys(code for code in codes if code)]
    kept_from = accused(appeal, city) if appeal.confidential else ()
    return [unit for unit in units if unit is not None and unit not in kept_from][:_OFFERED]
