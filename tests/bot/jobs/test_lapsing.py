"""What nobody decided in half a working day lapses by the clock, and both sides are told."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.say import PostBox
from bot.jobs.lapsing import Lapsing
from bot.notices import say_what_happened
from bot.services import offering
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.engine import Database
from storage.repositories import events
from storage.tables import OutboxMessage
from tests.support.desking import Front
from tests.support.handling import at_the_unit


async def test_an_offer_lapses_once_and_its_unit_reads_so(database: Database, city: City, now: datetime):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        await offering.offer(
            session, appeal=scene.appeal, staff=scene.li, to="power", words="归他们", now=now, city=city
        )
    clock, woken = [now + timedelta(hours=5)], []
    house = Front(database, city, now).house

    async def tell(session: AsyncSession, at: datetime) -> None:
        for say in await say_what_happened(session, house, now=at):
            await PostBox("telegram", 1).put(session, say, now=at)

    lapsing = Lapsing(
        database=database, house=house, now=lambda: clock[0], tell=tell, on_queued=lambda: woken.append(1)
    )
    assert (await lapsing.once(), woken) == (0, [])
    clock[0] += timedelta(hours=1)
    assert (await lapsing.once(), woken) == (1, [1])
    assert await lapsing.once() == 0
    async with database.reading() as session:
        [row] = (await session.execute(select(OutboxMessage))).scalars().all()
        history = [each.what for each in await events.of_appeal(session, scene.appeal.id)]
    assert row.payload["text"] == "LX-20261123-0001 供电公司没有回音,不再等了。还由城市管理局办。"
    assert history == ["offer", "offer_lapsed"]
