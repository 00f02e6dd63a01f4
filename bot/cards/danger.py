"""Danger as words and buttons: what the citizen is told at once, and what dispatchers and the unit see."""

from dataclasses import dataclass

from bot.cards.card import Card, Rows, data
from bot.cards.office import extreme_limits
from bot.cards.view import AppealView
from bot.services.alarming import RUNNING, CaseState
from bot.texts import office as unit_words
from bot.texts import triage as group_words
from bot.texts.citizen import danger as words
from bot.texts.fitting import fit
from storage.domain.city import City
from storage.domain.dangers import Danger
from storage.domain.masking import mask
from storage.tables import DangerCase

_TEXT_LIMIT = 2500
_NOT_SAFE_YET = frozenset({Danger.INJURY, Danger.MISSING})
"""What the citizen is not in themselves: they go on, they are not 「safe」."""


@dataclass(frozen=True)
class CaseView:
    """A case with what belongs to it: the words (None: nothing is left of them), the appeal's number, names."""

    case: DangerCase
    text: str | None
    confidential: bool
    number: str
    follower: str
    settler: str
    city: City


def sentence(case_id: int, danger: Danger, city: City) -> Card:
    """Tell the citizen what to do now."""
    text = words.sentence(danger, phones=city.phones)
    return Card(text, [[(label, data(verb, case_id, danger))] for label, verb in _answers(danger)])


def told(danger: Danger, city: City) -> Card:
    """Leave the sentence standing, without its buttons."""
    return Card(words.sentence(danger, phones=city.phones))


def labels(danger: Danger) -> dict[str, str]:
    """Return the verbs of the buttons by their labels, for those who type."""
    return dict(_answers(danger))


def for_dispatchers(seen: CaseView) -> Card:
    """Put somebody who may be in danger before the dispatchers (【请马上看】)."""
    case = seen.case
    text = group_words.look_now(
        number=seen.number,
        alias=case.alias,
        text=_shown(seen),
        reason=_reason(seen),
        phones=words.to_call(Danger(case.danger), phones=seen.city.phones),
        stands=_stands(seen),
    )
    return Card(text, _rows(case))


def why_phone(case_id: int) -> Card:
    """Ask the dispatcher what the number is wanted for."""
    reasons = [(label, data("t.dshow", case_id, key)) for key, label in group_words.PHONE_REASONS.items()]
    return Card(group_words.WHY_PHONE, [reasons])


def for_unit(seen: AppealView, case: DangerCase) -> Card:
    """Tell the unit that the citizen of its appeal may be in danger."""
    reason = reason_words(case, confidential=seen.appeal.confidential)
    limits = extreme_limits(seen)
    return Card(unit_words.in_danger(number=seen.appeal.number, reason=reason, limits=limits))


def reason_words(case: DangerCase, *, confidential: bool) -> str:
    """Write why it may be dangerous: the deciding words, or, where they are confidential, only the kind."""
    kind = group_words.DANGERS[Danger(case.danger)]
    return kind if confidential or not case.words else mask("、".join(case.words))


def _answers(danger: Danger) -> list[tuple[str, str]]:
    if danger is Danger.DESPAIR:
        return [(words.CALL_ME, "c.dcall"), (words.SAFE_NOW, "c.dsafe")]
    onward = (words.GO_ON, "c.don") if danger in _NOT_SAFE_YET else (words.SAFE, "c.dsafe")
    return [onward, (words.NO_EMERGENCY, "c.dno")]


def _shown(seen: CaseView) -> str:
    if seen.confidential:
        return group_words.NOT_SHOWN
    return group_words.NOT_FILED if seen.text is None else fit(mask(seen.text), _TEXT_LIMIT)


def _reason(seen: CaseView) -> str:
    return reason_words(seen.case, confidential=seen.confidential)


def _stands(seen: CaseView) -> list[str]:
    case = seen.case
    lines = [group_words.SAYS_SAFE] if case.safe_at else []
    lines += [group_words.SAYS_NO_EMERGENCY] if case.denied_at else []
    lines += [group_words.followed(name=seen.follower)] if case.followed_by else []
    lines += [group_words.dismissed(name=seen.settler)] if case.state == CaseState.DISMISSED else []
    return lines


def _rows(case: DangerCase) -> Rows:
    if case.state not in RUNNING:
        return ()
    phone = (group_words.SEE_PHONE, data("t.dphone", case.id))
    first = phone if case.state == CaseState.FOLLOWED else (group_words.FOLLOW, data("t.dfollow", case.id))
    return [[first, (group_words.NO_EMERGENCY, data("t.dcalm", case.id))]]
