"""The ladder of a late answer, and the minutes of an emergency: what holds for any due time and any moment."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.calendar import Calendar
from storage.domain.care import is_night
from storage.domain.ladder import Minutes, Missed, Step, horizon, missed, red_from, step_at, yellow_from
from storage.domain.statuses import Status

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar(
    zone=SHANGHAI,
    holidays=frozenset({date(2026, 10, day) for day in range(1, 8)}),
    extra_workdays=frozenset({date(2026, 10, 10)}),
    known_years=frozenset({2026}),
    office_hours=((time(8, 30), time(12)), (time(14), time(17, 30))),
)
NO_CLOCKS = {"triage": None, "sign": None, "contact": None, "interim": None, "contacted": False, "told_more": False}


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


FRIDAY_CLOSE = at(27, 17, 30)
moments = st.datetimes(
    min_value=at(1, 0, month=2).replace(tzinfo=None),
    max_value=at(30, 0).replace(tzinfo=None),
    timezones=st.just(SHANGHAI),
)
waits = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=20))


@pytest.mark.parametrize(
    ("now", "step"),
    [
        (at(26, 8, 29), Step.NONE),
        (at(26, 8, 30), Step.YELLOW),
        (at(27, 17, 31), Step.YELLOW),
        (at(28, 10), Step.YELLOW),
        (at(30, 8, 29), Step.YELLOW),
        (at(30, 8, 30), Step.RED),
        (at(1, 8, 30, month=12), Step.SUPERVISORS),
        (at(2, 8, 30, month=12), Step.LEADER),
        (at(20, 8, 30, month=12), Step.LEADER),
    ],
)
def test_what_is_due_on_friday_is_yellow_on_thursday_red_on_monday_and_then_climbs_by_the_day(
    now: datetime, step: Step
):
    assert step_at(FRIDAY_CLOSE, now, CALENDAR) is step


def test_holidays_are_no_days_of_the_ladder():
    due = at(30, 17, 30, month=9)
    assert step_at(due, at(7, 12, month=10), CALENDAR) is Step.YELLOW
    assert step_at(due, at(8, 8, 30, month=10), CALENDAR) is Step.RED
    assert step_at(due, at(9, 8, 30, month=10), CALENDAR) is Step.SUPERVISORS
    assert step_at(due, at(10, 8, 30, month=10), CALENDAR) is Step.LEADER


@pytest.mark.parametrize(
    ("due", "red"),
    [
        (at(24, 10), at(24, 10)),
        (at(24, 3), at(24, 8, 30)),
        (at(24, 12, 30), at(24, 12, 30)),
        (at(28, 10), at(30, 8, 30)),
    ],
)
def test_what_runs_on_the_wall_clock_is_red_from_its_first_late_moment_of_an_office_day(due: datetime, red: datetime):
    assert red_from(due, CALENDAR) == red


@given(due=moments, wait=waits, later=waits)
def test_it_never_climbs_down_while_time_passes(due: datetime, wait: timedelta, later: timedelta):
    now = due - timedelta(days=7) + wait
    assert step_at(due, now, CALENDAR) <= step_at(due, now + later, CALENDAR)


@given(due=moments, wait=waits)
def test_a_later_due_time_never_stands_higher(due: datetime, wait: timedelta):
    now = due + timedelta(days=3)
    assert step_at(due + wait, now, CALENDAR) <= step_at(due, now, CALENDAR)


@given(due=moments, wait=waits)
def test_nothing_is_red_before_it_is_late_nor_red_first_on_a_day_off(due: datetime, wait: timedelta):
    red = red_from(due, CALENDAR)
    assert red >= due
    assert CALENDAR.is_workday(CALENDAR.local(red).date())
    if step_at(due, due - wait, CALENDAR) > Step.YELLOW:
        assert wait == timedelta()


@given(due=moments)
def test_each_step_begins_while_people_are_awake_and_a_working_day_after_the_one_before(due: datetime):
    red = red_from(due, CALENDAR)
    days = [CALENDAR.local(red).date()]
    for step in (Step.SUPERVISORS, Step.LEADER):
        days.append(CALENDAR.next_workday(days[-1]))
        opening = datetime.combine(days[-1], time(8, 30), SHANGHAI)
        assert step_at(due, opening, CALENDAR) is step
        assert step_at(due, opening - timedelta(seconds=1), CALENDAR) == step - 1
    assert not is_night(red, CALENDAR)
    assert not is_night(yellow_from(due, CALENDAR), CALENDAR)


@given(now=moments, wait=waits)
def test_whatever_stands_on_a_step_is_due_before_the_horizon(now: datetime, wait: timedelta):
    due = now - timedelta(days=2) + wait
    if step_at(due, now, CALENDAR) > Step.NONE:
        assert due.astimezone(UTC) < horizon(now, CALENDAR)


@pytest.mark.parametrize(
    ("clock", "night"),
    [(time(6, 59), True), (time(7), False), (time(21, 59), False), (time(22), True), (time(0), True)],
)
def test_the_night_is_from_ten_to_seven(clock: time, *, night: bool):
    assert is_night(datetime.combine(date(2026, 11, 23), clock, SHANGHAI), CALENDAR) is night


NOW = at(24, 2)
PAST, AHEAD = NOW - timedelta(minutes=1), NOW + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("status", "clocks", "told"),
    [
        (Status.PENDING_TRIAGE, {"triage": PAST}, [Missed.TRIAGE]),
        (Status.PENDING_TRIAGE, {"triage": AHEAD, "sign": PAST}, []),
        (Status.DISPATCHED, {"triage": PAST, "sign": PAST}, [Missed.SIGN]),
        (Status.DISPATCHED, {"sign": PAST, "contact": PAST, "interim": PAST}, list(Missed)[1:]),
        (Status.IN_PROGRESS, {"sign": PAST, "contact": PAST}, [Missed.CONTACT]),
        (Status.IN_PROGRESS, {"contact": PAST, "contacted": True, "interim": AHEAD}, []),
        (Status.IN_PROGRESS, {"contact": PAST, "contacted": True, "interim": PAST}, [Missed.INTERIM]),
        (Status.IN_PROGRESS, {"contacted": True, "interim": PAST, "told_more": True}, []),
        (Status.AWAITING_CITIZEN, {"sign": PAST, "contact": PAST, "interim": PAST}, []),
        (Status.ANSWERED, {"interim": PAST}, []),
    ],
)
def test_only_what_is_past_its_minute_and_still_to_be_done_is_missed(
    status: Status, clocks: dict[str, datetime], told: list[Missed]
):
    assert list(missed(status, Minutes(**{**NO_CLOCKS, **clocks}), NOW)) == told  # type: ignore[arg-type] # a test's own table
