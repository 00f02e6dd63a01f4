"""The clock asks once more and closes at last: both citizens and units read so, by day."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.say import PostBox
from bot.jobs.following_up import FollowingUp
from bot.notices import say_what_happened
from bot.services.moving import find
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.engine import Database
from storage.tables import OutboxMessage
from tests.support.desking import Front
from tests.support.handling import GROUP as UNIT
from tests.support.supervising import CITIZEN, NUMBER, appeal, town

HEAD = f"{NUMBER} 路灯坏了\n"


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    return await town(database, city, now, status=Status.ANSWERED)


def job(front: Front, woken: list[int] | None = None) -> FollowingUp:
    async def tell(session: AsyncSession, at: datetime) -> None:
        for say in await say_what_happened(session, front.house, now=at):
            await PostBox("telegram", 1).put(session, say, now=at)

    def wake() -> None:
        (woken if woken is not None else []).append(1)

    return FollowingUp(database=front.database, house=front.house, now=lambda: front.now, tell=tell, on_queued=wake)


async def said(front: Front, chat: int = CITIZEN) -> list[OutboxMessage]:
    async with front.database.reading() as session:
        mine = select(OutboxMessage).where(OutboxMessage.chat_id == chat, OutboxMessage.method == "sendMessage")
        return list((await session.execute(mine.order_by(OutboxMessage.id))).scalars())


def buttons(row: OutboxMessage) -> list[str]:
    return [each["text"] for line in row.payload["reply_markup"]["inline_keyboard"] for each in line]


async def test_three_days_later_it_asks_once(front: Front):
    woken: list[int] = []
    assert (await job(front, woken).once(), woken) == (0, [])
    front.now += timedelta(days=3)
    assert (await job(front, woken).once(), woken) == (1, [1])
    assert await job(front).once() == 0
    [row] = await said(front)
    assert row.payload["text"] == f"{HEAD}城市管理局11月23日(周一)答复过您,还没听到您的话。\n解决了吗?"
    assert buttons(row) == ["解决了", "还没有", "以后别问了"]


async def test_who_called_it_unsolved_is_asked_whether_it_goes_on(front: Front):
    await front.press(CITIZEN, 1, "c.notyet:1")
    front.now += timedelta(days=3)
    await job(front).once()
    [row] = await said(front)
    assert row.payload["text"] == f"{HEAD}您说还没解决,还没告诉我要不要接着办。"
    assert buttons(row) == ["接着办", "算了,不办了", "以后别问了"]


async def test_at_night_it_waits_for_the_morning(front: Front):
    front.now += timedelta(days=3, hours=12, minutes=30)
    assert await job(front).once() == 0
    front.now += timedelta(hours=8, minutes=30)
    assert await job(front).once() == 1


async def test_after_two_weeks_it_is_closed_unrated_and_everybody_reads_so(front: Front):
    front.now += timedelta(days=14)
    await job(front).once()
    [row] = await said(front)
    assert row.payload["text"] == (
        f"{NUMBER} 十四天没等到您的评价,先结案了,记为「未评价」,不算满意。\n"
        "没解决的话,1月6日(周三)前点「还没解决」,接着办。"
    )
    assert buttons(row) == ["还没解决"]
    kept = await appeal(front)
    assert (kept.status, kept.citizen_outcome) == ("closed", None)
    assert (await said(front, UNIT))[0].payload["text"].startswith(f"{NUMBER} 已结案:群众没有评价。")


async def test_what_was_called_unsolved_is_closed_so_after_two_weeks(front: Front):
    await front.press(CITIZEN, 1, "c.notyet:1")
    front.now += timedelta(days=14)
    await job(front).once()
    [row] = await said(front)
    assert row.payload["text"].startswith(f"{NUMBER} 您说还没解决,十四天没等到您说要不要接着办")
    assert (await appeal(front)).citizen_outcome == "unsolved"


async def test_asked_no_more_is_kept_and_the_question_goes(front: Front):
    front.now += timedelta(days=3)
    await job(front).once()
    owed = await front.press(CITIZEN, 1, "c.hush:1")
    assert owed[0].text == "好,以后答复了只问一次。要评价的话,找到这一件点「去评价」。"


async def test_a_rating_after_the_second_question_counts_as_any(front: Front):
    front.now += timedelta(days=3)
    await job(front).once()
    await front.press(CITIZEN, 1, "c.solved:1")
    await front.press(CITIZEN, 1, "c.rate:1:satisfied")
    kept = await appeal(front)
    assert (kept.status, kept.citizen_outcome, kept.satisfaction) == ("closed", "solved", "satisfied")


async def test_what_is_reopened_is_asked_about_only_after_its_next_answer(front: Front):
    await front.press(CITIZEN, 1, "c.reopen:1")
    front.now += timedelta(days=15)
    assert await job(front).once() == 0
    async with front.database.reading() as session:
        assert (await find(session, 1)).follow_up_at is None
