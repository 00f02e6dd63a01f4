"""Unfinished drafts are looked after on both databases: each step once, none before its time, none without consent."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.services.caring import Stage
from storage.domain.city import City
from storage.engine import Database
from storage.repositories import drafts, people
from storage.tables import Draft, OutboxMessage
from tests.support.desking import Front

WORDS = "路灯坏了半个月"


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    front = Front(database, city, now)
    await front.bind_cast([])
    for user_id, version in ((1001, 1), (1002, None), (1003, 1)):
        async with database.writing() as session:
            person = await people.meet(session, platform="telegram", bot=1, user_id=user_id, username=None, now=now)
            person.consent_version = version
            await drafts.begin(session, person.id, text=WORDS if user_id != 1003 else "", now=now)
    return front


async def draft_of(front: Front) -> Draft:
    async with front.database.reading() as session:
        return (await session.execute(select(Draft).order_by(Draft.id))).scalars().all()[0]


async def test_three_steps_and_no_fourth(front: Front):
    stages = []
    for hours in (0.2, 22.5, 6, 48):
        front.now += timedelta(hours=hours)
        owed = await front.tend()
        stages.append((await draft_of(front)).care)
        assert len(owed) == (0 if hours == 48 else 1)
    assert stages == [Stage.REMINDED, Stage.AGAIN, Stage.SHOWN, Stage.SHOWN]
    assert (await draft_of(front)).care_at is None


async def test_a_reminder_is_not_repeated_when_nobody_knows_whether_it_arrived(front: Front):
    front.now += timedelta(minutes=11)
    await front.tend()
    async with front.database.reading() as session:
        [row] = (await session.execute(select(OutboxMessage))).scalars().all()
    assert (row.once, row.chat_id) == (True, 1001)


async def test_without_dispatchers_it_waits_for_them(database: Database, city: City, now: datetime):
    front = Front(database, city, now)
    async with database.writing() as session:
        person = await people.meet(session, platform="telegram", bot=1, user_id=1001, username=None, now=now)
        person.consent_version = 1
        draft = await drafts.begin(session, person.id, text=WORDS, now=now)
        draft.care = Stage.AGAIN
    front.now += timedelta(days=1)
    assert await front.tend() == []
    assert (await draft_of(front)).care == Stage.AGAIN
    await front.bind_cast([])
    front.now += timedelta(minutes=11)
    assert len(await front.tend()) == 1
