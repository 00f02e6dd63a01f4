"""What is alike and what many report, found by a real process that may die, and that is told all anew."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.services.guessing import ThoughtNeeded
from bot.thinking.lookout import Lookout
from storage.city.loading import load_city
from storage.engine import Database
from storage.repositories import people
from storage.tables import Appeal, Draft
from tests.support import databases

pytestmark = pytest.mark.timeout(300)

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NOISE = (
    "琥珀小区旁边的工地半夜还在施工,打桩机响到凌晨,根本睡不着",
    "琥珀小区旁工地夜里施工,打桩机一直响到凌晨三点,孩子睡不着觉",
    "工地半夜施工没人管?琥珀小区这边打桩机响到凌晨,没法睡",
)
SECRET = "琥珀小区旁边的工地半夜施工打桩机响到凌晨,城管的人收了钱,睡不着"


class Scene:
    """A database with appeals, and the lookout over them."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.lookout = Lookout(database=database, city=load_city(), now=lambda: NOW)
        self._filed = 0

    async def file(self, text: str, *, by: int, **columns: Any) -> int:
        async with self.database.writing() as session:
            person = await people.meet(session, platform="telegram", bot=1, user_id=by, username=None, now=NOW)
            self._filed += 1
            usual: dict[str, Any] = {"kind": "help", "urgency": "normal", "channel": "telegram", "title": "事"}
            appeal = Appeal(
                number=f"LX-20261123-{self._filed:04d}",
                citizen_id=person.id,
                alias="7F3K",
                text=text,
                accepted_at=NOW,
                **{"status": "dispatched", "town": "xiangyang", **usual, **columns},
            )
            session.add(appeal)
            await session.flush()
            return appeal.id

    async def alike(self, text: str, **place: str) -> list[int]:
        """Ask as the desk does: think where that is needed, and ask again."""
        draft = Draft(person_id=1, text=text, created_at=NOW, updated_at=NOW, **place)
        async with self.database.reading() as session:
            try:
                return list(await self.lookout.find_alike(session, draft))
            except ThoughtNeeded as needed:
                await needed.think()
                return list(await self.lookout.find_alike(session, draft))

    async def alike_at_last(self, text: str, **place: str) -> list[int]:
        async with asyncio.timeout(120):
            while not (found := await self.alike(text, **place)):
                if self.lookout._filling is not None:
                    await self.lookout._filling
        return found


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with databases.sqlite(tmp_path) as url, databases.opened(url) as database:
        made = Scene(database)
        yield made
        await made.lookout.stop()


async def test_appeals_are_compared_and_grouped_and_the_process_may_die(scene: Scene):
    assert not await scene.lookout.find_topics()  # with nothing to compare no process is started
    assert scene.lookout._process is None
    first = await scene.file(NOISE[0], by=1)
    assert await scene.alike_at_last(NOISE[1], town="xiangyang") == [first]

    second = await scene.file(NOISE[1], by=2)
    assert set(await scene.alike(NOISE[2], town="xiangyang")) == {first, second}
    assert await scene.alike(NOISE[2], town="hebin") == []
    assert await scene.alike("想问问公积金怎么提取", town="xiangyang") == []

    secret = await scene.file(SECRET, by=9, confidential=True)
    assert secret not in await scene.alike(SECRET, town="xiangyang")

    assert not await scene.lookout.find_topics()
    third = await scene.file(NOISE[2], by=3)
    [topic] = await scene.lookout.find_topics()
    assert (topic.appeals, topic.people) == ((first, second, third), 3)
    assert 1 <= len(topic.words) <= 3

    process = scene.lookout._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    await process.wait()
    assert await scene.alike(NOISE[1], town="xiangyang") == []  # nobody waits for a process that has to be started
    assert set(await scene.alike_at_last(NOISE[1], town="xiangyang")) == {first, second, third}

    async with scene.database.writing() as session:
        (await session.get_one(Appeal, third)).status = "withdrawn"
    assert not await scene.lookout.find_topics()
    assert third not in await scene.alike(NOISE[2], town="xiangyang")


async def test_the_village_of_the_form_says_where_it_is(scene: Scene):
    words = "路灯坏了半个月,晚上一片漆黑,老人不敢出门"
    there = await scene.file(f"我们这里的{words}", by=4, village="tongxin")
    assert await scene.alike_at_last(f"这里{words}", town="xiangyang", village="tongxin") == [there]
    assert await scene.alike(f"这里{words}", town="xiangyang", village="beiguan") == []
