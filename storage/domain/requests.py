"""What a unit asked of others about its appeal, read out of the appeal's history: returns, offers, former units."""

from collections.abc import Collection, Mapping, Sequence
from itertools import takewhile
from typing import Any, Final, Protocol, TypeVar

from storage.domain.lifecycle import MOVES
from storage.domain.statuses import Event

SUPERVISORS: Final = "supervision"
RETURNS_BEFORE_SUPERVISORS: Final = 2
_MOOT: Final = MOVES | {Event.LEAD_KEPT, Event.ANSWER, Event.DELIVERED, Event.WITHDRAW, Event.MERGE}
_REQUEST_ENDS: Final = _MOOT | {Event.RETURN_REFUSED}
_OFFER_ENDS: Final = _MOOT | {Event.OFFER_DECLINED, Event.OFFER_WITHDRAWN, Event.OFFER_LAPSED}


class Happened(Protocol):
    """One event of an appeal."""

    @property
    def what(self) -> str: ...  # noqa: D102 - the names speak
    @property
    def details(self) -> Mapping[str, Any]: ...  # noqa: D102


H = TypeVar("H", bound=Happened)


def open_request(history: Sequence[H]) -> H | None:
    """Return the unit's request to give the appeal back (退单申请) that nobody has decided yet."""
    return _still_open(history, Event.RETURN_ASKED, _REQUEST_ENDS)


def open_offer(history: Sequence[H]) -> H | None:
    """Return the offer to another unit (协商转办) that is neither taken nor over; there is one at most."""
    return _still_open(history, Event.OFFER, _OFFER_ENDS)


def end_of_offer(history: Sequence[H], offered: H) -> H | None:
    """Return what ended an offer; None while it is open."""
    after = history[history.index(offered) + 1 :]
    return next((each for each in after if each.what in _OFFER_ENDS), None)


def last_decision(history: Sequence[H]) -> H | None:
    """Return what was last decided about where the appeal belongs."""
    decided = _REQUEST_ENDS | {Event.ASSIGN, Event.LEAD_WANTED}
    return next((each for each in reversed(history) if each.what in decided), None)


def is_for_supervisors(history: Sequence[Happened]) -> bool:
    """Whether there is a request that only a supervisor decides, by naming the lead (定主办)."""
    asked = open_request(history)
    if asked is None or asked.details.get("to") == SUPERVISORS:
        return asked is not None
    since = takewhile(lambda each: each is not asked, reversed(history))
    return any(each.what == Event.LEAD_WANTED for each in since)


def goes_to_supervisors(returns: int, history: Sequence[Happened]) -> bool:
    """Whether the next request passes the dispatchers by: it came back twice, or they passed one on before."""
    return returns >= RETURNS_BEFORE_SUPERVISORS or any(each.what == Event.LEAD_WANTED for each in history)


def has_asked(history: Sequence[Happened], department: str) -> bool:
    """Whether the unit has used its one request, whatever became of it."""
    return any(each.what == Event.RETURN_ASKED and each.details.get("department") == department for each in history)


def former_units(history: Sequence[Happened]) -> list[str]:
    """Return the codes of the units from which the appeal ever went on to another, in that order, each once."""
    return list(dict.fromkeys(str(each.details["old"]) for each in history if each.what in MOVES))


def _still_open(history: Sequence[H], begins: Event, ends: Collection[str]) -> H | None:
    last = next((each for each in reversed(history) if each.what == begins or each.what in ends), None)
    return last if last is not None and last.what == begins else None
