"""The calendar of the sample city, built from the announced holidays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storage.city.calendar import build_calendar, calendar_around
from storage.city.loading import load_city
from storage.domain.calendar import Calendar

CITY = load_city()


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return calendar_around(CITY, date(2026, 11, 22))


def test_national_day_2026_is_off_for_a_week_and_two_weekend_days_are_worked(calendar: Calendar):
    week = [date(2026, 10, 1) + timedelta(days=n) for n in range(7)]
    assert not any(calendar.is_workday(day) for day in week)
    assert calendar.is_workday(date(2026, 10, 8))
    assert calendar.is_workday(date(2026, 9, 20))
    assert calendar.is_workday(date(2026, 10, 10))


def test_spring_festival_2026_runs_from_the_15th_to_the_23rd_of_february(calendar: Calendar):
    days = [date(2026, 2, 14) + timedelta(days=n) for n in range(11)]
    assert [day.day for day in days if calendar.is_workday(day)] == [14, 24]


def test_a_year_with_exchanged_weekends_is_known(calendar: Calendar):
    assert calendar.knows(date(2026, 1, 1))
    assert calendar.knows(date(2025, 1, 1))


def test_a_year_not_announced_is_unknown_and_monday_to_friday():
    calendar = build_calendar(CITY, [2026, 2090])
    assert not calendar.knows(date(2090, 10, 2))
    assert calendar.is_workday(date(2090, 10, 2))
    assert not calendar.is_workday(date(2090, 9, 30))


def test_a_year_beyond_the_package_is_unknown():
    assert build_calendar(CITY, [2500]).known_years == frozenset()


def test_only_days_of_the_known_years_are_held(calendar: Calendar):
    assert {day.year for day in calendar.holidays | calendar.extra_workdays} == calendar.known_years


def test_a_country_nobody_lists_has_no_known_year():
    nowhere = replace(CITY, holidays_country="XX")
    assert build_calendar(nowhere, [2026]).known_years == frozenset()


def test_office_hours_and_zone_are_the_citys(calendar: Calendar):
    assert calendar.office_hours == CITY.office_hours
    assert str(calendar.zone) == "Asia/Shanghai"
