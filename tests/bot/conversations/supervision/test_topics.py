"""What many people report, in the supervisors' group: the card, the numbers behind it, watching on, dismissing."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.say import PostBox
from bot.jobs.topics import Topics
from bot.notices import say_what_happened
from bot.services.topics import Cluster
from storage.domain.city import City
from storage.repositories import people
from storage.tables import Appeal, Office
from tests.support import databases
from tests.support.desking import BOT, PLATFORM, Front, Owed
from tests.support.screens import last, press, toasts
from tests.support.watching import LI, SUPERVISION, SUPERVISOR, UNIT, appeal_now, arrived, filed, said_in

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PHONE = "13812345678"


@pytest.fixture
async def front(tmp_path: Path, city: City) -> AsyncIterator[Front]:
    async with databases.sqlite(tmp_path) as url, databases.opened(url) as database:
        made = Front(database, city, MONDAY)
        await made.bind_cast({UNIT})
        yield made


async def looked(front: Front, *clusters: Cluster) -> list[Owed]:
    """Look once, finding these; return what others hear of it."""

    async def found() -> tuple[Cluster, ...]:
        return clusters

    async def tell(session: AsyncSession, now: datetime) -> None:
        for say in await say_what_happened(session, front.house, now=now):
            await PostBox(PLATFORM, BOT).put(session, say, now=now)

    job = Topics(
        database=front.database,
        house=replace(front.house, find_topics=found),
        now=lambda: front.now,
        tell=tell,
        on_queued=lambda: None,
    )
    await job.once()
    return await arrived(front)


async def noise(front: Front, number: int = 3, **columns: Any) -> Cluster:
    """File so many of different people; return them as one cluster."""
    ids = []
    for each in range(number):
        ids.append(await filed(front, town="xiangyang", text=f"王建国说打{PHONE}没人接", **columns))
        async with front.database.writing() as session:
            by = {"platform": PLATFORM, "bot": BOT, "user_id": 1100 + each, "username": None}
            person = await people.meet(session, **by, now=front.now)
            (await session.get_one(Appeal, ids[-1])).citizen_id = person.id
    return Cluster(tuple(ids), number, ("打桩机", "施工"))


async def test_a_topic_is_told_with_its_numbers_and_units_and_nothing_anybody_said(front: Front):
    [said] = said_in(await looked(front, await noise(front)), SUPERVISION)
    assert said == "【同类增多】向阳街道 打桩机、施工\n30天3件,3人反映:\n城市管理局3件"
    await press(front, "看编号", SUPERVISION, by=SUPERVISOR)
    shown = last(front, SUPERVISION)
    assert "LX-20261123-0001 城市管理局 办理中" in shown.text
    assert PHONE not in shown.text
    assert "王建国" not in shown.text


async def test_at_night_nothing_is_looked_for(front: Front):
    cluster = await noise(front)
    front.now = MONDAY + timedelta(hours=14)
    assert await looked(front, cluster) == []


async def test_watching_on_takes_the_buttons_off_and_growth_brings_another_card(front: Front):
    cluster = await noise(front, 5)
    await looked(front, replace(cluster, appeals=cluster.appeals[:3], people=3))
    await press(front, "继续看", SUPERVISION, by=SUPERVISOR)
    shown = last(front, SUPERVISION)
    assert "继续看着" in shown.text
    assert not shown.buttons
    assert len(said_in(await looked(front, cluster), SUPERVISION)) == 1


async def test_what_is_one_thing_is_merged_into_the_oldest_after_asking(front: Front):
    cluster = await noise(front, 4)
    async with front.database.writing() as session:
        (await session.get_one(Appeal, cluster.appeals[1])).status = "closed"
    await looked(front, cluster)
    await press(front, "合成一件", SUPERVISION, by=SUPERVISOR)
    assert "把另外2件并到最早的 LX-20261123-0001,由城市管理局办" in last(front, SUPERVISION).text
    owed = await press(front, "是,合成一件", SUPERVISION, by=SUPERVISOR)
    assert "把另外2件并到了 LX-20261123-0001。" in last(front, SUPERVISION).text
    assert any("合在一起办" in each.text for each in owed if each.chat == 1102)
    states = [(await appeal_now(front, each)).status for each in cluster.appeals]
    assert states == ["in_progress", "closed", "merged", "merged"]
    await looked(front, replace(cluster, people=5))
    await press(front, "合成一件", SUPERVISION, by=SUPERVISOR)
    assert "没有能合在一起的" in toasts(await press(front, "合成一件", SUPERVISION, by=SUPERVISOR))[0]
    card = last(front, SUPERVISION).id or 0
    assert "没有能合在一起的" in toasts(await front.press(SUPERVISION, card, "s.mergeok:1", by=SUPERVISOR))[0]


async def test_what_is_not_one_thing_is_told_of_no_more(front: Front):
    cluster = await noise(front, 5)
    await looked(front, replace(cluster, appeals=cluster.appeals[:3], people=3))
    await press(front, "不是一件事", SUPERVISION, by=SUPERVISOR)
    shown = last(front, SUPERVISION)
    assert "不是一件事" in shown.text
    assert not shown.buttons
    assert said_in(await looked(front, cluster), SUPERVISION) == []


async def test_only_a_supervisor_may(front: Front):
    await looked(front, await noise(front))
    card = last(front, SUPERVISION)
    for label in ("合成一件", "看编号", "继续看", "不是一件事"):
        owed = await front.press(SUPERVISION, card.id or 0, card.buttons[label], by=LI)
        assert toasts(owed)
        assert not any(each.method == "editMessageText" for each in owed)


async def test_without_supervisors_nobody_hears_of_it(front: Front):
    async with front.database.writing() as session:
        await session.execute(update(Office).where(Office.chat_id == SUPERVISION).values(active=False))
    assert await looked(front, await noise(front)) == []


async def test_what_may_not_be_merged_stays_and_where_nothing_may_it_is_said(front: Front):
    cluster = await noise(front, 3)
    async with front.database.writing() as session:
        for each in cluster.appeals[1:]:
            (await session.get_one(Appeal, each)).answer_pressed_at = front.now
    await looked(front, cluster)
    await press(front, "合成一件", SUPERVISION, by=SUPERVISOR)
    assert "没有能合在一起的" in toasts(await press(front, "是,合成一件", SUPERVISION, by=SUPERVISOR))[0]
    assert {(await appeal_now(front, each)).status for each in cluster.appeals} == {"in_progress"}
