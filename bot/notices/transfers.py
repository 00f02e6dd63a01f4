"""What units hear when an appeal changes hands: old cards point on, the new one comes, who asked is answered."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from aiogram.methods import SetMessageReaction
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import office as unit_cards
from bot.cards import transfers as cards
from bot.cards.card import Card, edit, send_to
from bot.cards.matters import place_in_list
from bot.delivery.say import Say
from bot.house import House
from bot.notices.office import dispatched
from bot.notices.scene import Scene, scene_of
from bot.services.deciding import name_of
from bot.services.triaging import history_before
from bot.texts import transfers as words
from bot.texts.fitting import fit
from bot.texts.matters import cited
from bot.texts.triage import RETURN_REFUSALS
from storage.domain.masking import mask
from storage.domain.requests import open_offer
from storage.domain.statuses import Event
from storage.repositories import appeals, offices, outbox, people
from storage.tables import AppealEvent, OutboxMessage, Utterance


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what the units that have, had or may get the appeal hear of an event."""
    tell = _HEARD.get(event.what)
    scene = await scene_of(session, event, house, now=now) if tell else None
    return await tell(scene) if tell and scene else []


async def _moved(scene: Scene) -> list[Say]:
    """Let every old card point on, and give the new unit its own."""
    says = [*await _old_cards(scene), *await _recalled(scene), *await _offer_over(scene)]
    return says + await dispatched(scene)


async def _old_cards(scene: Scene) -> list[Say]:
    number, new, key = scene.appeal.number, _unit(scene, scene.appeal.department), f"card:{scene.appeal.id}"
    house = scene.house
    rows = await outbox.standing(scene.session, platform=house.platform, bot=house.bot, key=key)
    last = words.moved(number=number, how=scene.event.what, new=new)
    earlier = words.now_at(number=number, new=new)
    return [_edited(scene, row, last if row is rows[-1] else earlier) for row in rows]


async def _recalled(scene: Scene) -> list[Say]:
    """Tell those whose words were on their way that they did not go."""
    text = words.not_sent(new=_unit(scene, scene.appeal.department))
    says: list[Say] = []
    for utterance_id in scene.event.details.get("recalled", ()):
        said = await appeals.utterance(scene.session, utterance_id)
        if said is not None:
            says += await scene.changed(await _place_of(scene, said), text)
            says += _no_longer_waiting(said)
    return says


async def _place_of(scene: Scene, said: Utterance) -> str:
    """Name the message that says what becomes of these words."""
    if said.direction != "answer" or said.person_id is None:
        return f"hold:{said.id}"
    writer = await people.get(scene.session, said.person_id)
    return f"compose:{scene.appeal.id}:{writer.user_id}"


def _no_longer_waiting(said: Utterance) -> list[Say]:
    if said.direction == "answer" or said.source_chat is None or said.source_message is None:
        return []
    return [Say(SetMessageReaction(chat_id=said.source_chat, message_id=said.source_message, reaction=[]))]


async def _return_refused(scene: Scene) -> list[Say]:
    seen = await scene.view()
    reason = RETURN_REFUSALS.get(str(scene.event.details.get("reason")), words.BY_SILENCE)
    number, due = scene.appeal.number, unit_cards.due_day(seen)
    by_list = cited(reason=reason, place=place_in_list(seen) if scene.event.person_id else None)
    text = words.return_refused(number=number, department=seen.department, reason=by_list, due=due)
    return await scene.under_card(Card(text))


async def _lead_wanted(scene: Scene) -> list[Say]:
    unit = _unit(scene, scene.appeal.department)
    return await scene.under_card(Card(words.lead_wanted(number=scene.appeal.number, department=unit)))


async def _lead_kept(scene: Scene) -> list[Say]:
    seen = await scene.view()
    number, due = scene.appeal.number, unit_cards.due_day(seen)
    text = words.lead_kept(number=number, department=seen.department, due=due)
    return await scene.under_card(Card(text)) + await _offer_over(scene)


