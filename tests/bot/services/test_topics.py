"""What many people report: known again, told of as it grows, dismissed for good, forgotten when it is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import topics
from bot.services.topics import Cluster, note
from storage.domain.errors import InputRefused, NotFound
from storage.domain.topics import TopicRule
from storage.engine import Database
from storage.repositories import people
from storage.repositories import topics as kept
from storage.tables import Appeal, HotTopic

RULE = TopicRule(days=30, people=3, steps=(3, 5, 10))
NOISE = ("打桩机", "施工")


def _cluster(*appeals: int, people: int | None = None) -> Cluster:
    return Cluster(appeals, len(appeals) if people is None else people, NOISE)


async def _note(database: Database, now: datetime, *clusters: Cluster) -> int:
    async with database.writing() as session:
        return await note(session, clusters, rule=RULE, now=now)


async def _topics(database: Database) -> Sequence[HotTopic]:
    async with database.reading() as session:
        return await kept.all_known(session)


async def _dismiss(database: Database, topic_id: int, now: datetime) -> None:
    async with database.writing() as session:
        person = await people.meet(session, platform="telegram", bot=1, user_id=8101, username=None, now=now)
        await topics.dismiss(session, topic_id, person_id=person.id, now=now)


async def _filed(session: AsyncSession, at: datetime, *, confidential: bool = False, status: str = "dispatched") -> int:
    number = await kept.comparable(session, since=at - timedelta(days=999))
    person = await people.meet(session, platform="telegram", bot=1, user_id=1001, username=None, now=at)
    appeal = Appeal(
        number=f"LX-{at:%Y%m%d}-{len(number):04d}-{confidential}-{status}",
        citizen_id=person.id,
        alias="7F3K",
        kind="help",
        urgency="normal",
        channel="telegram",
        title="路灯坏了",
        text="路灯坏了半个月",
        status=status,
        confidential=confidential,
        accepted_at=at,
    )
    session.add(appeal)
    await session.flush()
    return appeal.id


async def test_a_new_topic_is_told_of_once_until_it_reaches_the_next_step(database: Database, now: datetime):
    assert await _note(database, now, _cluster(1, 2, 3)) == 1
    assert await _note(database, now, _cluster(1, 2, 3)) == 0
    assert await _note(database, now, _cluster(1, 2, 3, 4)) == 0
    assert await _note(database, now, _cluster(1, 2, 3, 4, 5)) == 1
    [topic] = await _topics(database)
    assert (topic.people, topic.told, topic.words) == (5, 5, list(NOISE))


async def test_a_topic_that_shrank_and_comes_back_to_its_size_is_not_told_of_again(database: Database, now: datetime):
    await _note(database, now, _cluster(1, 2, 3, 4, 5))
    await _note(database, now, _cluster(3, 4, 5))
    assert await _note(database, now, _cluster(3, 4, 5, 6, 7)) == 0


async def test_what_was_dismissed_is_never_told_of_again_however_it_grows(database: Database, now: datetime):
    await _note(database, now, _cluster(1, 2, 3))
    [topic] = await _topics(database)
    await _dismiss(database, topic.id, now)
    assert await _note(database, now, _cluster(1, 2, 3, 4, 5, 6)) == 0
    assert await _note(database, now, _cluster(*range(4, 16))) == 0
    with pytest.raises(InputRefused, match="topic_dismissed"):
        await _dismiss(database, topic.id, now)


async def test_what_falls_apart_is_still_one_topic_and_another_matter_is_another(database: Database, now: datetime):
    await _note(database, now, _cluster(1, 2, 3, 4, 5, 6))
    assert await _note(database, now, _cluster(1, 2, 3), _cluster(4, 5, 6)) == 0
    assert len(await _topics(database)) == 1
    assert await _note(database, now, _cluster(1, 2, 3), _cluster(7, 8, 9)) == 1
    assert len(await _topics(database)) == 2


async def test_a_topic_that_is_over_is_forgotten(database: Database, now: datetime):
    await _note(database, now, _cluster(1, 2, 3))
    [topic] = await _topics(database)
    await _note(database, now + timedelta(days=31))
    assert await _topics(database) == []
    async with database.writing() as session:
        with pytest.raises(NotFound):
            await topics.find(session, topic.id)
        with pytest.raises(NotFound):
            await topics.dismiss(session, topic.id, person_id=1, now=now)


async def test_one_that_goes_faster_than_before_is_told_of_between_the_steps_once_a_day(
    database: Database, now: datetime
):
    days = [now - timedelta(days=each) for each in (20, 15, 10, 5)]
    async with database.writing() as session:
        slow = [await _filed(session, at) for at in days]
        fast = [await _filed(session, now - timedelta(hours=each)) for each in (3, 2, 1)]
    await _note(database, now - timedelta(days=2), Cluster(tuple(slow), 5, NOISE))
    assert await _note(database, now, Cluster((*slow, *fast), 7, NOISE)) == 1
    assert await _note(database, now, Cluster((*slow, *fast), 8, NOISE)) == 0


async def test_only_what_is_open_or_fresh_and_nobodys_secret_is_compared(database: Database, now: datetime):
    long_ago = now - timedelta(days=60)
    async with database.writing() as session:
        compared = [await _filed(session, long_ago), await _filed(session, now, status="closed")]
        await _filed(session, now, confidential=True)
        await _filed(session, long_ago, status="closed")
        await _filed(session, now, status="withdrawn")
        await _filed(session, now, status="declined")
        since = now - timedelta(days=30)
        assert sorted(await kept.comparable(session, since=since)) == compared
        assert await kept.comparable_after(session, since=since, after=compared[0], limit=10) == compared[1:]
        assert await kept.comparable_after(session, since=since, after=0, limit=1) == compared[:1]


async def test_what_became_confidential_is_shown_no_more(database: Database, now: datetime):
    async with database.writing() as session:
        ids = [await _filed(session, now), await _filed(session, now, confidential=True)]
        topic = await kept.keep(session, HotTopic(appeals=ids, words=[], people=3, seen_at=now))
        assert [each.id for each in await topics.appeals_of(session, topic)] == ids[:1]
