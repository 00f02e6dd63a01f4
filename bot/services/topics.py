"""What many people report at once (热点): known again from one look to the next, told of as it grows, dismissed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import merging
from bot.services.moving import Actor
from storage.domain.calendar import Calendar
from storage.domain.errors import InputRefused, NotFound, Refused
from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Status
from storage.domain.topics import TopicRule, goes_faster, has_grown, is_same
from storage.repositories import events, topics
from storage.tables import Appeal, HotTopic

GREW: Final = "topic_grew"
"""A topic came up, or grew to another step or faster than before: `topic` (its id) and `people` in the details."""
DISMISSED: Final = "topic_dismissed"
_DAY: Final = timedelta(days=1)
_AT_ONCE: Final = 50


@dataclass(frozen=True)
class Cluster:
    """Appeals (ids, the oldest first) that many people filed about one thing, and the words that name it."""

    appeals: tuple[int, ...]
    people: int
    words: tuple[str, ...]


async def note(session: AsyncSession, clusters: Sequence[Cluster], *, rule: TopicRule, now: datetime) -> int:
    """Keep what is reported now, and record which topics are to be told of; return how many these are.

    A cluster that is part of a topic another one stands for already is left to it.
    """
    known = {topic.id: (topic, tuple(topic.appeals)) for topic in await topics.all_known(session)}
    taken: set[int] = set()
    told = 0
    for cluster in clusters:
        topic = next((each for each, before in known.values() if is_same(before, cluster.appeals)), None)
        if topic is not None and topic.id in taken:
            continue
        topic = await _kept(session, topic, cluster, now)
        taken.add(topic.id)
        told += await _told(session, topic, rule, now)
    await topics.forget_unseen(session, since=now - timedelta(days=rule.days))
    return told


async def _kept(session: AsyncSession, topic: HotTopic | None, cluster: Cluster, now: datetime) -> HotTopic:
    if topic is None:
        return await topics.keep(
            session,
            HotTopic(appeals=list(cluster.appeals), words=list(cluster.words), people=cluster.people, seen_at=now),
        )
    topic.appeals, topic.words = list(cluster.appeals), list(cluster.words)
    topic.people, topic.seen_at = cluster.people, now
    return topic


async def _told(session: AsyncSession, topic: HotTopic, rule: TopicRule, now: datetime) -> bool:
    """Record that a topic is to be told of, where it is; what was dismissed never is."""
    if topic.dismissed_at is not None:
        return False
    if not has_grown(rule, told=topic.told, people=topic.people) and not await _hastens(session, topic, rule, now):
        return False
    topic.told, topic.told_at = max(topic.told, topic.people), now
    await events.record(session, GREW, at=now, actor=Actor.SYSTEM, topic=topic.id, people=topic.people)
    return True


async def _hastens(session: AsyncSession, topic: HotTopic, rule: TopicRule, now: datetime) -> bool:
    """Whether it goes faster than before, and nothing was told of it for a day."""
    if topic.people <= topic.told or (topic.told_at is not None and now - topic.told_at < _DAY):
        return False
    came = [each.accepted_at for each in await topics.appeals_of(session, topic.appeals)]
    return goes_faster(rule, came, now=now)


async def find(session: AsyncSession, topic_id: int) -> HotTopic:
    """Return a topic; raise NotFound for one that is long over."""
    topic = await topics.get(session, topic_id)
    if topic is None:
        raise NotFound(f"no topic {topic_id}")
    return topic


async def appeals_of(session: AsyncSession, topic: HotTopic) -> Sequence[Appeal]:
    """Return its appeals, the newest first, without what has become confidential meanwhile."""
    return await topics.appeals_of(session, topic.appeals)


async def to_merge(session: AsyncSession, topic: HotTopic) -> tuple[Appeal, Sequence[Appeal]] | None:
    """Return the oldest of its open appeals that takes others in, and those others; None where there are not two."""
    alone = [each for each in reversed(await appeals_of(session, topic)) if Status(each.status) in OPEN]
    lead = next((each for each in alone if merging.may_take_in(each)), None)
    others = [each for each in alone if each is not lead][:_AT_ONCE]
    return (lead, others) if lead is not None and others else None


async def merge(
    session: AsyncSession, topic_id: int, *, person_id: int, now: datetime, calendar: Calendar
) -> tuple[Appeal, int]:
    """Handle a topic's open appeals with the oldest of them (合成一件); return that one, and how many it took in.

    One that may not be merged is left as it is. Raises NotFound, or InputRefused("topic_alone") where none could be.
    """
    found = await to_merge(session, await find(session, topic_id))
    if found is None:
        raise InputRefused("topic_alone")
    lead, others = found
    merged = sum([await _merged(session, each, lead, person_id, now, calendar) for each in others])
    if not merged:
        raise InputRefused("topic_alone")
    return lead, merged


async def _merged(
    session: AsyncSession, appeal: Appeal, lead: Appeal, person_id: int, now: datetime, calendar: Calendar
) -> bool:
    try:
        await merging.merge(
            session, appeal_id=appeal.id, other_id=lead.id, person_id=person_id, now=now, calendar=calendar
        )
    except Refused:
        return False
    return True


async def dismiss(session: AsyncSession, topic_id: int, *, person_id: int, now: datetime) -> HotTopic:
    """Say nothing more of a topic: it is not one matter. Raises NotFound, or InputRefused("topic_dismissed")."""
    topic = await topics.locked(session, topic_id)
    if topic is None:
        raise NotFound(f"no topic {topic_id}")
    if topic.dismissed_at is not None:
        raise InputRefused("topic_dismissed")
    topic.dismissed_by, topic.dismissed_at = person_id, now
    await events.record(session, DISMISSED, at=now, actor=Actor.SUPERVISOR, person_id=person_id, topic=topic.id)
    return topic
