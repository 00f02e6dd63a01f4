"""What is heard of an answer that did not arrive at first: told by telephone, given up for now, arrived after all."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards.card import Card, send
from bot.cards.rating import ask_contacted
from bot.delivery.say import Say
from bot.house import House
from bot.notices.scene import Scene, scene_of
from bot.services.deciding import name_of
from bot.services.reaching import undelivered_key
from bot.services.receipts import RELAYED
from bot.texts import reaching as words
from bot.texts import tidings
from storage.domain.statuses import Event, Status
from storage.tables import AppealEvent


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what the unit and the citizen hear of an event."""
    tell = _HEARD.get(event.what)
    scene = await scene_of(session, event, house, now=now) if tell else None
    return await tell(scene) if tell and scene else []


async def _told_by_phone(scene: Scene) -> list[Say]:
    """Take the buttons off the notice, and say who called."""
    staff = await name_of(scene.session, scene.event.person_id)
    return [
        *await _notice_reads(scene, words.told(number=scene.appeal.number, staff=staff)),
        *await scene.card_as_it_is(),
    ]


async def _stopped(scene: Scene) -> list[Say]:
    """Say that no time is counted; the notice still takes a call that got through after all."""
    text = words.stopped(number=scene.appeal.number)
    return [*await scene.under_card(Card(text)), *await scene.card_as_it_is()]


async def _arrived(scene: Scene) -> list[Say]:
    """Take the buttons off the notice of an answer that arrived after all."""
    said = await scene.utterance()
    if said is None or said.direction != "answer" or not scene.event.details.get("caught_up"):
        return []
    return await _notice_reads(scene, tidings.caught_up(number=scene.appeal.number))


async def _arrived_late(scene: Scene) -> list[Say]:
    """Ask the citizen, too, how it went: what they were told by telephone they have in writing now."""
    gone = await _arrived(scene)
    said, appeal = await scene.utterance(), scene.appeal
    late = said is not None and said.direction == "answer" and scene.event.details.get("caught_up")
    if not late or appeal.status != Status.ANSWERED:
        return gone
    citizen, card = (await scene.view()).citizen, ask_contacted(appeal)
    asked = Say(send(citizen.user_id, card), key=f"rating:{appeal.id}", appeal=appeal.id, role="rating")
    return [asked, *gone, *await scene.card_as_it_is()]


async def _notice_reads(scene: Scene, text: str) -> list[Say]:
    utterance_id = scene.event.details.get("utterance_id")
    return await scene.changed(undelivered_key(utterance_id), text, role="notice") if utterance_id else []


_HEARD: Mapping[str, Callable[[Scene], Awaitable[list[Say]]]] = {
    Event.TOLD_BY_PHONE: _told_by_phone,
    Event.UNREACHABLE: _stopped,
    Event.DELIVERED: _arrived,
    RELAYED: _arrived_late,
}
