"""Nobody is asked after a draft at night, nor before its time."""

from datetime import datetime, timedelta

import pytest

from storage.domain import care
from storage.domain.calendar import Calendar


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("23 10:00", "23 10:10"),
        ("23 21:49", "23 21:59"),
        ("23 21:50", "24 07:00"),
        ("24 03:00", "24 07:00"),
        ("24 06:55", "24 07:05"),
        ("28 21:55", "29 07:00"),
    ],
)
def test_ten_minutes_later_or_at_the_end_of_the_night(calendar: Calendar, said: str, asked: str):
    assert care.soon_after(_at(said, calendar), calendar) == _at(asked, calendar)


def test_the_next_morning_is_that_of_the_next_calendar_day(calendar: Calendar):
    assert care.next_morning(_at("27 16:00", calendar), calendar) == _at("28 08:30", calendar)


def test_half_an_office_day_is_counted_in_office_time(calendar: Calendar):
    assert care.half_a_day_after(_at("24 08:30", calendar), calendar) == _at("24 12:00", calendar)
    assert care.half_a_day_after(_at("28 08:30", calendar), calendar) == _at("30 12:00", calendar)


def test_it_waits_as_long_as_a_draft_is_begun_to_wait():
    assert timedelta(minutes=10) == care.LEFT_ALONE


def _at(said: str, calendar: Calendar) -> datetime:
    return datetime.strptime(f"2026-11-{said}", "%Y-%m-%d %H:%M").replace(tzinfo=calendar.zone)
