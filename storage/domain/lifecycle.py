"""The appeal's life as one table: which event leads from which status to which."""

from typing import Final

from storage.domain.errors import TransitionRefused
from storage.domain.statuses import Event, Status

OPEN: Final = frozenset(
    {Status.PENDING_TRIAGE, Status.DISPATCHED, Status.IN_PROGRESS, Status.AWAITING_CITIZEN, Status.DEFERRED}
)
WITH_A_UNIT: Final = OPEN - {Status.PENDING_TRIAGE}

_STEPS: Final[dict[tuple[Status | None, Event], Status]] = {
    (None, Event.SUBMIT_SURE): Status.DISPATCHED,
    (None, Event.SUBMIT_UNSURE): Status.PENDING_TRIAGE,
    (None, Event.SUBMIT_PRAISE): Status.CLOSED,
    (Status.PENDING_TRIAGE, Event.ASSIGN): Status.DISPATCHED,
    (Status.DISPATCHED, Event.CLAIM): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Event.HAND_OVER): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Event.ANSWER): Status.IN_PROGRESS,
    (Status.IN_PROGRESS, Event.DELIVERED): Status.ANSWERED,
    (Status.IN_PROGRESS, Event.NOT_DELIVERED): Status.IN_PROGRESS,
    (Status.ANSWERED, Event.RATE_SOLVED): Status.CLOSED,
    (Status.ANSWERED, Event.RATE_UNSOLVED): Status.CLOSED,
    (Status.ANSWERED, Event.REOPEN): Status.IN_PROGRESS,
    (Status.CLOSED, Event.REOPEN): Status.IN_PROGRESS,
    **{(status, Event.WITHDRAW): Status.WITHDRAWN for status in OPEN},
}
#: What brings an appeal from one unit to another; the promise stays as it was.
MOVES: Final = frozenset({Event.RETURN_AGREED, Event.TAKE_OVER, Event.LEAD_NAMED})
# What a unit asks of others, and what becomes of that, changes nothing either: the unit keeps it, its clock running.
_ASKED: Final = (
    Event.RETURN_ASKED,
    Event.RETURN_REFUSED,
    Event.LEAD_WANTED,
    Event.LEAD_KEPT,
    Event.OFFER,
    Event.OFFER_DECLINED,
    Event.OFFER_WITHDRAWN,
    Event.OFFER_LAPSED,
)
_HANDLED: Final = (Status.DISPATCHED, Status.IN_PROGRESS)
_TRANSFERS: Final[dict[tuple[Status | None, Event], Status]] = {
    **{(status, event): Status.DISPATCHED for status in _HANDLED for event in MOVES},
    **{(status, event): status for status in _HANDLED for event in _ASKED},
}
# Words change nothing about where an appeal stands, and may come at any time a unit or a dispatcher has it.
_TALKABLE: Final = OPEN | {Status.ANSWERED, Status.CLOSED}
_WORDS: Final[dict[tuple[Status | None, Event], Status]] = {
    (status, event): status for status in _TALKABLE for event in (Event.CONTACT, Event.NOTE, Event.SUPPLEMENT)
}
_NEXT: Final[dict[tuple[Status | None, Event], Status]] = {**_STEPS, **_TRANSFERS, **_WORDS}


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
