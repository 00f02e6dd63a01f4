"""The supervisors' card: an appeal whose lead they have to name, and how it came to that (【定主办】)."""

from collections.abc import Mapping, Sequence

from bot.cards.card import Card, data
from bot.cards.choosing import pairs
from bot.cards.matters import rule_lines
from bot.cards.view import AppealView, place_words
from bot.texts import supervision as words
from bot.texts import transfers
from bot.texts.dates import day
from bot.texts.fitting import fit
from storage.domain.city import City, Department
from storage.domain.masking import mask
from storage.domain.statuses import Event
from storage.tables import AppealEvent

TEXT_LIMIT, _LINE_LIMIT, _STEPS = 1500, 300, 8
#: Which detail of these events names the unit it is to go to; where it went, that is `new`.
_NAMES: Mapping[str, str] = {Event.ASSIGN: "department", Event.RETURN_ASKED: "suggested"}


def name_lead(seen: AppealView, history: Sequence[AppealEvent], units: Sequence[Department]) -> Card:
    """Show the appeal, the way it went, and the units that come to mind."""
    appeal = seen.appeal
    place = place_words(seen.city, town=appeal.town, village=None, words=None) if appeal.confidential else seen.place
    steps = [_step(seen, each) for each in history]
    text = words.name_lead(
        number=appeal.number,
        returns=appeal.returns,
        place=fit(mask(place.strip()), _LINE_LIMIT),
        text=words.CONFIDENTIAL if appeal.confidential else fit(mask(appeal.text), TEXT_LIMIT),
        history=[step for step in steps if step][-_STEPS:],
        rules=rule_lines(seen),
        due=day(appeal.answer_due, seen.calendar) if appeal.answer_due else None,
    )
    other = (words.OTHER_UNIT, data("s.page", appeal.id, "0"))
    return Card(text, [*pairs(appeal.id, units, "s"), [other]])


def _step(seen: AppealView, event: AppealEvent) -> str:
    details = event.details
    reason = str(details.get("reason") or "")
    return words.step(
        event.what,
        when=day(event.at, seen.calendar),
        old=_unit(seen.city, details.get("old") or details.get("department")),
        new=_unit(seen.city, details.get("new" if "new" in details else _NAMES.get(event.what, ""))),
        reason=transfers.RETURN_REASONS.get(reason, transfers.RETURN_REASONS["other"]),
        words="" if seen.appeal.confidential else fit(mask(str(details.get("words") or "")), _LINE_LIMIT),
    )


def _unit(city: City, code: str | None) -> str:
    unit = city.department(code or "")
    return unit.name if unit else ""
