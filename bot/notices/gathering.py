"""What units and dispatchers hear of a matter that several tell, or of several told as one."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards.card import Card
from bot.cards.media import Where
from bot.cards.view import view_to_decide
from bot.delivery.say import Say
from bot.house import House
from bot.notices import triage
from bot.notices.bringing import joined, said_with_things
from bot.notices.scene import Scene, room_of
from bot.services import gathering
from bot.services.binding import Purpose
from bot.services.judging import DISPUTED
from bot.services.moving import Actor
from bot.services.supplementing import ATTACHED
from bot.texts import gathering as words
from bot.texts.fitting import fit
from storage.domain.masking import mask
from storage.domain.statuses import Event, Status
from storage.repositories import appeals, offices
from storage.tables import Appeal, AppealEvent, Utterance

_LONGEST: Final = 2500


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what the unit, or while none is found the dispatchers, hear of an event."""
    tell = _HEARD.get(event.what)
    appeal = await session.get(Appeal, event.appeal_id) if tell is not None and event.appeal_id else None
    if tell is None or appeal is None:
        return []
    office = await room_of(session, house, appeal) if appeal.department is not None else None
    return await tell(Scene(session, house, now, event, appeal, office))


async def _taken_in(scene: Scene) -> list[Say]:
    """Pass on what the other one said, and how many they are."""
    other = await scene.session.get_one(Appeal, scene.event.details["told"])
    said = await appeals.first_words(scene.session, other.id)
    number, alias, text = scene.appeal.number, other.alias, fit(mask(other.text), _LONGEST)
    if scene.event.actor == Actor.CITIZEN:
        told_so = words.another_tells(number=number, n=scene.appeal.others + 1, alias=alias, text=text)
    else:
        told_so = words.taken_in(number=number, other=other.number, alias=alias, text=text)
    return [*(await _under(scene, other, said, told_so) if said else []), *await _as_it_is(scene)]


async def _added(scene: Scene) -> list[Say]:
    """Pass on what somebody adds whose appeal is handled with another."""
    said, other = await scene.utterance(), scene.appeal
    if said is None or other.status != Status.MERGED:
        return []
    there = await _of_lead(scene)
    text = words.follower_added(number=there.appeal.number, alias=other.alias, text=mask(said.text))
    return await _under(there, other, said, text)


async def _attached(scene: Scene) -> list[Say]:
    """Let a later part of an album join what came before."""
    said, other = await scene.utterance(), scene.appeal
    where, under = await _place(await _of_lead(scene)) if other.status == Status.MERGED else (None, None)
    if said is None or where is None:
        return []
    new = scene.event.details.get("files", [])
    about: dict[str, Any] = {"appeal": other, "words": said, "where": where, "under": under, "now": scene.now}
    return await joined(scene.session, scene.house, new=new, **about)


async def _of_lead(scene: Scene) -> Scene:
    lead = await gathering.lead_of(scene.session, scene.appeal)
    office = await room_of(scene.session, scene.house, lead) if lead.department is not None else None
    return replace(scene, appeal=lead, office=office)


async def _merged(scene: Scene) -> list[Say]:
    """Take the buttons off the card of a unit that had it."""
    return await scene.card_as_it_is() if scene.appeal.department is not None else []


async def _owner_left(scene: Scene) -> list[Say]:
    old, new = str(scene.event.details["alias"]), scene.appeal.alias
    return await _notice(scene, words.owner_left(number=scene.appeal.number, old=old, new=new))


async def _disputed(scene: Scene) -> list[Say]:
    n = int(scene.event.details.get("unsolved") or 0)
    return await _notice(scene, words.disputed(number=scene.appeal.number, n=n), changes=False)


async def _split(scene: Scene) -> list[Say]:
    appeal, parts = scene.appeal, scene.event.details.get("parts", [])
    text = words.was_split(number=appeal.number, text=fit(mask(appeal.text), _LONGEST), parts=parts)
    return await _notice(scene, text)


async def _notice(scene: Scene, text: str, *, changes: bool = True) -> list[Say]:
    """Say something under the unit's card, and bring the card up to date."""
    said = await scene.under_card(Card(text)) if scene.appeal.department is not None else []
    return [*said, *(await _as_it_is(scene) if changes else [])]


async def _as_it_is(scene: Scene) -> list[Say]:
    """Bring the card up to date: that of the unit, or the dispatchers' while none is found."""
    if scene.appeal.department is not None:
        return await scene.card_as_it_is()
    house = scene.house
    room = await offices.theirs(scene.session, platform=house.platform, bot=house.bot, purpose=Purpose.TRIAGE)
    if room is None or scene.appeal.status != Status.PENDING_TRIAGE or scene.appeal.confidential:
        return []
    seen = await view_to_decide(
        scene.session, scene.appeal, city=house.city, calendar=house.calendar(scene.now), now=scene.now
    )
    return await triage.live(scene.session, house, room, seen)


async def _under(scene: Scene, other: Appeal, said: Utterance, text: str) -> list[Say]:
    """Say the words of another citizen under the card, with what came with them."""
    where, under = await _place(scene)
    if where is None:
        return []
    about: dict[str, Any] = {"appeal": other, "words": said, "where": where, "under": under, "now": scene.now}
    return await said_with_things(scene.session, text=text, role="supplement", **about)


async def _place(scene: Scene) -> tuple[Where | None, int | str | None]:
    """Return where an appeal is worked on, and the card there: its unit's, or while none is found the dispatchers'."""
    house = scene.house
    if scene.appeal.department is not None:
        row = await scene.unit_card_row()
        return scene.where, row.id if row else None
    room = await offices.theirs(scene.session, platform=house.platform, bot=house.bot, purpose=Purpose.TRIAGE)
    return Where(room.chat_id, room.thread_id, protect=True) if room else None, f"triage:{scene.appeal.id}"


_HEARD: Final[Mapping[str, Callable[[Scene], Awaitable[list[Say]]]]] = {
    Event.TAKE_IN: _taken_in,
    gathering.LET_GO: _as_it_is,
    Event.MERGE: _merged,
    Event.SUPPLEMENT: _added,
    ATTACHED: _attached,
    Event.OWNER_LEFT: _owner_left,
    DISPUTED: _disputed,
    Event.SPLIT: _split,
}
