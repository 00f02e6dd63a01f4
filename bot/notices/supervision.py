"""What the supervisors hear of an event in their group, or the dispatchers where there are none: leads to be named."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import supervision as cards
from bot.cards.card import Card, edit, send_to
from bot.cards.view import AppealView, view, view_to_decide
from bot.delivery.say import Say
from bot.house import House
from bot.services.deciding import name_of
from bot.services.naming import candidates, office_of_supervisors
from bot.services.triaging import history_before
from bot.texts import supervision as words
from bot.texts.words import STATUSES
from storage.domain.masking import mask
from storage.domain.requests import is_for_supervisors
from storage.domain.statuses import Event, Status
from storage.repositories import events, outbox
from storage.tables import Appeal, AppealEvent


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what this event gives the supervisors to hear."""
    match event.what:
        case Event.RETURN_ASKED | Event.LEAD_WANTED | "lead_card_wanted":
            return await _wanted(session, event, house, now)
        case Event.LEAD_NAMED | Event.LEAD_KEPT | Event.TAKE_OVER | Event.ANSWER | Event.DELIVERED | Event.WITHDRAW:
            return await _settled(session, event, house, now)
        case _:
            return []


async def _wanted(session: AsyncSession, event: AppealEvent, house: House, now: datetime) -> list[Say]:
    """Put the card before them, if it is theirs to decide."""
    appeal = await session.get_one(Appeal, event.appeal_id)
    history = await events.of_appeal(session, appeal.id)
    office = await office_of_supervisors(session, platform=house.platform, bot=house.bot)
    if office is None or not is_for_supervisors(history):
        return []
    seen = await view_to_decide(session, appeal, city=house.city, calendar=house.calendar(now), now=now)
    card = cards.name_lead(seen, history, candidates(appeal, history, house.city))
    return [Say(send_to(office, card), key=f"lead:{appeal.id}", appeal=appeal.id, role="lead")]


async def _settled(session: AsyncSession, event: AppealEvent, house: House, now: datetime) -> list[Say]:
    """Take the buttons off the card and say on it what was decided."""
    appeal = await session.get_one(Appeal, event.appeal_id)
    if not is_for_supervisors(await history_before(session, appeal.id, before=event)):
        return []
    seen = await view(session, appeal, city=house.city, calendar=house.calendar(now), now=now)
    card = Card(_decision(event, seen, await name_of(session, event.person_id)))
    rows = await outbox.standing(session, platform=house.platform, bot=house.bot, key=f"lead:{appeal.id}")
    return [Say(edit(row.chat_id, card), edit=row.id, appeal=appeal.id, role="lead") for row in rows]


def _decision(event: AppealEvent, seen: AppealView, name: str) -> str:
    number, title = seen.appeal.number, mask(seen.appeal.title)
    if event.what in {Event.LEAD_NAMED, Event.LEAD_KEPT}:
        name = name or words.SOMEBODY
        return words.named(number=number, title=title, department=seen.department, name=name)
    return words.settled_otherwise(number=number, title=title, status=STATUSES[Status(seen.appeal.status)])
