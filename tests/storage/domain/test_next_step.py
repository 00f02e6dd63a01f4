"""Every status says whose turn it is, and until when."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from storage.domain.lifecycle import OPEN
from storage.domain.next_step import RATED_WITHIN, NextStep, Who, next_step
from storage.domain.statuses import Status

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TRIAGE, SIGN, CONTACT, ANSWER, ASK, PROGRESS, PLAN, OBJECTION = (MONDAY + timedelta(days=each) for each in range(1, 9))


@dataclass(frozen=True)
class Facts:
    """An appeal with every due time, each on a day of its own."""

    status: str
    triage_due: datetime | None = TRIAGE
    sign_due: datetime | None = SIGN
    contact_due: datetime | None = CONTACT
    answer_due: datetime | None = ANSWER
    ask_until: datetime | None = ASK
    progress_due: datetime | None = PROGRESS
    deferred_until: datetime | None = PLAN
    answered_at: datetime | None = MONDAY
    objection_due: datetime | None = None
    stopped_at: datetime | None = None


@pytest.mark.parametrize(
    ("status", "step"),
    [
        (Status.PENDING_TRIAGE, NextStep(Who.DISPATCHER, TRIAGE)),
        (Status.DISPATCHED, NextStep(Who.UNIT, SIGN)),
        (Status.IN_PROGRESS, NextStep(Who.UNIT, ANSWER)),
        (Status.AWAITING_CITIZEN, NextStep(Who.CITIZEN, ASK)),
        (Status.DEFERRED, NextStep(Who.UNIT, PROGRESS)),
        (Status.ANSWERED, NextStep(Who.CITIZEN, MONDAY + RATED_WITHIN)),
        (Status.CLOSED, NextStep(Who.NOBODY)),
        (Status.WITHDRAWN, NextStep(Who.NOBODY)),
        (Status.DECLINED, NextStep(Who.NOBODY)),
        (Status.MERGED, NextStep(Who.NOBODY)),
    ],
)
def test_each_status_says_whose_turn_it_is(status: Status, step: NextStep):
    assert next_step(Facts(status)) == step


@pytest.mark.parametrize("status", sorted(OPEN))
def test_an_open_appeal_has_somebody_and_a_time(status: Status):
    step = next_step(Facts(status))
    assert step.who is not Who.NOBODY
    assert step.until is not None


@pytest.mark.parametrize("status", Status)
def test_whose_turn_it_is_with_what_is_merged_is_whose_turn_it_is_with_its_lead(status: Status):
    assert next_step(Facts(Status.MERGED), Facts(status)) == next_step(Facts(status))


def test_an_objection_is_the_supervisors_turn():
    assert next_step(Facts(Status.DECLINED, objection_due=OBJECTION)) == NextStep(Who.SUPERVISOR, OBJECTION)


def test_an_answer_that_reached_nobody_waits_for_the_citizen_without_a_clock():
    assert next_step(Facts(Status.IN_PROGRESS, stopped_at=MONDAY)) == NextStep(Who.CITIZEN)


def test_what_has_no_limit_is_owed_a_first_word():
    assert next_step(Facts(Status.IN_PROGRESS, answer_due=None)) == NextStep(Who.UNIT, CONTACT)


def test_a_plan_whose_last_word_was_said_runs_to_its_promised_date():
    assert next_step(Facts(Status.DEFERRED, progress_due=None)) == NextStep(Who.UNIT, PLAN)


def test_a_unit_that_was_given_no_time_to_sign_has_the_answers():
    assert next_step(Facts(Status.DISPATCHED, sign_due=None)) == NextStep(Who.UNIT, ANSWER)


def test_an_answer_whose_moment_nobody_knows_has_no_time():
    assert next_step(replace(Facts(Status.ANSWERED), answered_at=None)) == NextStep(Who.CITIZEN)
