"""What supervisors are asked to agree to: one card a wish, its buttons, and what is left of it afterwards."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.cards import limits
from bot.cards.card import Card, data
from bot.cards.view import AppealView
from bot.services.petitioning import State, Wish
from bot.texts import asking, checking, dates, reaching
from bot.texts import plans as words
from bot.texts.concerns import READ
from bot.texts.dates import far_day
from bot.texts.fitting import fit
from bot.texts.words import STATUSES
from storage.domain.deadlines import LONGEST_PAUSE
from storage.domain.masking import mask
from storage.domain.statuses import Status
from storage.tables import Approval

_LINE, _ANSWER = 600, 2800
#: What of a wish a unit has written itself.
_WRITTEN = ("reason", "promise", "facts", "basis", "way", "question", "words", "answer")


def _extension(seen: AppealView, asked: Approval) -> str:
    return words.want_extension(
        number=seen.appeal.number,
        department=seen.department,
        reason=shown(seen, asked, "reason"),
        old=_day(seen, asked, "old_due"),
        new=_day(seen, asked, "new_due"),
    )


def _deferral(seen: AppealView, asked: Approval) -> str:
    return words.want_deferral(
        number=seen.appeal.number,
        department=seen.department,
        reason=shown(seen, asked, "reason"),
        promise=shown(seen, asked, "promise"),
        day=_day(seen, asked, "until"),
    )


def _conclusion(seen: AppealView, asked: Approval) -> str:
    return words.want_conclusion(
        number=seen.appeal.number,
        reopens=seen.appeal.reopens,
        department=seen.department,
        facts=shown(seen, asked, "facts"),
        basis=shown(seen, asked, "basis"),
        words="" if seen.appeal.confidential else fit(mask(seen.appeal.text), _LINE),
    )


def _answer(seen: AppealView, asked: Approval) -> str:
    answer = shown(seen, asked, "answer", limit=_ANSWER)
    return checking.to_look_at(number=seen.appeal.number, department=seen.department, answer=answer)


def _late_ask(seen: AppealView, asked: Approval) -> str:
    due = seen.appeal.answer_due
    return asking.want_late(
        number=seen.appeal.number,
        department=seen.department,
        due=dates.limit(due, seen.calendar) if due is not None else "",
        question=shown(seen, asked, "question"),
        days=LONGEST_PAUSE,
    )


def _unreachable(seen: AppealView, asked: Approval) -> str:
    tried = shown(seen, asked, "words")
    return reaching.want_stop(number=seen.appeal.number, department=seen.department, words=tried)


def _longer(seen: AppealView, asked: Approval) -> str:
    return limits.want_longer(seen, asked, reason=shown(seen, asked, "reason"))


#: How each wish reads.
TEXTS: Mapping[str, Callable[[AppealView, Approval], str]] = {
    Wish.EXTENSION: _extension,
    Wish.DEFERRAL: _deferral,
    Wish.CONCLUSION: _conclusion,
    Wish.ANSWER: _answer,
    Wish.LATE_ASK: _late_ask,
    Wish.UNREACHABLE: _unreachable,
    Wish.LONGER: _longer,
}
_YESES: Mapping[str, str] = {Wish.ANSWER: checking.SEND_AGREED}
_NOES: Mapping[str, str] = {Wish.CONCLUSION: words.DISAGREE_GO_ON, Wish.ANSWER: checking.SEND_BACK}


def card(seen: AppealView, asked: Approval, *, first: str = "") -> Card:
    """Return the card while it is to be decided; `first`: who of two agreed."""
    text = TEXTS[asked.kind](seen, asked)
    told = f"{text}\n{words.first_agreed(name=first)}" if first else text
    yes, no = _YESES.get(asked.kind, words.AGREE), _NOES.get(asked.kind, words.DISAGREE)
    read = [[(READ, data("s.aread", asked.id))]] if seen.appeal.confidential else []
    return Card(told, [*read, [(yes, data("s.agree", asked.id)), (no, data("s.refuse", asked.id))]])


def in_private(seen: AppealView, asked: Approval) -> Card:
    """Show one supervisor in private what a unit writes about a confidential appeal."""
    written = [str(asked.details[key]) for key in _WRITTEN if asked.details.get(key)]
    text = fit(mask("\n".join(written)), _ANSWER)
    return Card(words.in_private(number=seen.appeal.number, department=seen.department, text=text))


def settled(seen: AppealView, asked: Approval, *, name: str) -> Card:
    """Return what is left of the card, without buttons."""
    text = TEXTS[asked.kind](seen, asked)
    if asked.state == State.MOOT:
        return Card(words.moot(text=text, status=STATUSES[Status(seen.appeal.status)]))
    if asked.state == State.LAPSED:
        return Card(words.lapsed(text=text, name=name))
    reason = fit(mask(asked.reason), _LINE)
    return Card(words.decided(text=text, agreed=asked.state == State.AGREED, name=name, reason=reason))


def shown(seen: AppealView, asked: Approval, key: str, *, limit: int = _LINE) -> str:
    """Return the unit's own words as the group may read them."""
    if seen.appeal.confidential:
        return words.CONFIDENTIAL
    return fit(mask(str(asked.details.get(key) or "")), limit)


def _day(seen: AppealView, asked: Approval, key: str) -> str:
    return far_day(datetime.fromisoformat(asked.details[key]), seen.now, seen.calendar)
