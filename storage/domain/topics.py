"""When what many people report (热点) is the topic it was before, and when it has grown enough to be told of."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

_DAY: Final = timedelta(days=1)
_FASTER: Final = 2


@dataclass(frozen=True, slots=True)
class TopicRule:
    """The city's rule: how many days are looked at, how many people make a topic, and at which numbers it is told of.

    `steps` ascend; the first of them that counts is the first that is not below `people`.
    """

    days: int = 30
    people: int = 3
    steps: tuple[int, ...] = (3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


def is_same(before: Collection[int], now: Collection[int]) -> bool:
    """Whether two sets of appeals are one topic at two times: half of the smaller stands in the other."""
    shared = len(set(before) & set(now))
    return shared > 0 and 2 * shared >= min(len(set(before)), len(set(now)))


def has_grown(rule: TopicRule, *, told: int, people: int) -> bool:
    """Whether a step lies between how many it was last told of with (0: never) and how many there are now."""
    return people >= rule.people and any(told < step <= people for step in (rule.people, *rule.steps))


def goes_faster(rule: TopicRule, came: Sequence[datetime], *, now: datetime) -> bool:
    """Whether the last day brought enough to make a topic, and more than twice what a day brought before.

    `came`: when each appeal of the topic was filed.
    """
    lately = sum(at > now - _DAY for at in came)
    before = len(came) - lately
    days = max((now - _DAY - min(came, default=now)) / _DAY, 1.0)
    return lately >= rule.people and lately > _FASTER * before / days