async def _offered(scene: Scene) -> list[Say]:
    house, to = scene.house, str(scene.event.details["to"])
    office = await offices.theirs(
        scene.session, platform=house.platform, bot=house.bot, purpose="department", department=to
    )
    if office is None:
        return []
    card = cards.offer(await scene.view(), scene.event)
    return [Say(send_to(office, card), key=f"offer:{scene.appeal.id}", appeal=scene.appeal.id, role="offer")]


async def _offer_over(scene: Scene) -> list[Say]:
    """Take the buttons off an offer that this event ends: off the question, and off the word of it."""
    history = await history_before(scene.session, scene.appeal.id, before=scene.event)
    offered = open_offer(history)
    if offered is None:
        return []
    number, to = scene.appeal.number, _unit(scene, offered.details["to"])
    asked = await scene.changed(f"offer:{scene.appeal.id}", await _answered(scene), role="offer")
    ended = words.no_longer_offered(number=number, to=to)
    if scene.event.what == Event.TAKE_OVER:
        ended = words.moved(number=number, how=scene.event.what, new=to)
    return asked + await scene.changed(f"offered:{scene.appeal.id}", ended, role="inside")


async def _answered(scene: Scene) -> str:
    """Write what is left of the question in the other unit's group."""
    event, number = scene.event, scene.appeal.number
    name = await name_of(scene.session, event.person_id)
    if event.what == Event.TAKE_OVER:
        return words.taken_over(number=number, staff=name)
    if event.what == Event.OFFER_DECLINED:
        return words.declined_here(number=number, staff=name, reason=_words(scene))
    return words.offer_over(number=number, how=event.what, department=_unit(scene, scene.appeal.department))


async def _declined(scene: Scene) -> list[Say]:
    number, to = scene.appeal.number, _unit(scene, scene.event.details["to"])
    text = words.declined(number=number, to=to, reason=_words(scene), department=_unit(scene, scene.appeal.department))
    return await _offer_over(scene) + await scene.under_card(Card(text))


async def _lapsed(scene: Scene) -> list[Say]:
    to, unit = _unit(scene, scene.event.details["to"]), _unit(scene, scene.appeal.department)
    text = words.lapsed(number=scene.appeal.number, to=to, department=unit)
    return await _offer_over(scene) + await scene.under_card(Card(text))


async def _handed_over(scene: Scene) -> list[Say]:
    return await scene.card_as_it_is()


async def _noted(scene: Scene) -> list[Say]:
    """Show the unit what a former one says; its own notes it has read."""
    former = scene.event.details.get("former")
    said = await scene.utterance()
    if former is None or said is None:
        return []
    name = await name_of(scene.session, said.person_id)
    text = words.former_note(
        number=scene.appeal.number, department=_unit(scene, former), staff=name, text=fit(mask(said.text))
    )
    return await scene.under_card(Card(text))


def _edited(scene: Scene, row: OutboxMessage, text: str) -> Say:
    return Say(edit(row.chat_id, Card(text)), edit=row.id, appeal=scene.appeal.id, role="card")


def _words(scene: Scene) -> str:
    return fit(mask(str(scene.event.details.get("words") or "")), 500)


def _unit(scene: Scene, code: str | None) -> str:
    unit = scene.house.city.department(code or "")
    return unit.name if unit else ""


_HEARD: Mapping[str, Callable[[Scene], Awaitable[list[Say]]]] = {
    Event.RETURN_AGREED: _moved,
    Event.TAKE_OVER: _moved,
    Event.LEAD_NAMED: _moved,
    Event.LEAD_KEPT: _lead_kept,
    Event.LEAD_WANTED: _lead_wanted,
    Event.RETURN_REFUSED: _return_refused,
    Event.OFFER: _offered,
    Event.OFFER_DECLINED: _declined,
    Event.OFFER_WITHDRAWN: _offer_over,
    Event.OFFER_LAPSED: _lapsed,
    Event.ANSWER: _offer_over,
    Event.DELIVERED: _offer_over,
    Event.WITHDRAW: _offer_over,
    Event.HAND_OVER: _handed_over,
    Event.NOTE: _noted,
}
