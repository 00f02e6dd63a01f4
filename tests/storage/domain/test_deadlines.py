"""When each step is due, with the limits of the sample city."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.calendar import Calendar
from storage.domain.deadlines import (
    ExtremeLimits,
    Limits,
    answer_due,
    contact_due,
    interim_due,
    reopen_due,
    sign_due,
    triage_due,
)
from storage.domain.words import Kind, Urgency

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar(
    zone=SHANGHAI,
    holidays=frozenset({date(2027, 1, 1)}),
    extra_workdays=frozenset(),
    known_years=frozenset({2026, 2027}),
    office_hours=((time(8, 30), time(12)), (time(14), time(17, 30))),
)
NORMAL_DAYS = {Kind.CONSULTATION: 2, Kind.HELP: 5, Kind.SUGGESTION: 10, Kind.COMPLAINT: 10, Kind.REPORT: 15}
LIMITS = Limits(
    sign_days=1,
    contact_days=1,
    triage_half_days=1,
    answer={Urgency.NORMAL: NORMAL_DAYS, Urgency.URGENT: {Kind.HELP: 2}},
    extreme=ExtremeLimits(
        triage=timedelta(minutes=10),
        sign=timedelta(minutes=30),
        contact=timedelta(hours=1),
        interim=timedelta(hours=2),
        answer=timedelta(days=1),
    ),
)
MONDAY = datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
SATURDAY_NIGHT = datetime(2026, 11, 28, 23, tzinfo=SHANGHAI)


def closing(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 17, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        (Kind.CONSULTATION, closing(11, 25)),
        (Kind.HELP, closing(11, 30)),
        (Kind.SUGGESTION, closing(12, 7)),
        (Kind.COMPLAINT, closing(12, 7)),
        (Kind.REPORT, closing(12, 14)),
        (Kind.PRAISE, None),
    ],
)
def test_each_kind_has_its_own_limit_and_praise_has_none(kind: Kind, due: datetime | None):
    assert answer_due(kind, Urgency.NORMAL, MONDAY, CALENDAR, LIMITS) == due


def test_an_urgent_appeal_is_due_sooner_and_as_usual_where_no_urgent_limit_is_set():
    assert answer_due(Kind.HELP, Urgency.URGENT, MONDAY, CALENDAR, LIMITS) == closing(11, 25)
    assert answer_due(Kind.REPORT, Urgency.URGENT, MONDAY, CALENDAR, LIMITS) == closing(12, 14)


@pytest.mark.parametrize("kind", set(Kind) - {Kind.PRAISE})
def test_an_extreme_appeal_is_due_after_a_day_of_the_wall_clock(kind: Kind):
    assert answer_due(kind, Urgency.EXTREME, SATURDAY_NIGHT, CALENDAR, LIMITS) == SATURDAY_NIGHT + timedelta(days=1)


def test_praise_has_no_limit_however_urgent():
    assert answer_due(Kind.PRAISE, Urgency.EXTREME, MONDAY, CALENDAR, LIMITS) is None
    assert reopen_due(Kind.PRAISE, Urgency.NORMAL, MONDAY, CALENDAR, LIMITS) is None


def test_a_dispatch_is_to_be_signed_for_and_the_citizen_contacted_within_a_working_day():
    assert sign_due(Urgency.NORMAL, MONDAY, CALENDAR, LIMITS) == closing(11, 24)
    assert contact_due(Urgency.URGENT, MONDAY, CALENDAR, LIMITS) == closing(11, 24)


def test_dispatchers_have_half_an_office_day():
    assert triage_due(Urgency.NORMAL, MONDAY, CALENDAR, LIMITS) == datetime(2026, 11, 23, 15, 30, tzinfo=SHANGHAI)


def test_the_steps_of_an_extreme_appeal_run_at_night_and_on_sunday():
    waits = [
        due(Urgency.EXTREME, SATURDAY_NIGHT, CALENDAR, LIMITS) - SATURDAY_NIGHT
        for due in (triage_due, sign_due, contact_due)
    ]
    interim = interim_due(Urgency.EXTREME, SATURDAY_NIGHT, LIMITS)
    assert waits == [timedelta(minutes=10), timedelta(minutes=30), timedelta(hours=1)]
    assert interim == SATURDAY_NIGHT + timedelta(hours=2)


def test_only_an_extreme_appeal_owes_an_interim_word():
    assert interim_due(Urgency.URGENT, MONDAY, LIMITS) is None


@pytest.mark.parametrize(
    ("kind", "urgency", "due"),
    [
        (Kind.CONSULTATION, Urgency.NORMAL, closing(11, 24)),
        (Kind.HELP, Urgency.NORMAL, closing(11, 26)),  # half of five is three
        (Kind.REPORT, Urgency.NORMAL, closing(12, 3)),  # half of fifteen is eight
        (Kind.HELP, Urgency.URGENT, closing(11, 24)),
        (Kind.HELP, Urgency.EXTREME, MONDAY + timedelta(hours=12)),
    ],
)
def test_a_reopened_appeal_has_half_its_limit_rounded_up(kind: Kind, urgency: Urgency, due: datetime):
    assert reopen_due(kind, urgency, MONDAY, CALENDAR, LIMITS) == due


def test_a_start_without_a_zone_is_refused_on_the_wall_clock_too():
    with pytest.raises(ValueError, match="time zone"):
        sign_due(Urgency.EXTREME, datetime(2026, 11, 23, 9), CALENDAR, LIMITS)  # noqa: DTZ001 # the mistake under test


def test_deadlines_are_told_in_utc():
    dues = [sign_due(urgency, MONDAY, CALENDAR, LIMITS) for urgency in Urgency]
    assert all(due.tzinfo is UTC for due in dues)


@given(
    st.sampled_from(sorted(NORMAL_DAYS)),
    st.sampled_from(Urgency),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC)),  # noqa: DTZ001 # hypothesis puts the zone in
)
def test_every_deadline_lies_ahead_and_the_second_try_is_no_longer_than_the_first(
    kind: Kind, urgency: Urgency, start: datetime
):
    first = answer_due(kind, urgency, start, CALENDAR, LIMITS)
    second = reopen_due(kind, urgency, start, CALENDAR, LIMITS)
    assert first is not None
    assert second is not None
    assert start < second <= first
