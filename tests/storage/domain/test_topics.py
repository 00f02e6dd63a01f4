from datetime import UTC, datetime, timedelta

import pytest

from storage.domain.topics import TopicRule, goes_faster, has_grown, is_same

RULE = TopicRule(days=30, people=3, steps=(3, 5, 10))
NOW = datetime(2026, 11, 25, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "now", "same"),
    [
        ([1, 2, 3], [1, 2, 3, 4, 5, 6, 7], True),
        ([1, 2, 3, 4], [3, 4, 5, 6], True),
        ([1, 2, 3, 4], [4, 5, 6, 7], False),
        ([1, 2], [3, 4], False),
        ([], [], False),
    ],
)
def test_a_topic_is_the_same_where_half_of_the_smaller_stands_in_the_other(
    before: list[int], now: list[int], *, same: bool
):
    assert is_same(before, now) is same
    assert is_same(now, before) is same


@pytest.mark.parametrize(
    ("told", "people", "grown"),
    [(0, 2, False), (0, 3, True), (3, 4, False), (3, 5, True), (5, 9, False), (5, 12, True), (10, 99, False)],
)
def test_it_is_told_of_at_each_step_once(told: int, people: int, *, grown: bool):
    assert has_grown(RULE, told=told, people=people) is grown


def test_how_many_make_a_topic_is_the_first_step_even_where_the_list_begins_higher():
    assert has_grown(TopicRule(people=4, steps=(10,)), told=0, people=4)
    assert not has_grown(TopicRule(people=4, steps=(3, 10)), told=0, people=3)


def _came(*hours: float) -> list[datetime]:
    return [NOW - timedelta(hours=each) for each in hours]


@pytest.mark.parametrize(
    ("hours", "faster"),
    [
        ((1, 2, 3, 100), True),
        ((1, 2, 100), False),
        ((1, 2, 3, 25, 26), False),
        ((1, 2, 3, 25), True),
        ((1, 2, 3), True),
        ((), False),
    ],
)
def test_it_goes_faster_where_a_day_brings_more_than_twice_what_days_brought(hours: list[float], *, faster: bool):
    assert goes_faster(RULE, _came(*hours), now=NOW) is faster
