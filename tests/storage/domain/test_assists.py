"""A helping unit has half of what is left to the one that leads, and one working day at least."""

from datetime import UTC, datetime, timedelta

import pytest

from storage.domain.assists import assist_due
from storage.domain.calendar import Calendar
from storage.domain.words import Urgency

MONDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)
SHORTEST = timedelta(minutes=30)


def due(calendar: Calendar, answer_due: datetime | None, urgency: Urgency = Urgency.NORMAL) -> datetime:
    return assist_due(urgency, MONDAY, answer_due, calendar, shortest=SHORTEST)


@pytest.mark.parametrize(("left", "days"), [(10, 5), (5, 2), (3, 1), (1, 1), (0, 1)])
def test_it_has_half_of_the_working_days_left_and_one_at_least(calendar: Calendar, left: int, days: int):
    assert due(calendar, calendar.add_workdays(MONDAY, left)) == calendar.add_workdays(MONDAY, days)


def test_of_what_is_late_or_has_no_limit_it_has_one_working_day(calendar: Calendar):
    for answer_due in (None, MONDAY - timedelta(days=9)):
        assert due(calendar, answer_due) == calendar.add_workdays(MONDAY, 1)


def test_what_is_extreme_runs_on_the_wall_clock(calendar: Calendar):
    hours = timedelta(hours=8)
    assert due(calendar, MONDAY + hours, Urgency.EXTREME) == MONDAY + hours / 2
    assert due(calendar, MONDAY - hours, Urgency.EXTREME) == MONDAY + SHORTEST
