"""A clock that stood still: the limit is later by the working days it stood, and never sooner."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.deadlines import asked_until, is_last_day, resumed_due
from storage.domain.words import Urgency
from tests.storage.domain.test_deadlines import CALENDAR, MONDAY, SHANGHAI, closing

DUE = closing(11, 30)
MOMENTS = st.datetimes(datetime(2026, 11, 1), datetime(2027, 2, 1), timezones=st.just(UTC))  # noqa: DTZ001 # hypothesis puts the zone in
WAITS = st.timedeltas(timedelta(), timedelta(days=14))
ORDINARY = st.sampled_from([Urgency.NORMAL, Urgency.URGENT])


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


def resumed(paused: datetime, again: datetime, *, due: datetime = DUE, urgency: Urgency = Urgency.NORMAL) -> datetime:
    return resumed_due(due, urgency=urgency, paused=paused, resumed=again, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("paused", "again", "due"),
    [
        (at(23, 10), at(24, 10), closing(12, 1)),
        (at(23, 10), at(25, 10), closing(12, 2)),
        (at(23, 10), at(23, 15), DUE),  # supplied on the day it was asked for
        (at(23, 18), at(24, 8), DUE),  # the night counts for the day that follows
        (at(28, 10), at(29, 20), DUE),  # the weekend is no working day
        (at(27, 15), at(30, 10), closing(12, 1)),
        (at(23, 10), asked_until(at(23, 10), CALENDAR), closing(12, 7)),  # the longest there is
    ],
)
def test_the_limit_is_later_by_the_working_days_the_clock_stood(paused: datetime, again: datetime, due: datetime):
    assert resumed(paused, again) == due


def test_the_clock_of_an_emergency_stands_by_night_too():
    due = MONDAY + timedelta(days=1)
    again = at(23, 22) + timedelta(hours=10)
    assert resumed(at(23, 22), again, due=due, urgency=Urgency.EXTREME) == due + timedelta(hours=10)


@given(MOMENTS, MOMENTS, MOMENTS, st.sampled_from(Urgency))
def test_the_limit_is_never_sooner_whatever_the_moments_are(
    due: datetime, paused: datetime, again: datetime, urgency: Urgency
):
    assert resumed(paused, again, due=due, urgency=urgency) >= due


@given(MOMENTS, MOMENTS, WAITS, ORDINARY)
def test_a_moved_limit_ends_with_an_office_day_no_more_working_days_on_than_passed(
    due: datetime, paused: datetime, wait: timedelta, urgency: Urgency
):
    new, passed = resumed(paused, paused + wait, due=due, urgency=urgency), (paused, paused + wait)
    if new != due:
        assert new == CALENDAR.end_of_office_day(CALENDAR.local(new).date())
        assert CALENDAR.workdays_between(CALENDAR.end_of_office_day(CALENDAR.counting_day(due)), new) <= (
            CALENDAR.workdays_between(*passed)
        )


@given(MOMENTS, ORDINARY)
def test_pausing_and_resuming_at_once_moves_nothing(moment: datetime, urgency: Urgency):
    assert resumed(moment, moment, urgency=urgency) == DUE


@given(MOMENTS, WAITS)
def test_office_time_between_two_moments_is_what_adding_it_leads_over(start: datetime, wait: timedelta):
    worked = CALENDAR.office_time_between(start, start + wait)
    assert timedelta() <= worked <= wait
    if worked:
        assert CALENDAR.add_office_time(start, worked) <= start + wait
    assert CALENDAR.office_time_between(start + wait, start) == timedelta()


@pytest.mark.parametrize(
    ("now", "last"),
    [(at(26, 10), False), (at(27, 10), True), (at(28, 10), True), (at(30, 9), True), (at(30, 20), True)],
)
def test_the_last_day_begins_one_working_day_before_the_limit(now: datetime, last: bool):  # noqa: FBT001 - a parameter of the test
    assert is_last_day(DUE, now, CALENDAR) == last


def test_a_citizen_is_waited_for_five_working_days_at_most():
    assert asked_until(MONDAY, CALENDAR) == closing(11, 30)
