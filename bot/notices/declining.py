"""What is heard of what is declined and of the second look: the citizen, the supervisors, who decided."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import citizen
from bot.cards import declining as cards
from bot.cards.card import Card, edit, send, send_to
from bot.cards.media import Where
from bot.cards.view import AppealView, view
from bot.delivery.say import Say
from bot.house import House
from bot.notices.bringing import things_of
from bot.services import objecting
from bot.services.deciding import name_of
from bot.services.naming import office_of_supervisors
from bot.texts import declining as words
from bot.texts.dates import day
from storage.domain.masking import mask
from storage.domain.statuses import Event
from storage.repositories import appeals, events, outbox
from storage.tables import Appeal, AppealEvent, Utterance

_HEARD = frozenset(
    {Event.DECLINE, Event.OBJECT, Event.OBJECTION_ASSIGNED, Event.OBJECTION_REFUSED, objecting.CARD_WANTED}
)


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what the citizen and the supervisors hear of an event; units and dispatchers hear it elsewhere."""
    if event.what not in _HEARD:
        return []
    appeal = await session.get_one(Appeal, event.appeal_id)
    seen = await view(session, appeal, city=house.city, calendar=house.calendar(now), now=now)
    return [*_to_the_citizen(seen, event), *await _to_supervisors(session, seen, event, house)]


def _to_the_citizen(seen: AppealView, event: AppealEvent) -> list[Say]:
    """Tell each step as a new message, and bring the live card up to date."""
    appeal = seen.appeal
    match event.what:
        case Event.DECLINE:
            return [_new(seen, cards.declined(appeal), role="declined"), _live(seen)]
        case Event.OBJECT:
            due = day(appeal.objection_due, seen.calendar) if appeal.objection_due else ""
            return [_new(seen, Card(words.looked_at_again(date=due))), _live(seen)]
        case Event.OBJECTION_ASSIGNED:
            return [_new(seen, cards.assigned(seen)), _live(seen)]
        case Event.OBJECTION_REFUSED:
            return [_new(seen, cards.upheld(appeal))]
        case _:
            return []


async def _to_supervisors(session: AsyncSession, seen: AppealView, event: AppealEvent, house: House) -> list[Say]:
    if event.what in {Event.OBJECT, objecting.CARD_WANTED}:
        return await _asked(session, seen, house)
    if event.what in {Event.OBJECTION_ASSIGNED, Event.OBJECTION_REFUSED}:
        return await _settled(session, seen, event, house)
    return []


async def _asked(session: AsyncSession, seen: AppealView, house: House) -> list[Say]:
    """Put the card before them, and under it what came with the citizen's words, unless it is confidential."""
    office = await office_of_supervisors(session, platform=house.platform, bot=house.bot)
    if office is None:
        return []
    appeal, key = seen.appeal, f"objection:{seen.appeal.id}"
    card = await objection_card(session, seen)
    says = [Say(send_to(office, card), key=key, appeal=appeal.id, role="objection")]
    said = None if appeal.confidential else await words_of_objection(session, appeal)
    if said is None:
        return says
    where = Where(office.chat_id, office.thread_id, protect=True)
    return says + await things_of(session, appeal=appeal, words=said, where=where, under=key, now=seen.now)


async def _settled(session: AsyncSession, seen: AppealView, event: AppealEvent, house: House) -> list[Say]:
    """Take the buttons off the card and say on it what was decided."""
    appeal = seen.appeal
    name = await name_of(session, event.person_id) or words.SUPERVISOR
    unit = seen.department if event.what == Event.OBJECTION_ASSIGNED else ""
    title = "" if appeal.confidential else mask(appeal.title)
    card = Card(words.settled(number=appeal.number, title=title, department=unit, name=name))
    rows = await outbox.standing(session, platform=house.platform, bot=house.bot, key=f"objection:{appeal.id}")
    return [Say(edit(row.chat_id, card), edit=row.id, appeal=appeal.id, role="objection") for row in rows]


async def objection_card(session: AsyncSession, seen: AppealView) -> Card:
    """Return the supervisors' card of an objection, with the units that come to mind."""
    said = await words_of_objection(session, seen.appeal)
    units = objecting.candidates(seen.appeal, seen.city)
    return cards.objection(seen, units, said=said.text if said else "")


async def words_of_objection(session: AsyncSession, appeal: Appeal) -> Utterance | None:
    """Return what the citizen said with the objection."""
    history = await events.of_appeal(session, appeal.id)
    said = next((each.details.get("utterance_id") for each in reversed(history) if each.what == Event.OBJECT), None)
    return await appeals.utterance(session, said) if isinstance(said, int) else None


def _new(seen: AppealView, card: Card, *, role: str = "notice") -> Say:
    return Say(send(seen.citizen.user_id, card), appeal=seen.appeal.id, role=role)


def _live(seen: AppealView) -> Say:
    method = edit(seen.citizen.user_id, citizen.progress(seen))
    return Say(method, edit=f"status:{seen.appeal.id}", appeal=seen.appeal.id, role="status")
