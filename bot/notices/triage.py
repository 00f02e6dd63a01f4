"""What the dispatchers hear of an event in their group."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import triage as cards
from bot.cards.card import Card, Room, edit, send_to
from bot.cards.media import Where
from bot.cards.view import AppealView, view_to_decide
from bot.delivery.say import Say
from bot.house import House
from bot.notices.bringing import joined, said_with_things, things_of
from bot.notices.bringing import said as said_in
from bot.services import handling
from bot.services.binding import Purpose, Role, stands_in
from bot.services.receipts import PHONE_NOT_SHOWN, THINGS_LOST
from bot.services.rewording import REWORDED
from bot.services.supplementing import ATTACHED
from bot.services.triaging import history_before
from bot.texts import triage as words
from bot.texts.declining import declined_here
from bot.texts.fitting import rest
from bot.texts.transfers import BY_SILENCE
from bot.texts.words import STATUSES
from storage.domain.city import City
from storage.domain.masking import mask
from storage.domain.requests import is_for_supervisors, open_request
from storage.domain.statuses import Event, Status
from storage.repositories import appeals, offices, outbox
from storage.tables import Appeal, AppealEvent, Utterance

#: What only the group is shown of a confidential appeal, until it is opened.
_SHOWN_WHEN_OPENED = frozenset({Event.SUBMIT_UNSURE, Event.SPLIT_OFF, "triage_card_wanted", Event.RETURN_ASKED})

_WRITE: Final = {REWORDED: words.reworded, THINGS_LOST: words.things_lost}


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what this event gives the dispatchers to hear."""
    match event.what:
        case (
            Event.SUBMIT_UNSURE
            | Event.ASSIGN
            | Event.SUBMIT_PRAISE
            | Event.RETURN_ASKED
            | Event.RETURN_AGREED
            | Event.RETURN_REFUSED
            | Event.LEAD_WANTED
            | Event.TAKE_OVER
            | Event.SUPPLEMENT
            | "attached"
            | "reworded"
            | "transcribed"
            | "things_lost"
            | "phone_not_shown"
            | Event.ANSWER
            | Event.DELIVERED
            | Event.WITHDRAW
            | Event.MERGE
            | Event.UNMERGE
            | Event.SPLIT_OFF
            | Event.DECLINE
            | "triage_card_wanted"
        ):
            return await _dispatchers_hear(session, event, house, now)
        case handling.OPENED if event.details.get("role") == handling.DISPATCHER:
            return await _opened(session, event, house, now)
        case _:
            return []


async def _dispatchers_hear(session: AsyncSession, event: AppealEvent, house: House, now: datetime) -> list[Say]:
    appeal = await session.get(Appeal, event.appeal_id)
    office = await _room(session, house, appeal) if appeal else None
    if office is None or appeal is None or (appeal.confidential and event.what in _SHOWN_WHEN_OPENED):
        return []
    seen = await view_to_decide(session, appeal, city=house.city, calendar=house.calendar(now), now=now)
    match event.what:
        case Event.SUBMIT_UNSURE | Event.UNMERGE | Event.SPLIT_OFF | Event.RETURN_ASKED | "triage_card_wanted":
            return await _to_decide(session, office, seen)
        case Event.SUPPLEMENT | "attached" | "reworded" | "transcribed" | "things_lost" | "phone_not_shown":
            return await _citizens_words(session, event, house, office, seen)
        case Event.ANSWER | Event.DELIVERED | Event.WITHDRAW | Event.MERGE | Event.TAKE_OVER if not await _undecided(
            session, seen, event
        ):
            return []
        case _:
            return await _settled(session, event, house, office, seen)


async def _room(session: AsyncSession, house: House, appeal: Appeal) -> Room | None:
    """Return where it is decided: the dispatchers' group; what is confidential, in the private chat of one of them."""
    if appeal.confidential:
        return await handling.of_dispatchers(session, appeal, platform=house.platform, bot=house.bot)
    return await offices.theirs(session, platform=house.platform, bot=house.bot, purpose=Purpose.TRIAGE)


async def _opened(session: AsyncSession, event: AppealEvent, house: House, now: datetime) -> list[Say]:
    """Give the dispatcher who handles it the whole of a confidential appeal, and what its citizen said since."""
    appeal = await session.get_one(Appeal, event.appeal_id)
    room = await _room(session, house, appeal)
    if room is None:
        return []
    seen = await view_to_decide(session, appeal, city=house.city, calendar=house.calendar(now), now=now)
    said = [each for each in await appeals.words(session, appeal.id) if each.direction == "from_citizen"]
    says = await _to_decide(session, room, seen)
    for each in said[1:]:
        text = words.supplemented(number=appeal.number, text=mask(each.text))
        says += await _with_things(session, room, seen, each, text)
    return says


async def _to_decide(session: AsyncSession, office: Room, seen: AppealView) -> list[Say]:
    """Put the card of what is to be decided before the dispatchers, unless the supervisors decide."""
    if seen.appeal.status == Status.PENDING_TRIAGE:
        return await _waiting(session, office, seen)
    history = await history_before(session, seen.appeal.id)
    asked = open_request(history)
    if asked is None or is_for_supervisors(history):
        return []
    return [_card(office, seen, cards.returned(seen, asked))]


async def _with_things(session: AsyncSession, office: Room, seen: AppealView, said: Utterance, text: str) -> list[Say]:
    return await said_with_things(
        session,
        appeal=seen.appeal,
        words=said,
        text=text,
        where=_where(office),
        under=f"triage:{seen.appeal.id}",
        role="supplement",
        now=seen.now,
    )


