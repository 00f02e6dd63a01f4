"""What the rules refuse, said in words: the one place where errors become sentences."""

from bot.texts import concerns, transfers
from bot.texts import refusals as words
from bot.texts.confidential import handler_only
from bot.texts.dates import clock_near
from bot.texts.words import STATUSES
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import (
    AlreadyClaimed,
    AlreadyDecided,
    ConcernSettled,
    HandlerOnly,
    InputRefused,
    MovedOn,
    NoMoreReturns,
    NotYours,
    Refused,
    TransitionRefused,
)


def sentence(refusal: Refused, *, city: City, calendar: Calendar) -> str:  # noqa: PLR0911 - one sentence a refusal
    """Return a refusal in plain Chinese, with what to do next."""
    match refusal:
        case AlreadyClaimed():
            when = clock_near(refusal.at, refusal.at, calendar).removeprefix(words.TODAY)
            return words.already_claimed(number=refusal.number, staff=refusal.name, time=when)
        case AlreadyDecided():
            unit = _unit(city, refusal.department)
            return transfers.decided(number=refusal.number, what=refusal.what, name=refusal.name, department=unit)
        case ConcernSettled():
            return concerns.settled_already(number=refusal.number, name=refusal.name)
        case NoMoreReturns():
            return transfers.no_more_returns(returns=refusal.returns, named=refusal.named)
        case MovedOn():
            return transfers.moved_on(number=refusal.number, department=_unit(city, refusal.department))
        case NotYours():
            unit = _unit(city, refusal.department)
            return words.not_yours(department=unit) if unit else words.NOT_YOURS
        case HandlerOnly():
            return handler_only(staff=refusal.name)
        case TransitionRefused() if refusal.status is not None:
            return words.already_done(status=STATUSES[refusal.status])
        case InputRefused():
            return words.INPUTS.get(refusal.reason, words.CANNOT)
        case _:
            return words.OTHERS.get(type(refusal), words.CANNOT)


def _unit(city: City, code: str | None) -> str:
    unit = city.department(code or "")
    return unit.name if unit else ""
