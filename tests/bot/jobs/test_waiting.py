"""Who did not add what they were asked for is waited for no longer, by the clock, and both read so."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.say import PostBox
from bot.jobs.waiting import Waiting
from bot.notices import say_what_happened
from bot.services import asking
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.engine import Database
from storage.repositories import events
from storage.tables import Appeal, OutboxMessage
from tests.support.desking import Front
from tests.support.handling import CITIZEN, GROUP, at_the_unit


async def test_it_lapses_once_at_its_day_and_both_are_told(
    database: Database, city: City, now: datetime, calendar: Calendar
):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        given = {"appeal": scene.appeal, "staff": scene.li, "now": now}
        said = await asking.draft(session, **given, text="第几根?", source=None)
        await asking.ask(session, **given, words=said, calendar=calendar)
        until = scene.appeal.ask_until
        assert until is not None
    house = Front(database, city, now).house
    clock, woken = [until - timedelta(seconds=1)], []

    async def tell(session: AsyncSession, at: datetime) -> None:
        for say in await say_what_happened(session, house, now=at):
            await PostBox("telegram", 1).put(session, say, now=at)

    job = Waiting(database=database, house=house, now=lambda: clock[0], tell=tell, on_queued=lambda: woken.append(1))
    assert (await job.once(), woken) == (0, [])
    clock[0] = until
    assert (await job.once(), woken) == (1, [1])
    assert await job.once() == 0
    async with database.reading() as session:
        rows = (await session.execute(select(OutboxMessage).order_by(OutboxMessage.id))).scalars().all()
        appeal = await session.get_one(Appeal, scene.appeal.id)
        history = [each.what for each in await events.of_appeal(session, scene.appeal.id)]
    assert (appeal.status, history) == (Status.IN_PROGRESS, ["ask", "ask_lapsed"])
    told = {chat: [row.payload["text"] for row in rows if row.chat_id == chat] for chat in (CITIZEN, GROUP)}
    assert any(text.startswith("没等到您的补充,城市管理局先按现有的情况办。") for text in told[CITIZEN])
    assert any("没等到群众补充,请先按现有的情况办。" in text for text in told[GROUP])
