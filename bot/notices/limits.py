"""What is heard of limits: dispatchers who are late, and kind or urgency that was set right, longer or shorter."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import citizen, triage
from bot.cards.card import Card, data, edit, send, send_to
from bot.cards.limits import NAMES
from bot.cards.view import AppealView, view_to_decide
from bot.delivery.say import Say
from bot.house import House
from bot.notices.scene import Scene, room_of
from bot.services import handling
from bot.services.binding import Purpose, stands_in
from bot.services.changing_limits import Part
from bot.services.moving import Actor
from bot.services.petitioning import Wish
from bot.services.triage_limit import LATE
from bot.texts import limits as words
from bot.texts import plans
from bot.texts.dates import clock_near, limit
from storage.domain.statuses import Event, Status
from storage.repositories import offices, outbox
from storage.tables import Appeal, AppealEvent, Approval

_PARTS = {Event.KIND_CHANGED: Part.KIND, Event.URGENCY_CHANGED: Part.URGENCY}


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what citizen, unit, dispatchers and supervisors hear of an event."""
    refused = event.what == Event.APPROVAL_REFUSED and event.details.get("wish") == Wish.LONGER
    if event.what not in {LATE, *_PARTS} and not refused:
        return []
    appeal = await session.get_one(Appeal, event.appeal_id)
    seen = await view_to_decide(session, appeal, city=house.city, calendar=house.calendar(now), now=now)
    if event.what == LATE:
        return await _remind(session, seen, house)
    if refused:
        return await _refused(session, seen, event, house)
    dispatchers, unit = await _to_dispatchers(session, seen, house), await _to_the_unit(session, seen, event, house)
    return [*_to_the_citizen(seen, event), *dispatchers, *unit]


async def _remind(session: AsyncSession, seen: AppealView, house: House) -> list[Say]:
    """Say under the dispatchers' card that it is late."""
    appeal = seen.appeal
    due = clock_near(appeal.triage_due, seen.now, seen.calendar) if appeal.triage_due else ""
    text = words.late(number=appeal.number, due=due)
    return await _under_card(session, seen, house, text)


async def _under_card(session: AsyncSession, seen: AppealView, house: House, text: str) -> list[Say]:
    """Say something in the dispatchers' group, under the card that stands there."""
    office = await offices.theirs(session, platform=house.platform, bot=house.bot, purpose=Purpose.TRIAGE)
    if office is None:
        return []
    key = f"{'secret-' if seen.appeal.confidential else ''}triage:{seen.appeal.id}"
    row_id = await outbox.named(session, platform=house.platform, bot=house.bot, key=key)
    row = await outbox.get(session, row_id) if row_id else None
    under = row.id if row is not None and stands_in(row, office) else None
    return [Say(send_to(office, Card(text)), reply_to=under, appeal=seen.appeal.id, role="notice")]


async def _refused(session: AsyncSession, seen: AppealView, event: AppealEvent, house: House) -> list[Say]:
    """Tell the dispatchers that it stays; a unit that has it hears so as of any wish."""
    if seen.appeal.status != Status.PENDING_TRIAGE:
        return []
    asked = await session.get_one(Approval, event.details["approval_id"])
    what = NAMES[Part(asked.details["part"])].get(asked.details["to"], "")
    return await _under_card(session, seen, house, words.refused(number=seen.appeal.number, what=what))


def _to_the_citizen(seen: AppealView, event: AppealEvent) -> list[Say]:
    """Tell a new date as a new message; the live card reads it in any case."""
    appeal, details = seen.appeal, event.details
    live = Say(
        edit(seen.citizen.user_id, citizen.progress(seen)), edit=f"status:{appeal.id}", appeal=appeal.id, role="status"
    )
    old, new = details.get("old_due"), details.get("new_due")
    if new is None or new == old:
        return [live]
    told = {"number": appeal.number, "what": _name(event), "old": _day(seen, old), "due": _day(seen, new)}
    see = (words.SEE_PROGRESS, data("c.see", appeal.id))
    card = Card(words.sooner(**told), [[see]])
    if old is not None and datetime.fromisoformat(new) > datetime.fromisoformat(old):
        text = words.later(**told, reason=str(details.get("reason") or ""))
        card = Card(text, [[see, (plans.OBJECT, data("c.boss", appeal.id))]])
    return [Say(send(seen.citizen.user_id, card), appeal=appeal.id, role="notice"), live]


async def _to_dispatchers(session: AsyncSession, seen: AppealView, house: House) -> list[Say]:
    """Bring their card up to date, where it stands."""
    appeal = seen.appeal
    if appeal.status != Status.PENDING_TRIAGE:
        return []
    where: dict[str, Any] = {"platform": house.platform, "bot": house.bot}
    room = (
        await handling.of_dispatchers(session, appeal, **where)
        if appeal.confidential
        else await offices.theirs(session, **where, purpose=Purpose.TRIAGE)
    )
    row_id = await outbox.named(session, **where, key=f"triage:{appeal.id}")
    row = await outbox.get(session, row_id) if row_id else None
    if row is None or room is None or not stands_in(row, room):
        return []
    return [Say(edit(room.chat_id, triage.waiting(seen)), edit=row.id, appeal=appeal.id, role="triage")]


async def _to_the_unit(session: AsyncSession, seen: AppealView, event: AppealEvent, house: House) -> list[Say]:
    """Bring the unit's card up to date; what others set right is also said under it."""
    appeal = seen.appeal
    if appeal.department is None:
        return []
    scene = Scene(session, house, seen.now, event, appeal, await room_of(session, house, appeal))
    due = limit(appeal.answer_due, seen.calendar) if appeal.answer_due else ""
    text = words.unit_told(number=appeal.number, what=_name(event), due=due)
    said = [] if event.actor == Actor.STAFF else await scene.under_card(Card(text))
    return [*said, *await scene.card_as_it_is()]


def _name(event: AppealEvent) -> str:
    return NAMES[_PARTS[Event(event.what)]].get(str(event.details.get("new")), "")


def _day(seen: AppealView, moment: str | None) -> str:
    return limit(datetime.fromisoformat(moment), seen.calendar) if moment else ""