async def _waiting(session: AsyncSession, office: Room, seen: AppealView) -> list[Say]:
    """Put the card there, and under it what did not fit on it and what came with the words."""
    says = [_card(office, seen, cards.waiting(seen)), *_what_did_not_fit(office, seen)]
    said = await appeals.first_words(session, seen.appeal.id)
    if said is None:
        return says
    under, where = f"triage:{seen.appeal.id}", _where(office)
    return says + await things_of(session, appeal=seen.appeal, words=said, where=where, under=under, now=seen.now)


def _where(office: Room) -> Where:
    return Where(office.chat_id, office.thread_id, protect=True)


def _card(office: Room, seen: AppealView, card: Card) -> Say:
    appeal_id = seen.appeal.id
    return Say(send_to(office, card), key=f"triage:{appeal_id}", appeal=appeal_id, role="triage")


def _what_did_not_fit(office: Room, seen: AppealView) -> list[Say]:
    appeal_id, left = seen.appeal.id, rest(mask(seen.appeal.text), cards.TEXT_LIMIT)
    calls = [send_to(office, Card(part)) for part in left]
    return [Say(call, reply_to=f"triage:{appeal_id}", appeal=appeal_id, role="triage") for call in calls]


async def _citizens_words(
    session: AsyncSession, event: AppealEvent, house: House, office: Room, seen: AppealView
) -> list[Say]:
    """Pass on what the citizen adds or changes while nobody but the dispatchers has the appeal."""
    appeal, under = seen.appeal, f"triage:{seen.appeal.id}"
    if appeal.status != Status.PENDING_TRIAGE:
        return []
    where = _where(office)
    if event.what == PHONE_NOT_SHOWN:
        return said_in(appeal, words.phone_not_shown(number=appeal.number), where, under, role="notice")
    card = await live(session, house, office, seen)
    said = await appeals.utterance(session, int(event.details.get("utterance_id") or 0))
    if said is None:
        return card
    if event.what == ATTACHED:
        new = event.details.get("files", [])
        return await joined(session, house, appeal=appeal, words=said, new=new, where=where, under=under, now=seen.now)
    write = _WRITE.get(event.what, words.supplemented)
    text = write(number=appeal.number, text=mask(said.text))
    if event.what in _WRITE:
        return [*said_in(appeal, text, where, under, role="supplement"), *card]
    return await _with_things(session, office, seen, said, text)


async def live(session: AsyncSession, house: House, office: Room, seen: AppealView) -> list[Say]:
    """Bring the card up to date where it stands; what is confidential may not have been opened yet."""
    key = f"triage:{seen.appeal.id}"
    row_id = await outbox.named(session, platform=house.platform, bot=house.bot, key=key)
    row = await outbox.get(session, row_id) if row_id else None
    if row is None or not stands_in(row, office):
        return []
    return [Say(edit(office.chat_id, cards.waiting(seen)), edit=key, appeal=seen.appeal.id, role="triage")]


async def _undecided(session: AsyncSession, seen: AppealView, event: AppealEvent) -> bool:
    """Whether dispatchers still had something to decide before this event took it from them."""
    if seen.appeal.first_dispatched_at is None:
        return True
    history = await history_before(session, seen.appeal.id, before=event)
    return open_request(history) is not None and not is_for_supervisors(history)


async def _settled(
    session: AsyncSession, event: AppealEvent, house: House, office: Room, seen: AppealView
) -> list[Say]:
    """Take the buttons off the card and say on it what was decided."""
    key = f"triage:{seen.appeal.id}"
    row_id = await outbox.named(session, platform=house.platform, bot=house.bot, key=key)
    row = await outbox.get(session, row_id) if row_id else None
    if row is None or not stands_in(row, office):
        return []
    card = Card(_decision(event, seen, await _name(session, event)))
    return [Say(edit(office.chat_id, card), edit=key, appeal=seen.appeal.id, role="triage")]


def _decision(event: AppealEvent, seen: AppealView, name: str) -> str:  # noqa: PLR0911 - one sentence a decision
    number, title = seen.appeal.number, mask(seen.appeal.title)
    if event.what in {Event.ASSIGN, Event.SUBMIT_PRAISE}:
        return words.sent(number=number, title=title, department=seen.department, name=name)
    if event.what == Event.RETURN_AGREED:
        old = _unit(seen.city, event.details.get("old"))
        return words.sent_on(number=number, title=title, old=old, new=seen.department, name=name)
    if event.what == Event.RETURN_REFUSED:
        reason = words.RETURN_REFUSALS.get(event.details["reason"], BY_SILENCE)
        who = name if event.person_id else ""
        return words.return_refused(number=number, title=title, department=seen.department, reason=reason, name=who)
    if event.what == Event.TAKE_OVER:
        return words.taken_over(number=number, title=title, department=seen.department)
    if event.what == Event.DECLINE:
        return declined_here(number=number, title=title, reason=str(event.details["reason"]), name=name)
    if event.what == Event.LEAD_WANTED:
        return words.raised(number=number, title=title, name=name)
    return words.settled_otherwise(number=number, title=title, status=STATUSES[Status(seen.appeal.status)])


async def _name(session: AsyncSession, event: AppealEvent) -> str:
    roles = await offices.roles(session, event.person_id) if event.person_id else []
    return next((each.name for each in roles if each.role == Role.DISPATCHER), words.SOMEBODY)


def _unit(city: City, code: str | None) -> str:
    unit = city.department(code or "")
    return unit.name if unit else ""
