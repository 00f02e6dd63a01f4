"""What fills in a reason not to accept an appeal: picked from what is usual, or read from the dispatcher's words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.conversations.turn import Turn
from bot.services.declining import DeclineReason, answered_before
from bot.texts import declining as words
from bot.texts.dates import day
from bot.texts.fitting import fit
from storage.domain.masking import mask
from storage.domain.numbers import parse_number
from storage.tables import Appeal

_WHO: Final = re.compile(r"(?P<who>.*\S)[\s,\uff0c\u3001:\uff1a]+(?P<phone>\d[\d\- ]{1,17}\d)", re.DOTALL)
_PLACE: Final = re.compile(r"(?P<who>.*\S)[\s,\uff0c\u3001:\uff1a]+(?P<phone>0\d{2,3})", re.DOTALL)
_PETITIONS: Final = "petitions"
_ANSWER_LIMIT, _NAME_LIMIT, _LINES = 1000, 60, 3


@dataclass(frozen=True)
class Filled:
    """A reason with its blanks filled in: the sentence for the citizen, and who is in charge instead."""

    text: str
    office: str = ""
    phone: str = ""


def at_once(reason: str) -> Filled | None:
    """Return what needs nothing to be filled in; None for the other reasons."""
    if reason == DeclineReason.OFFICIAL:
        return _of_officials()
    sentences = {DeclineReason.LITTLE: words.REASON_LITTLE, DeclineReason.ADVERT: words.REASON_ADVERT}
    return Filled(sentences[DeclineReason(reason)]) if reason in sentences else None


async def usual(turn: Turn, appeal: Appeal, reason: str) -> Sequence[tuple[str, str]]:
    """Return the choices for a reason, each (label, key); none where it has to be written."""
    if reason == DeclineReason.ANSWERED:
        earlier = await answered_before(turn.session, appeal)
        return [(f"{each.number} {fit(mask(each.title), 24)}", str(each.id)) for each in earlier]
    return [(f"{who} {phone}", str(place)) for place, (who, phone) in enumerate(_known(turn, reason))]


async def picked(turn: Turn, appeal: Appeal, reason: str, key: str) -> Filled | None:
    """Return the reason with that choice; None where there is none of that key."""
    if reason == DeclineReason.ANSWERED:
        earlier = await answered_before(turn.session, appeal)
        return next((_answered(turn, each) for each in earlier if str(each.id) == key), None)
    known = _known(turn, reason)
    found = next((known[place] for place in range(len(known)) if str(place) == key), None)
    return _with_who(reason, *found) if found else None


async def written(turn: Turn, appeal: Appeal, reason: str, text: str) -> Filled | None:
    """Return the reason filled in by the dispatcher's own words; None where they do not fill it."""
    if reason == DeclineReason.ANSWERED:
        number = parse_number(text)
        earlier = await answered_before(turn.session, appeal, most=None) if number else ()
        return next((_answered(turn, each) for each in earlier if each.number == number), None)
    if reason == DeclineReason.OTHER:
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        told = len(lines) == _LINES and any(each.isdecimal() for each in lines[2])
        return Filled(lines[0], fit(lines[1], _NAME_LIMIT), fit(lines[2], _NAME_LIMIT)) if told else None
    found = (_PLACE if reason == DeclineReason.ELSEWHERE else _WHO).fullmatch(text.strip())
    return _with_who(reason, fit(found["who"], _NAME_LIMIT), found["phone"].strip()) if found else None


def _with_who(reason: str, who: str, phone: str) -> Filled | None:
    match reason:
        case DeclineReason.COURT:
            return Filled(words.reason_court(body=who), who, phone)
        case DeclineReason.LAW:
            return Filled(words.reason_law(body=who), who, phone)
        case DeclineReason.PETITION:
            return Filled(words.reason_petition(office=who), who, phone)
        case DeclineReason.ELSEWHERE:
            text = words.reason_elsewhere(place=who, code=phone)
            return Filled(text, words.hotline_of(place=who), f"{phone}12345")
        case _:
            return None


def _known(turn: Turn, reason: str) -> Sequence[tuple[str, str]]:
    if reason == DeclineReason.PETITION:
        unit = turn.city.department(_PETITIONS)
        return [(unit.name, unit.phone)] if unit is not None else []
    return words.WHO.get(reason, ())


def _of_officials() -> Filled:
    [(office, phone)] = words.WHO[DeclineReason.OFFICIAL]
    return Filled(words.reason_official(phone=phone), office, phone)


def _answered(turn: Turn, earlier: Appeal) -> Filled:
    unit = turn.city.department(earlier.department or "")
    text = words.reason_answered(
        date=day(earlier.accepted_at, turn.calendar),
        department=unit.name if unit else "",
        answer=fit(earlier.answer or "", _ANSWER_LIMIT),
    )
    return Filled(text)
