"""The appeal's life as one table: which event leads from which status to which (SPEC 2.1)."""

from collections.abc import Collection
from typing import Final

from storage.domain.errors import TransitionRefused
from storage.domain.statuses import Event, Status

OPEN: Final = frozenset(
    {Status.PENDING_TRIAGE, Status.DISPATCHED, Status.IN_PROGRESS, Status.AWAITING_CITIZEN, Status.DEFERRED}
)
WITH_A_UNIT: Final = OPEN - {Status.PENDING_TRIAGE}
#: What brings an appeal from one unit to another; the promise stays as it was.
MOVES: Final = frozenset({Event.RETURN_AGREED, Event.TAKE_OVER, Event.LEAD_NAMED})

_Steps = dict[tuple[Status | None, Event], Status]

_HANDLED: Final = frozenset({Status.DISPATCHED, Status.IN_PROGRESS})
_TALKABLE: Final = OPEN | {Status.ANSWERED, Status.CLOSED}

# What moves an appeal from one status to another.
_MOVING: Final[_Steps] = {
    (None, Event.SUBMIT_SURE): Status.DISPATCHED,
    (None, Event.SUBMIT_UNSURE): Status.PENDING_TRIAGE,
    (None, Event.SUBMIT_PRAISE): Status.CLOSED,
    (Status.PENDING_TRIAGE, Event.ASSIGN): Status.DISPATCHED,
    (Status.PENDING_TRIAGE, Event.SUBMIT_PRAISE): Status.CLOSED,
    (Status.PENDING_TRIAGE, Event.DECLINE): Status.DECLINED,
    (Status.DECLINED, Event.OBJECTION_ASSIGNED): Status.DISPATCHED,
    (Status.DISPATCHED, Event.CLAIM): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Event.CLAIM_LAPSED): Status.DISPATCHED,
    **{(status, event): Status.DISPATCHED for status in _HANDLED for event in MOVES},
    (Status.IN_PROGRESS, Event.ASK): Status.AWAITING_CITIZEN,
    (Status.AWAITING_CITIZEN, Event.SUPPLY): Status.IN_PROGRESS,
    (Status.AWAITING_CITIZEN, Event.CANNOT_SUPPLY): Status.IN_PROGRESS,
    (Status.AWAITING_CITIZEN, Event.ASK_LAPSED): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Event.DEFER): Status.DEFERRED,
    (Status.DEFERRED, Event.RESUME): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Event.DELIVERED): Status.ANSWERED,
    (Status.IN_PROGRESS, Event.TOLD_BY_PHONE): Status.ANSWERED,
    (Status.ANSWERED, Event.RATE_SOLVED): Status.CLOSED,
    (Status.ANSWERED, Event.RATE_UNSOLVED): Status.CLOSED,
    (Status.ANSWERED, Event.UNRATED): Status.CLOSED,
    (Status.ANSWERED, Event.REOPEN): Status.IN_PROGRESS,
    (Status.CLOSED, Event.REOPEN): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Event.CONCLUDE): Status.CLOSED,
    **{(status, Event.WITHDRAW): Status.WITHDRAWN for status in OPEN | {Status.MERGED}},
    # One matter told by several is handled once (并单), and what was several is handled apart (拆单).
    (None, Event.JOIN): Status.MERGED,
    (None, Event.SPLIT_OFF): Status.PENDING_TRIAGE,
    **{(status, Event.MERGE): Status.MERGED for status in OPEN},
    (Status.MERGED, Event.UNMERGE): Status.PENDING_TRIAGE,
    (Status.AWAITING_CITIZEN, Event.OWNER_LEFT): Status.IN_PROGRESS,
}


def _staying(statuses: Collection[Status], *events: Event) -> _Steps:
    """Return steps that leave an appeal where it is."""
    return {(status, event): status for status in statuses for event in events}


# What is asked, said, granted or refused about an appeal without moving it.
_STAYING: Final[_Steps] = {
    **_staying(
        _HANDLED,
        Event.RETURN_ASKED,
        Event.RETURN_REFUSED,
        Event.LEAD_WANTED,
        Event.LEAD_KEPT,
        Event.OFFER,
        Event.OFFER_DECLINED,
        Event.OFFER_WITHDRAWN,
        Event.OFFER_LAPSED,
    ),
    **_staying(
        {Status.IN_PROGRESS},
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
    ),
    **_staying(OPEN, Event.APPROVAL_REFUSED, Event.URGE, Event.SUPERVISE, Event.KIND_CHANGED, Event.URGENCY_CHANGED),
    **_staying(OPEN, Event.TAKE_IN, Event.SPLIT),
    **_staying(OPEN - {Status.AWAITING_CITIZEN}, Event.OWNER_LEFT),
    **_staying({Status.DEFERRED}, Event.PROGRESS),
    **_staying({Status.DECLINED}, Event.OBJECT, Event.OBJECTION_REFUSED),
    **_staying(WITH_A_UNIT, Event.ASSIST_TAKEN, Event.ASSIST_ANSWERED, Event.ASSIST_DECLINED),
    **_staying(WITH_A_UNIT | {Status.ANSWERED, Status.CLOSED}, Event.CLASS_CHANGED),
    # Words change nothing about where an appeal stands, and may come at any time a unit or a dispatcher has it.
    **_staying(_TALKABLE, Event.CONTACT, Event.NOTE, Event.SUPPLEMENT),
    **_staying({Status.MERGED}, Event.SUPPLEMENT),
    # A word to the supervisors is heard whatever became of the appeal.
    **_staying(frozenset(Status), Event.CONCERN),
}
_NEXT: Final[_Steps] = {**_MOVING, **_STAYING}


def move(current: Status | None, event: Event) -> Status:
    """Return the status that `event` leads to from `current` (None: not yet an appeal).

    Raises TransitionRefused where it may not happen. Source: SPEC 2.1.
    """
    try:
        return _NEXT[current, event]
    except KeyError:
        raise TransitionRefused(current, event) from None


def may(current: Status, event: Event) -> bool:
    """Whether `event` may happen while the appeal is `current`."""
    return (current, event) in _NEXT
