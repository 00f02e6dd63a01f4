"""What a unit asked of others is read out of the history: one request a unit, one open offer, former units."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain import requests
from storage.domain.statuses import Event


@dataclass(frozen=True)
class Step:
    what: str
    details: dict[str, Any] = field(default_factory=dict)


ASKED = Step(Event.RETURN_ASKED, {"department": "education"})
OFFERED = Step(Event.OFFER, {"department": "education", "to": "power"})
MOVED = [Step(event, {"old": "education", "new": "power"}) for event in (Event.RETURN_AGREED, Event.TAKE_OVER)]
MOOT = [*MOVED, *(Step(event) for event in (Event.LEAD_KEPT, Event.ANSWER, Event.DELIVERED, Event.WITHDRAW))]
REFUSED = Step(Event.RETURN_REFUSED)
OVER = [Step(event) for event in (Event.OFFER_DECLINED, Event.OFFER_WITHDRAWN, Event.OFFER_LAPSED)]


@pytest.mark.parametrize("step", [*MOOT, REFUSED], ids=lambda step: step.what)
def test_a_request_is_open_until_it_is_decided_or_moot(step: Step):
    assert requests.open_request([ASKED]) is ASKED
    assert requests.open_request([ASKED, Step(Event.CLAIM), Step(Event.SUPPLEMENT)]) is ASKED
    assert requests.open_request([ASKED, step]) is None
    assert requests.open_request([]) is None


@pytest.mark.parametrize("step", [*MOOT, *OVER], ids=lambda step: step.what)
def test_an_offer_is_open_until_it_is_taken_over_or_moot(step: Step):
    assert requests.open_offer([OFFERED, Step(Event.CLAIM)]) is OFFERED
    assert requests.open_offer([OFFERED, step]) is None
    assert requests.end_of_offer([OFFERED, Step(Event.CLAIM), step, REFUSED], OFFERED) is step
    assert requests.end_of_offer([OFFERED, REFUSED], OFFERED) is None


def test_a_refused_return_ends_no_offer_and_a_declined_offer_no_return():
    assert requests.open_offer([ASKED, OFFERED, REFUSED]) is OFFERED
    assert requests.open_request([ASKED, OFFERED, OVER[0]]) is ASKED


def test_a_unit_has_asked_whatever_became_of_it():
    assert requests.has_asked([ASKED, REFUSED, MOVED[0]], "education")
    assert not requests.has_asked([ASKED, REFUSED], "power")


def test_it_is_for_the_supervisors_from_the_beginning_or_once_the_dispatchers_pass_it_on():
    late = Step(Event.RETURN_ASKED, {"department": "power", "to": requests.SUPERVISORS})
    assert not requests.is_for_supervisors([ASKED])
    assert requests.is_for_supervisors([late])
    assert requests.is_for_supervisors([ASKED, Step(Event.LEAD_WANTED)])
    assert not requests.is_for_supervisors([ASKED, Step(Event.LEAD_WANTED), MOVED[1]])
    assert not requests.is_for_supervisors([ASKED, Step(Event.LEAD_WANTED), MOVED[1], ASKED])


def test_the_third_request_goes_to_the_supervisors_and_one_after_a_passed_on_one_too():
    assert not requests.goes_to_supervisors(1, [ASKED])
    assert requests.goes_to_supervisors(2, [])
    assert requests.goes_to_supervisors(0, [ASKED, Step(Event.LEAD_WANTED), MOVED[1]])


def test_the_last_decision_is_the_newest():
    assert requests.last_decision([Step(Event.ASSIGN), ASKED, REFUSED, Step(Event.NOTE)]) is REFUSED
    assert requests.last_decision([ASKED]) is None


@given(st.lists(st.sampled_from(["education", "power", "gas", "water_resources"]), min_size=1, max_size=9))
def test_former_units_are_those_it_went_on_from_each_once(units: list[str]):
    pairs = [(old, new) for old, new in pairwise(units) if old != new]
    history = [Step(Event.TAKE_OVER, {"old": old, "new": new}) for old, new in pairs]
    former = requests.former_units([Step(Event.CLAIM), *history])
    assert set(former) == {old for old, _ in pairs}
    assert len(former) == len(set(former))
