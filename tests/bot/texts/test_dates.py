"""Dates as the office writes them, in the city's own time."""

from datetime import UTC, datetime

import pytest

from bot.texts import dates
from storage.domain.calendar import Calendar

LATE = datetime(2026, 11, 22, 16, 5, tzinfo=UTC)  # a quarter past midnight in the city, and Monday there


def test_a_date_is_the_citys_own_with_its_weekday(calendar: Calendar):
    assert dates.day(LATE, calendar) == "11月23日(周一)"


@pytest.mark.parametrize(("day", "weekday"), list(zip(range(23, 30), "一二三四五六日", strict=True)))
def test_each_day_of_the_week_has_its_name(calendar: Calendar, day: int, weekday: str):
    assert dates.day(datetime(2026, 11, day, 4, tzinfo=UTC), calendar) == f"11月{day}日(周{weekday})"


def test_a_time_of_day_has_two_digits_each(calendar: Calendar):
    assert dates.clock(LATE, calendar) == "00:05"
    assert dates.day_and_clock(LATE, calendar) == "11月23日(周一)00:05"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=UTC), "今天 17:00"),
        (datetime(2026, 11, 22, 15, 59, tzinfo=UTC), "11月22日(周日)23:59"),
        (datetime(2026, 11, 23, 16, tzinfo=UTC), "11月24日(周二)00:00"),
    ],
)
def test_only_what_is_today_in_the_city_is_called_so(calendar: Calendar, moment: datetime, said: str):
    assert dates.clock_near(moment, LATE, calendar) == said
