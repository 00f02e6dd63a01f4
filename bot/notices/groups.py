"""What a group hears of itself: its topic, what the bot may not do in it, who works there no more."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Final

from aiogram.methods import CreateForumTopic, ReopenForumTopic
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards.card import Card, data, send_to
from bot.cards.lists import title_line
from bot.delivery.say import Say
from bot.house import House
from bot.services.leaving import STAFF_LEFT
from bot.services.placing import TOPIC_LOST, TOPIC_SETTLED, topic_key
from bot.services.rights import RIGHTS_MISSING, Right
from bot.texts import admin, office
from storage.repositories import offices
from storage.tables import Appeal, AppealEvent, Office

_MOST = 20


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:  # noqa: ARG001 - as every audience
    """Return what an event gives a group to hear, or to do with its topic."""
    tell = _HEARD.get(event.what)
    return await tell(session, event, house) if tell is not None else []


async def _topic_lost(session: AsyncSession, event: AppealEvent, house: House) -> list[Say]:
    """Open the topic again, or make another under the unit's name."""
    place = await _office(session, event)
    if place is None:
        return []
    name = admin.office_name(place.purpose, house.city.department(place.department or ""))
    closed = bool(event.details.get("closed"))
    call = (
        ReopenForumTopic(chat_id=place.chat_id, message_thread_id=place.thread_id)
        if closed
        else CreateForumTopic(chat_id=place.chat_id, name=name)
    )
    return [Say(call, key=topic_key(place.id), role="topic")]


async def _topic_settled(session: AsyncSession, event: AppealEvent, house: House) -> list[Say]:
    """Say in the group, once, that a unit works there now."""
    place = await _office(session, event)
    if place is None or event.details.get("how") != "fell_back":
        return []
    name = admin.office_name(place.purpose, house.city.department(place.department or ""))
    return [Say(send_to(place, Card(office.works_here_now(department=name))), role="notice")]


async def _rights_missing(session: AsyncSession, event: AppealEvent, _house: House) -> list[Say]:
    place, missing = await _office(session, event), event.details["missing"]
    if place is None or Right.WRITE in missing:
        return []
    return [Say(send_to(place, Card(admin.rights_missing(rights=missing))), role="notice")]


async def _staff_left(session: AsyncSession, event: AppealEvent, house: House) -> list[Say]:
    """Name what somebody who left had signed for, so that somebody else takes it over."""
    claimed = [await session.get(Appeal, number) for number in event.details.get("claimed", ())]
    found = [each for each in claimed if each is not None]
    department = str(event.details.get("department") or "")
    place = await offices.theirs(
        session, platform=house.platform, bot=house.bot, purpose="department", department=department
    )
    left = await offices.staff(session, int(event.details["staff"]))
    if not found or place is None or left is None:
        return []
    open_to_all = [each for each in found if not each.confidential][:_MOST]
    rows = [[(office.take_over(number=each.number), data("o.take", each.id))] for each in open_to_all]
    text = office.staff_left(name=left.name, lines=[title_line(each) for each in found])
    return [Say(send_to(place, Card(text, rows)), role="notice")]


async def _office(session: AsyncSession, event: AppealEvent) -> Office | None:
    [number] = event.details["offices"]
    return await session.get(Office, number)


_HEARD: Final[Mapping[str, Callable[[AsyncSession, AppealEvent, House], Awaitable[list[Say]]]]] = {
    TOPIC_LOST: _topic_lost,
    TOPIC_SETTLED: _topic_settled,
    RIGHTS_MISSING: _rights_missing,
    STAFF_LEFT: _staff_left,
}
