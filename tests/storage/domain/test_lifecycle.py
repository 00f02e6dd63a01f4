"""Every pair of status and event is decided, as SPEC 2.1 has it, and no way leads around an answer that arrived."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.domain.errors import TransitionRefused
from storage.domain.lifecycle import MOVES, OPEN, WITH_A_UNIT, may, move
from storage.domain.statuses import Event, Status

WORDS = (Event.CONTACT, Event.NOTE, Event.SUPPLEMENT)
ASKED = (
    Event.RETURN_ASKED,
    Event.RETURN_REFUSED,
    Event.LEAD_WANTED,
    Event.LEAD_KEPT,
    Event.OFFER,
    Event.OFFER_DECLINED,
    Event.OFFER_WITHDRAWN,
    Event.OFFER_LAPSED,
)
MOVED = (Event.RETURN_AGREED, Event.TAKE_OVER, Event.LEAD_NAMED)
ANY_TIME = (Event.URGE, Event.SUPERVISE, Event.KIND_CHANGED, Event.URGENCY_CHANGED, Event.APPROVAL_REFUSED)
TOLD_BY_SEVERAL = (Event.TAKE_IN, Event.SPLIT, Event.OWNER_LEFT)
ASSISTED = (Event.ASSIST_TAKEN, Event.ASSIST_ANSWERED, Event.ASSIST_DECLINED, Event.CLASS_CHANGED)
UNDER_WAY = (
    Event.HAND_OVER,
    Event.ANSWER,
    Event.NOT_DELIVERED,
    Event.ASK_WANTED,
    Event.EXTENSION_WANTED,
    Event.EXTEND,
    Event.DEFERRAL_WANTED,
    Event.UNREACHABLE_WANTED,
    Event.UNREACHABLE,
    Event.CONCLUSION_WANTED,
    Event.CONCLUSION_SECONDED,
    Event.ESCALATE,
    Event.INVITE,
)


def talk(status: Status) -> dict[Event, Status]:
    """Words change nothing about where an appeal stands."""
    return dict.fromkeys((*WORDS, Event.CONCERN), status)


def open_(status: Status) -> dict[Event, Status]:
    """What may be said, changed or refused about any open appeal, and that it may be withdrawn."""
    leaves = {Event.WITHDRAW: Status.WITHDRAWN, Event.MERGE: Status.MERGED}
    return {**talk(status), **dict.fromkeys((*ANY_TIME, *TOLD_BY_SEVERAL), status), **leaves}


def handled(status: Status) -> dict[Event, Status]:
    """While a unit has it, what is asked of others changes nothing; what moves it makes it wait to be signed for."""
    asked = dict.fromkeys((*ASKED, *ASSISTED), status)
    return {**open_(status), **asked, **dict.fromkeys(MOVED, Status.DISPATCHED)}


ALLOWED: dict[Status | None, dict[Event, Status]] = {
    None: {
        Event.SUBMIT_SURE: Status.DISPATCHED,
        Event.SUBMIT_UNSURE: Status.PENDING_TRIAGE,
        Event.SUBMIT_PRAISE: Status.CLOSED,
        Event.JOIN: Status.MERGED,
        Event.SPLIT_OFF: Status.PENDING_TRIAGE,
    },
    Status.PENDING_TRIAGE: {
        **open_(Status.PENDING_TRIAGE),
        Event.ASSIGN: Status.DISPATCHED,
        Event.SUBMIT_PRAISE: Status.CLOSED,
        Event.DECLINE: Status.DECLINED,
    },
    Status.DISPATCHED: {**handled(Status.DISPATCHED), Event.CLAIM: Status.IN_PROGRESS},
    Status.IN_PROGRESS: {
        **handled(Status.IN_PROGRESS),
        **dict.fromkeys(UNDER_WAY, Status.IN_PROGRESS),
        Event.CLAIM_LAPSED: Status.DISPATCHED,
        Event.ASK: Status.AWAITING_CITIZEN,
        Event.DEFER: Status.DEFERRED,
        Event.DELIVERED: Status.ANSWERED,
        Event.TOLD_BY_PHONE: Status.ANSWERED,
        Event.CONCLUDE: Status.CLOSED,
    },
    Status.AWAITING_CITIZEN: {
        **open_(Status.AWAITING_CITIZEN),
        **dict.fromkeys(ASSISTED, Status.AWAITING_CITIZEN),
        Event.SUPPLY: Status.IN_PROGRESS,
        Event.CANNOT_SUPPLY: Status.IN_PROGRESS,
        Event.ASK_LAPSED: Status.IN_PROGRESS,
        Event.OWNER_LEFT: Status.IN_PROGRESS,
    },
    Status.DEFERRED: {
        **open_(Status.DEFERRED),
        **dict.fromkeys(ASSISTED, Status.DEFERRED),
        Event.PROGRESS: Status.DEFERRED,
        Event.RESUME: Status.IN_PROGRESS,
    },
    Status.ANSWERED: {
        **talk(Status.ANSWERED),
        Event.CLASS_CHANGED: Status.ANSWERED,
        Event.RATE_SOLVED: Status.CLOSED,
        Event.RATE_UNSOLVED: Status.CLOSED,
        Event.UNRATED: Status.CLOSED,
        Event.REOPEN: Status.IN_PROGRESS,
    },
    Status.CLOSED: {
        **talk(Status.CLOSED),
        Event.CLASS_CHANGED: Status.CLOSED,
        Event.REOPEN: Status.IN_PROGRESS,
    },
    Status.WITHDRAWN: {Event.CONCERN: Status.WITHDRAWN},
    Status.DECLINED: {
        Event.CONCERN: Status.DECLINED,
        Event.OBJECT: Status.DECLINED,
        Event.OBJECTION_REFUSED: Status.DECLINED,
        Event.OBJECTION_ASSIGNED: Status.DISPATCHED,
    },
    Status.MERGED: {
        **dict.fromkeys((Event.CONCERN, Event.SUPPLEMENT), Status.MERGED),
        Event.UNMERGE: Status.PENDING_TRIAGE,
        Event.WITHDRAW: Status.WITHDRAWN,
    },
}
PAIRS = list(product([None, *Status], Event))


@pytest.mark.parametrize("status", [None, *Status], ids=str)
def test_a_status_lets_happen_what_the_spec_lists_and_leads_where_it_says(status: Status | None):
    reached = {}
    for event in Event:
        try:
            reached[event] = move(status, event)
        except TransitionRefused:
            continue
    assert reached == ALLOWED[status]


@given(st.sampled_from([pair for pair in PAIRS if pair[1] not in ALLOWED[pair[0]]]))
def test_a_refusal_names_the_status_and_the_event(pair: tuple[Status | None, Event]):
    with pytest.raises(TransitionRefused) as refused:
        move(*pair)
    assert (refused.value.status, refused.value.event) == pair


@pytest.mark.parametrize("status", Status)
def test_what_may_happen_is_what_moves(status: Status):
    assert {event for event in Event if may(status, event)} == set(ALLOWED[status])


def test_what_brings_an_appeal_to_another_unit_is_listed_once():
    assert set(MOVED) == MOVES


def test_only_an_open_appeal_and_what_is_handled_with_one_can_be_withdrawn():
    assert {status for status in Status if may(status, Event.WITHDRAW)} == OPEN | {Status.MERGED}
    assert {Status.PENDING_TRIAGE} == OPEN - WITH_A_UNIT


@given(st.data())
def test_on_no_way_is_anything_answered_or_closed_that_did_not_arrive(data: st.DataObject):
    status: Status | None = None
    for _ in range(12):
        steps = [event for event in Event if status is None or may(status, event)]
        event = data.draw(st.sampled_from(steps or list(Event)))
        before = status
        status = _after(before, event)
        if status is Status.ANSWERED is not before:
            assert event in {Event.DELIVERED, Event.TOLD_BY_PHONE}
        if status is Status.CLOSED is not before:
            assert before is Status.ANSWERED or event in {Event.SUBMIT_PRAISE, Event.CONCLUDE}


def _after(status: Status | None, event: Event) -> Status | None:
    try:
        return move(status, event)
    except TransitionRefused:
        return status


@given(st.lists(st.sampled_from(Event), max_size=10))
def test_what_was_withdrawn_stays_withdrawn(events: list[Event]):
    status: Status | None = Status.WITHDRAWN
    for event in events:
        status = _after(status, event)
    assert status is Status.WITHDRAWN
