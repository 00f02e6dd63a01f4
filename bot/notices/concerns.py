"""What the supervisors hear of a citizen's word to them, and the citizen of theirs; nobody else hears anything."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import concerns as cards
from bot.cards.card import Card, edit, send_to
from bot.cards.concerns import ConcernView
from bot.cards.media import Where
from bot.cards.office import due_day
from bot.cards.view import view
from bot.delivery.say import Say
from bot.house import House
from bot.notices.bringing import joined, said, things_of
from bot.services import attaching, concerns
from bot.services.concerns import ROLE, ConcernKind
from bot.services.deciding import name_of
from bot.services.naming import office_of_supervisors
from bot.services.reopening import REOPENED_OFTEN
from bot.texts import concerns as words
from bot.texts.digest import LEADER
from bot.texts.fitting import rest
from bot.texts.words import files_words
from storage.domain.statuses import Event
from storage.repositories import appeals, attachments, outbox
from storage.repositories import concerns as kept
from storage.tables import Appeal, AppealEvent, Office


@dataclass(frozen=True)
class _Scene:
    session: AsyncSession
    house: House
    now: datetime
    event: AppealEvent
    office: Office
    about: ConcernView

    @property
    def appeal(self) -> Appeal:
        return self.about.seen.appeal

    @property
    def key(self) -> str:
        return f"concern:{self.about.concern.id}"


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what this event gives the supervisors to hear."""
    tell = _HEARD.get(event.what)
    if tell is None and event.what != Event.SUPERVISE:
        return []
    office = await office_of_supervisors(session, platform=house.platform, bot=house.bot)
    if office is None:
        return []
    if tell is None:
        return await _lifted(session, event, house, office, now)
    about = await concern_view(session, event.details.get("concern"), house, now=now)
    return await tell(_Scene(session, house, now, event, office, about)) if about is not None else []


async def concern_view(session: AsyncSession, concern_id: object, house: House, *, now: datetime) -> ConcernView | None:
    """Gather what the card of a concern shows; None for one that is shown elsewhere, or is not there."""
    concern = await kept.get(session, concern_id) if isinstance(concern_id, int) else None
    if concern is None or concern.kind not in set(ConcernKind):
        return None
    appeal = await session.get_one(Appeal, concern.appeal_id)
    seen = await view(session, appeal, city=house.city, calendar=house.calendar(now), now=now)
    settler = await name_of(session, concern.settled_by)
    return ConcernView(concern, seen, files=await _files(session, appeal, concern.id), settler=settler)


async def _files(session: AsyncSession, appeal: Appeal, concern_id: int) -> str:
    """Name what came with the words."""
    ids = await concerns.utterances(session, appeal, concern_id)
    things = [thing for each in ids for thing in await attachments.of_utterance(session, each)]
    return files_words(attaching.tally(things))


async def _new(scene: _Scene) -> list[Say]:
    """Put it before them, with what did not fit and what came with it."""
    card = cards.for_supervisors(scene.about)
    fresh = Say(send_to(scene.office, card), key=scene.key, appeal=scene.appeal.id, role=ROLE)
    if scene.appeal.confidential:
        return [fresh]
    left = rest(scene.about.said, cards.TEXT_LIMIT)
    more = [said(scene.appeal, part, _where(scene), scene.key, role=ROLE) for part in left]
    return [fresh, *(say for part in more for say in part), *await _things(scene, under=scene.key)]


async def _more(scene: _Scene) -> list[Say]:
    """Show on the card what was said since; what came with it is put under it."""
    rows = await outbox.standing(scene.session, platform=scene.house.platform, bot=scene.house.bot, key=scene.key)
    if not rows:
        return await _new(scene)
    if scene.appeal.confidential:
        return []
    return [*await _changed(scene), *await _things(scene, under=rows[-1].id)]


async def _changed(scene: _Scene) -> list[Say]:
    """Bring every standing card up to date."""
    rows = await outbox.standing(scene.session, platform=scene.house.platform, bot=scene.house.bot, key=scene.key)
    card = cards.for_supervisors(scene.about)
    return [Say(edit(row.chat_id, card), edit=row.id, appeal=scene.appeal.id, role=ROLE) for row in rows]


async def _checked(scene: _Scene) -> list[Say]:
    name = await name_of(scene.session, scene.event.person_id)
    return _under(scene, Card(words.checked(name=name, number=scene.appeal.number)))


async def _undelivered(scene: _Scene) -> list[Say]:
    return _under(scene, Card(words.undelivered(number=scene.appeal.number)))


async def _lifted(session: AsyncSession, event: AppealEvent, house: House, office: Office, now: datetime) -> list[Say]:
    """Tell them that an appeal was reopened so often that it is their own matter now."""
    if event.details.get("how") != REOPENED_OFTEN:
        return []
    appeal = await session.get_one(Appeal, event.appeal_id)
    seen = await view(session, appeal, city=house.city, calendar=house.calendar(now), now=now)
    unit = house.city.department(appeal.department or "")
    text = words.lifted(
        number=appeal.number,
        department=seen.department,
        times=appeal.reopens,
        due=due_day(seen) or "",
        leader=(unit.leader if unit else "") or LEADER,
    )
    return [Say(send_to(office, Card(text)), appeal=appeal.id, role="notice")]


def _under(scene: _Scene, card: Card) -> list[Say]:
    return [Say(send_to(scene.office, card), reply_to=scene.key, appeal=scene.appeal.id, role="notice")]


async def _things(scene: _Scene, *, under: int | str) -> list[Say]:
    """Bring what came with the words of this event, a later part of an album with the parts that wait.

    Where the card is put there anew, all that came with what was said.
    """
    found, files = scene.event.details.get("utterance_id"), scene.event.details.get("files")
    ids = [found] if isinstance(found, int) else []
    if scene.event.what == concerns.WANTED:
        ids = await concerns.utterances(scene.session, scene.appeal, scene.about.concern.id)
    spoken = [each for id_ in ids if (each := await appeals.utterance(scene.session, id_)) is not None]
    where, appeal, now = _where(scene), scene.appeal, scene.now
    given: dict[str, Any] = {"appeal": appeal, "where": where, "under": under, "now": now}
    if files is not None:
        return [
            say for each in spoken for say in await joined(scene.session, scene.house, words=each, new=files, **given)
        ]
    return [say for each in spoken for say in await things_of(scene.session, words=each, role=ROLE, **given)]


def _where(scene: _Scene) -> Where:
    return Where(scene.office.chat_id, scene.office.thread_id, protect=True)


_HEARD: Mapping[str, Callable[[_Scene], Awaitable[list[Say]]]] = {
    Event.CONCERN: _new,
    concerns.WANTED: _new,
    concerns.MORE: _more,
    concerns.SETTLED: _changed,
    concerns.CHECKED: _checked,
    concerns.UNDELIVERED: _undelivered,
}
