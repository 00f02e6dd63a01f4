"""Where an office works: its group is lost and found again, its topic goes, its group gets another id."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.binding import want_cards
from bot.services.moving import Actor
from storage.repositories import bindings, events, offices, rerouting
from storage.tables import Office, OutboxMessage

TOPIC_LOST = "topic_lost"
TOPIC_SETTLED = "topic_settled"
OFFICE_LOST = "office_lost"
OFFICE_BACK = "office_back"
OFFICE_MOVED = "office_moved"
_TOPIC_KEY = "topic:"


def topic_key(office_id: int) -> str:
    """Name the call that opens an office's topic again, or makes another."""
    return f"{_TOPIC_KEY}{office_id}"


async def lose_chat(session: AsyncSession, *, platform: str, bot: int, chat_id: int, now: datetime) -> bool:
    """Note that the bot cannot write in a group any more: what is owed there waits; False where it is no office.

    Doing so again changes nothing.
    """
    here = await offices.in_chat(session, platform=platform, bot=bot, chat_id=chat_id)
    gone = [each for each in here if each.lost != "chat"]
    for each in gone:
        each.active, each.lost = False, "chat"
    if gone:
        await _told(session, OFFICE_LOST, gone, now)
    return bool(here)


async def regain_chat(session: AsyncSession, *, platform: str, bot: int, chat_id: int, now: datetime) -> list[Office]:
    """Note that the bot may write in a group again: it is bound as before, held calls go, missing cards are wanted."""
    here = await offices.in_chat(session, platform=platform, bot=bot, chat_id=chat_id)
    back = [each for each in here if each.lost == "chat"]
    for each in back:
        each.active, each.lost = True, ""
    if back:
        await _told(session, OFFICE_BACK, back, now)
    for each in back:
        await want_cards(session, each, now=now)
    return back


async def lose_topic(session: AsyncSession, office: Office, *, closed: bool, now: datetime) -> None:
    """Note that a topic cannot be written to: what is owed there waits until it is open again, or another is made."""
    if office.lost:
        return
    office.lost = "topic"
    await _told(session, TOPIC_LOST, [office], now, closed=closed)


async def lose_topic_at(
    session: AsyncSession, *, platform: str, bot: int, chat_id: int, thread_id: int, closed: bool, now: datetime
) -> bool:
    """Note that the topic with that id cannot be written to; False where it is, and was, no office's.

    What is still owed to a topic that an office has left follows it.
    """
    here = await offices.in_chat(session, platform=platform, bot=bot, chat_id=chat_id)
    office = next((each for each in here if each.thread_id == thread_id), None)
    if office is not None:
        await lose_topic(session, office, closed=closed, now=now)
        return True
    place = await offices.place_now(session, platform=platform, bot=bot, chat_id=chat_id, thread_id=thread_id)
    if place == (chat_id, thread_id) or place[0] != chat_id:
        return False
    await rerouting.to_topic(session, platform=platform, bot=bot, chat_id=chat_id, old=thread_id, new=place[1])
    return True


async def topic_made(session: AsyncSession, row: OutboxMessage, thread_id: int | None, *, now: datetime) -> None:
    """Note that an office's topic is open again (None), or which one was made instead; what waited goes there."""
    office = await _of_call(session, row)
    if office is None or office.lost != "topic":
        return
    office.lost = ""
    await _told(session, TOPIC_SETTLED, [office], now, how="reopened" if thread_id is None else "made")
    if thread_id is not None:
        await _settle_in(session, office, thread_id, now=now)


async def topic_refused(session: AsyncSession, row: OutboxMessage, *, now: datetime) -> None:
    """Note that nobody let the bot mend a topic: its office works in the group itself now.

    Where another unit works in the group itself already, the calls wait until a place is bound.
    """
    office = await _of_call(session, row)
    if office is None or office.lost != "topic":
        return
    mine: dict[str, Any] = {"platform": office.platform, "bot": office.bot, "chat_id": office.chat_id}
    taken = await offices.at(session, **mine)
    if taken is not None:
        office.active = False
        await _told(session, TOPIC_SETTLED, [office], now, how="nowhere")
        return
    office.lost = ""
    await _told(session, TOPIC_SETTLED, [office], now, how="fell_back")
    await _settle_in(session, office, 0, now=now)


async def upgrade(session: AsyncSession, *, platform: str, bot: int, old: int, new: int, now: datetime) -> None:
    """Follow a group that became a supergroup under another id; doing so twice changes nothing."""
    here = await offices.in_chat(session, platform=platform, bot=bot, chat_id=old)
    await rerouting.to_upgraded(session, platform=platform, bot=bot, old=old, new=new, now=now)
    moved = [await _moved(session, office, new) for office in here]
    if moved:
        await _told(session, OFFICE_MOVED, moved, now)
    for office in moved:
        await want_cards(session, office, now=now)


async def _moved(session: AsyncSession, office: Office, new: int) -> Office:
    """Give an office its new chat; a row that stands there from before makes room."""
    there = await bindings.office_in(
        session, platform=office.platform, bot=office.bot, chat_id=new, thread_id=office.thread_id
    )
    if there is not None and there.active:
        office.active, office.lost = False, ""
        return there
    if there is not None:
        await session.delete(there)
        await session.flush()
    office.former = [*office.former, [office.chat_id, office.thread_id]]
    office.chat_id, office.active, office.lost = new, True, ""
    await session.flush()
    return office


async def _settle_in(session: AsyncSession, office: Office, thread_id: int, *, now: datetime) -> None:
    old, chat_id = office.thread_id, office.chat_id
    stale = await bindings.office_in(
        session, platform=office.platform, bot=office.bot, chat_id=chat_id, thread_id=thread_id
    )
    if stale is not None and stale is not office:
        await session.delete(stale)
        await session.flush()
    office.former = [*office.former, [chat_id, old]]
    office.thread_id = thread_id
    await session.flush()
    await rerouting.to_topic(session, platform=office.platform, bot=office.bot, chat_id=chat_id, old=old, new=thread_id)
    await want_cards(session, office, now=now)


async def _of_call(session: AsyncSession, row: OutboxMessage) -> Office | None:
    number = (row.key or "").removeprefix(_TOPIC_KEY)
    return await session.get(Office, int(number)) if number.isdigit() else None


async def _told(session: AsyncSession, what: str, places: Sequence[Office], now: datetime, **details: Any) -> None:
    await events.record(
        session,
        what,
        at=now,
        actor=Actor.SYSTEM,
        offices=[each.id for each in places],
        departments=[each.department for each in places],
        **details,
    )
