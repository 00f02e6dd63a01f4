"""Two units that agree need no dispatcher: one offers its appeal (协商转办), the other takes it over (接手) or not."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.deciding import decided
from bot.services.moving import Actor, find, move, workable
from bot.services.transferring import transfer
from storage.domain import requests
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused, NoMoreReturns, NotFound, NotYours
from storage.domain.masking import mask
from storage.domain.statuses import Event
from storage.repositories import events
from storage.tables import Appeal, AppealEvent, Office, Staff


async def offerable(session: AsyncSession, appeal: Appeal) -> None:
    """Raise where the unit may not offer its appeal now: TransitionRefused, NoMoreReturns or InputRefused.

    What is confidential is not offered: a whole group would read whose it is not.
    """
    workable(appeal, Event.OFFER)
    if appeal.confidential:
        raise InputRefused("confidential_stays")
    if appeal.lead_named:
        raise NoMoreReturns(returns=appeal.returns, named=True)
    if requests.open_offer(await events.of_appeal(session, appeal.id)) is not None:
        raise InputRefused("offered")


async def offer(
    session: AsyncSession, *, appeal: Appeal, staff: Staff, to: str, words: str, now: datetime, city: City
) -> AppealEvent:
    """Offer a locked appeal to the unit `to`, with a reason; the offering unit keeps it until it is taken over."""
    await offerable(session, appeal)
    if city.department(to) is None or to == appeal.department:
        raise InputRefused("no_such_department")
    return await move(
        session,
        appeal,
        Event.OFFER,
        actor=Actor.STAFF,
        person_id=staff.person_id,
        now=now,
        department=appeal.department,
        to=to,
        words=mask(words),
    )


async def offered_to(
    session: AsyncSession, *, offer_id: int, office: Office | None, roles: Sequence[Staff]
) -> tuple[Appeal, AppealEvent, Staff]:
    """Return the appeal, locked, its open offer, and in what capacity the person may say yes or no to it.

    Raises NotFound, NotYours for whoever is not staff of that unit in its own group, AlreadyDecided or
    TransitionRefused where the offer is over.
    """
    offered = await _offer(session, offer_id)
    to = offered.details["to"]
    here = office.department if office is not None and office.purpose == "department" else None
    staff = next((each for each in roles if each.role == "staff" and each.department == to), None)
    if here != to or staff is None:
        raise NotYours(to)
    appeal = await find(session, offered.appeal_id or 0)
    await _still_open(session, appeal, offered, Event.TAKE_OVER)
    return appeal, offered, staff


async def take_over(
    session: AsyncSession,
    *,
    offer_id: int,
    office: Office | None,
    roles: Sequence[Staff],
    now: datetime,
    city: City,
    calendar: Calendar,
) -> Appeal:
    """Take an offered appeal over (接手): it is this unit's to sign for now, its promise as it was."""
    appeal, offered, staff = await offered_to(session, offer_id=offer_id, office=office, roles=roles)
    await transfer(
        session,
        appeal,
        Event.TAKE_OVER,
        str(offered.details["to"]),
        actor=Actor.STAFF,
        person_id=staff.person_id,
        now=now,
        city=city,
        calendar=calendar,
    )
    return appeal


async def decline(
    session: AsyncSession, *, offer_id: int, office: Office | None, roles: Sequence[Staff], words: str, now: datetime
) -> Appeal:
    """Say no to an offer, and why; the offering unit goes on."""
    appeal, offered, staff = await offered_to(session, offer_id=offer_id, office=office, roles=roles)
    await _end(session, appeal, offered, Event.OFFER_DECLINED, Actor.STAFF, staff.person_id, now, words=mask(words))
    return appeal


async def withdraw_offer(session: AsyncSession, *, appeal: Appeal, offer_id: int, staff: Staff, now: datetime) -> None:
    """Take the offer of a locked appeal back; whoever pressed 接手 before has it."""
    offered = await _offer(session, offer_id)
    await _still_open(session, appeal, offered, Event.OFFER_WITHDRAWN)
    await _end(session, appeal, offered, Event.OFFER_WITHDRAWN, Actor.STAFF, staff.person_id, now)


async def lapse(session: AsyncSession, appeal: Appeal, offered: AppealEvent, *, now: datetime) -> None:
    """Let an offer that nobody answered lapse."""
    await _end(session, appeal, offered, Event.OFFER_LAPSED, Actor.SYSTEM, None, now)


async def _offer(session: AsyncSession, offer_id: int) -> AppealEvent:
    offered = await session.get(AppealEvent, offer_id)
    if offered is None or offered.what != Event.OFFER:
        raise NotFound(f"no offer {offer_id}")
    return offered


async def _still_open(session: AsyncSession, appeal: Appeal, offered: AppealEvent, wanted: Event) -> None:
    history = await events.of_appeal(session, appeal.id)
    if offered not in history:
        raise NotFound(f"no offer {offered.id} of this appeal")
    over = requests.end_of_offer(history, offered)
    if over is not None:
        raise await decided(session, appeal, history, wanted, by=over)


async def _end(
    session: AsyncSession,
    appeal: Appeal,
    offered: AppealEvent,
    event: Event,
    actor: Actor,
    person_id: int | None,
    now: datetime,
    **details: str,
) -> None:
    to = offered.details["to"]
    await move(session, appeal, event, actor=actor, person_id=person_id, now=now, to=to, offer=offered.id, **details)
