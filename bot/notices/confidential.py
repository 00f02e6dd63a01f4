"""What groups hear of a confidential appeal (保密件): a card without its text, kept up to date, and nothing else.

Its text goes to the private chat of whoever handles it, by `bot.notices.office` and `bot.notices.triage`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import confidential as cards
from bot.cards.card import Card, edit, send, send_to
from bot.cards.view import AppealView, view
from bot.delivery.say import Say
from bot.house import House
from bot.services import handling
from bot.services.alarming import DISMISSED, RAISED
from bot.services.binding import Purpose, stands_in
from bot.services.concerns import HIDDEN
from bot.services.handling import HANDLER_NAMED, HANDLER_UNREACHABLE, Handler
from bot.services.triaging import waits_for_dispatchers
from bot.texts import confidential as words
from bot.texts.admin import GROUPS
from storage.domain.lifecycle import MOVES, OPEN
from storage.domain.statuses import Event
from storage.repositories import offices, outbox
from storage.tables import Appeal, AppealEvent, Office, OutboxMessage

#: Words that change nothing about where an appeal stands: its card reads the same after them.
_QUIET = frozenset({Event.SUPPLEMENT, Event.NOTE, Event.CONTACT, Event.ANSWER, Event.NOT_DELIVERED})
_CHANGES = frozenset(Event) - _QUIET
_TO_DECIDE = frozenset({Event.SUBMIT_UNSURE, Event.SPLIT_OFF, "triage_card_wanted", Event.RETURN_ASKED})
#: After these dispatchers have nothing to decide, and what comes later is not their business.
_DECIDED = frozenset({Event.ASSIGN, Event.WITHDRAW, Event.DECLINE, Event.RETURN_REFUSED, Event.LEAD_WANTED, *MOVES})


@dataclass(frozen=True)
class _Scene:
    session: AsyncSession
    house: House
    event: AppealEvent
    seen: AppealView

    @property
    def appeal(self) -> Appeal:
        return self.seen.appeal

    async def office(self, purpose: Purpose, department: str | None = None) -> Office | None:
        house = self.house
        return await offices.theirs(
            self.session, platform=house.platform, bot=house.bot, purpose=purpose, department=department
        )

    async def row(self, key: str) -> OutboxMessage | None:
        house = self.house
        row_id = await outbox.named(self.session, platform=house.platform, bot=house.bot, key=key)
        return await outbox.get(self.session, row_id) if row_id is not None else None


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what groups, and where somebody is missing administrators, hear of an event of a confidential appeal."""
    appeal = await session.get(Appeal, event.appeal_id) if event.appeal_id else None
    if appeal is None or not appeal.confidential or event.what in HIDDEN:
        return []
    seen = await view(session, appeal, city=house.city, calendar=house.calendar(now), now=now)
    scene = _Scene(session, house, event, seen)
    return [*await _in_the_unit(scene), *await _among_dispatchers(scene)]


async def _in_the_unit(scene: _Scene) -> list[Say]:
    """Keep the card of the unit's group as things stand; where another unit has the appeal, the old one is closed."""
    appeal, house, key = scene.appeal, scene.house, f"secret:{scene.appeal.id}"
    if appeal.department is None:
        return []
    office, row = await scene.office(Purpose.DEPARTMENT, appeal.department), await scene.row(key)
    handler = await handling.of_unit(scene.session, appeal, platform=house.platform, bot=house.bot)
    here = row is not None and stands_in(row, office)
    if row is not None and here and scene.event.what != "card_wanted":
        changed = [_edit(scene, row, cards.for_unit(scene.seen, _name(handler)))]
        return [*(changed if _changes(scene, handling.STAFF) else []), *await _about_the_handler(scene, handler, row)]
    closed = [_edit(scene, row, cards.moved_on(scene.seen))] if row is not None and not here else []
    if office is None or appeal.status not in OPEN:
        return closed
    card = cards.for_unit(scene.seen, _name(handler))
    fresh = Say(send_to(office, card), key=key, appeal=appeal.id, role="secret")
    return [*closed, fresh, *(await _nobody(scene, scene.seen.department) if handler is None else [])]


async def _among_dispatchers(scene: _Scene) -> list[Say]:
    """Show the dispatchers that there is something to decide, and later that it is decided."""
    appeal, house, key = scene.appeal, scene.house, f"secret-triage:{scene.appeal.id}"
    office, row = await scene.office(Purpose.TRIAGE), await scene.row(key)
    if office is None:
        return []
    handler = await handling.of_dispatchers(scene.session, appeal, platform=house.platform, bot=house.bot)
    undecided = await waits_for_dispatchers(scene.session, appeal)
    if undecided and scene.event.what in _TO_DECIDE:
        card = cards.for_dispatchers(scene.seen, _name(handler))
        fresh = Say(send_to(office, card), key=key, appeal=appeal.id, role="secret")
        return [fresh, *(await _nobody(scene, GROUPS[Purpose.TRIAGE]) if handler is None else [])]
    if row is None or not stands_in(row, office):
        return []
    if undecided:
        card = cards.for_dispatchers(scene.seen, _name(handler))
        changed = [_edit(scene, row, card)] if _changes(scene, handling.DISPATCHER) else []
        return [*changed, *await _about_the_handler(scene, handler, row)]
    return [_edit(scene, row, cards.decided(scene.seen))] if scene.event.what in _DECIDED else []


def _changes(scene: _Scene, role: str) -> bool:
    """Whether the card reads differently after this event, where it names the handler of this role."""
    if scene.event.what == HANDLER_NAMED:
        return scene.event.details.get("role") == role
    return scene.event.what in _CHANGES | {RAISED, DISMISSED}


async def _about_the_handler(scene: _Scene, handler: Handler | None, row: OutboxMessage | None) -> list[Say]:
    """Ask the handler in the group to open their private chat, where it could not be written to."""
    if scene.event.what != HANDLER_UNREACHABLE or handler is None or row is None:
        return []
    if scene.event.details.get("user_id") != handler.chat_id:
        return []
    house, place = scene.house, {"chat_id": row.chat_id, "thread_id": row.thread_id}
    office = await offices.at(scene.session, platform=house.platform, bot=house.bot, **place)
    text = words.unreachable(number=scene.appeal.number, staff=handler.staff.name)
    return [Say(send_to(office, Card(text)), reply_to=row.id, appeal=scene.appeal.id, role="secret")] if office else []


async def _nobody(scene: _Scene, unit: str) -> list[Say]:
    """Tell the administrators that nobody may read it; the clock runs."""
    house = scene.house
    text = words.no_handler(number=scene.appeal.number, unit=unit)
    everybody = await offices.administrators(scene.session)
    mine = [each for each in everybody if (each.platform, each.bot) == (house.platform, house.bot)]
    return [Say(send(each.user_id, Card(text)), role="notice") for each in mine]


def _name(handler: Handler | None) -> str:
    return handler.staff.name if handler else ""


def _edit(scene: _Scene, row: OutboxMessage, card: Card) -> Say:
    return Say(edit(row.chat_id, card), edit=row.id, appeal=scene.appeal.id, role="secret")
