"""Counting in the municipality's working days and office hours."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.calendar import Calendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
NATIONAL_DAY = frozenset(date(2026, 10, day) for day in range(1, 8))
WORKED_SATURDAY = date(2026, 10, 10)
HOURS = ((time(8, 30), time(12)), (time(14), time(17, 30)))
CALENDAR = Calendar(
    zone=SHANGHAI,
    holidays=NATIONAL_DAY,
    extra_workdays=frozenset({WORKED_SATURDAY}),
    known_years=frozenset({2026}),
    office_hours=HOURS,
)


def at(month: int, day: int, hour: int = 9, minute: int = 0, *, year: int = 2026, zone: tzinfo = SHANGHAI) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=zone)


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 # hypothesis puts the zone in


def test_the_week_has_five_working_days():
    assert [CALENDAR.is_workday(date(2026, 11, day)) for day in range(16, 23)] == [True] * 5 + [False] * 2


def test_a_holiday_is_off_and_its_exchanged_saturday_is_worked():
    assert not CALENDAR.is_workday(date(2026, 10, 1))
    assert CALENDAR.is_workday(WORKED_SATURDAY)


def test_an_unknown_year_is_monday_to_friday_and_says_so():
    calendar = Calendar(
        zone=SHANGHAI,
        holidays=frozenset({date(2027, 10, 1)}),
        extra_workdays=frozenset({date(2027, 10, 9)}),
        known_years=frozenset({2026}),
        office_hours=HOURS,
    )
    assert calendar.is_workday(date(2027, 10, 1))
    assert not calendar.is_workday(date(2027, 10, 9))
    assert not calendar.knows(date(2027, 10, 1))
    assert calendar.knows(date(2026, 10, 1))


def test_the_office_day_ends_at_closing_in_local_time_told_in_utc():
    due = CALENDAR.end_of_office_day(date(2026, 11, 30))
    assert due == at(11, 30, 17, 30)
    assert due.tzinfo is UTC


def test_five_working_days_from_a_monday_morning_end_on_the_next_monday():
    assert CALENDAR.add_workdays(at(11, 23, 10), 5) == at(11, 30, 17, 30)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (at(11, 23, 3), at(11, 24, 17, 30)),  # before the office opens
        (at(11, 23, 12, 30), at(11, 24, 17, 30)),  # in the lunch break
        (at(11, 23, 17, 30), at(11, 24, 17, 30)),  # at the stroke of closing
        (at(11, 23, 17, 31), at(11, 25, 17, 30)),  # after closing: as on Tuesday morning
        (at(11, 27, 18), at(12, 1, 17, 30)),  # Friday evening: as on Monday morning
        (at(11, 28, 10), at(12, 1, 17, 30)),  # Saturday
        (at(9, 30, 18), at(10, 9, 17, 30)),  # the evening before the long holiday
        (at(10, 9, 10), at(10, 10, 17, 30)),  # the next day is the worked Saturday
        (at(11, 22, 17, 0, zone=UTC), at(11, 24, 17, 30)),  # Sunday in Greenwich, Monday 1 a.m. in Shanghai
    ],
)
def test_one_working_day_is_counted_from_the_working_day_the_start_belongs_to(start: datetime, due: datetime):
    assert CALENDAR.add_workdays(start, 1) == due


def test_no_days_end_on_the_day_itself_and_fewer_are_refused():
    assert CALENDAR.add_workdays(at(11, 23), 0) == at(11, 23, 17, 30)
    with pytest.raises(ValueError, match="before its start"):
        CALENDAR.add_workdays(at(11, 23), -1)


def test_the_days_left_on_the_card_are_those_of_the_promise():
    assert CALENDAR.workdays_between(at(11, 23, 10), at(11, 30, 17, 30)) == 5
    assert CALENDAR.workdays_between(at(9, 30), at(10, 10)) == 3


def test_overdue_days_are_negative():
    assert CALENDAR.workdays_between(at(11, 30), at(11, 26)) == -2


def test_days_are_counted_by_the_local_date():
    assert CALENDAR.workdays_between(at(11, 23, 15, zone=UTC), at(11, 23, 17, zone=UTC)) == 1


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (at(11, 23, 10), at(11, 23, 15, 30)),  # over the lunch break
        (at(11, 23, 8), at(11, 23, 12)),
        (at(11, 23, 13), at(11, 23, 17, 30)),
        (at(11, 23, 17), at(11, 24, 11, 30)),
        (at(11, 27, 17, 30), at(11, 30, 12)),
        (at(11, 28, 10), at(11, 30, 12)),
    ],
)
def test_half_an_office_day_passes_only_while_the_office_works(start: datetime, due: datetime):
    assert CALENDAR.add_half_days(start, 1) == due


def test_office_time_may_run_over_several_days():
    assert CALENDAR.office_day == timedelta(hours=7)
    assert CALENDAR.add_office_time(at(11, 27, 16), timedelta(hours=9)) == at(12, 1, 9, 0)


def test_office_time_is_not_counted_backwards():
    with pytest.raises(ValueError, match="forwards"):
        CALENDAR.add_office_time(at(11, 23), timedelta())


def test_the_office_is_at_work_in_its_hours_only():
    assert CALENDAR.is_office_time(at(11, 23, 8, 30))
    assert not CALENDAR.is_office_time(at(11, 23, 12, 30))
    assert not CALENDAR.is_office_time(at(11, 23, 17, 30))
    assert not CALENDAR.is_office_time(at(11, 22, 10))
    assert (CALENDAR.office_open, CALENDAR.office_close) == (time(8, 30), time(17, 30))


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        CALENDAR.add_workdays(datetime(2026, 11, 23, 9), 1)  # noqa: DTZ001 # the mistake under test


@pytest.mark.parametrize("hours", [(), ((time(9), time(9)),), ((time(9), time(12)), (time(11), time(17)))])
def test_office_hours_must_follow_one_another(hours: tuple[tuple[time, time], ...]):
    with pytest.raises(ValueError, match="one after the other"):
        Calendar(
            zone=UTC,
            holidays=frozenset(),
            extra_workdays=frozenset(),
            known_years=frozenset(),
            office_hours=hours,
        )


@given(moments, st.integers(0, 30))
def test_a_due_time_is_a_closing_of_a_working_day_and_not_before_the_start(start: datetime, days: int):
    due = CALENDAR.add_workdays(start, days)
    here = CALENDAR.local(due)
    assert due >= start
    assert CALENDAR.is_workday(here.date())
    assert here.time() == time(17, 30)


@given(moments, moments, st.integers(0, 20))
def test_who_starts_later_is_never_due_earlier(one: datetime, other: datetime, days: int):
    earlier, later = sorted((one, other))
    assert CALENDAR.add_workdays(earlier, days) <= CALENDAR.add_workdays(later, days)


@given(moments, st.integers(0, 30))
def test_days_left_are_the_days_that_were_given(start: datetime, days: int):
    counted_from = CALENDAR.end_of_office_day(CALENDAR.counting_day(start))
    assert CALENDAR.workdays_between(counted_from, CALENDAR.add_workdays(start, days)) == days


@given(moments, moments)
def test_turned_about_the_days_between_change_their_sign_only(one: datetime, other: datetime):
    assert CALENDAR.workdays_between(one, other) == -CALENDAR.workdays_between(other, one)


@given(moments, st.integers(1, 1000), st.integers(1, 1000))
def test_office_time_adds_up(start: datetime, first: int, second: int):
    step = CALENDAR.add_office_time(start, timedelta(minutes=first))
    both = CALENDAR.add_office_time(start, timedelta(minutes=first + second))
    assert CALENDAR.add_office_time(step, timedelta(minutes=second)) == both
