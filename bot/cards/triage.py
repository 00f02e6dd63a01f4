"""The dispatchers' cards: an appeal without a unit, and one that comes back."""

from collections.abc import Sequence

from bot.cards.card import Card, Rows, data
from bot.cards.matters import rule_lines
from bot.cards.view import AppealView
from bot.services.guessing import Guess, Likely
from bot.services.secrecy import accused
from bot.services.transcribing import waits
from bot.texts import confidential, declining, gathering, limits
from bot.texts import triage as words
from bot.texts.fitting import fit
from bot.texts.transfers import RETURN_REASONS
from bot.texts.words import KINDS, URGENCIES, files_words
from storage.domain.city import Department
from storage.domain.contents import Kind as Kinds
from storage.domain.masking import mask
from storage.domain.words import Kind, Urgency
from storage.tables import AppealEvent

BEST = 3
TEXT_LIMIT = 2500


def waiting(seen: AppealView) -> Card:
    """Show an appeal for which a unit is looked for (【待派单】), with the three likeliest units."""
    if waits(seen.appeal):
        return _voice(seen)
    appeal, best = seen.appeal, likeliest(seen)
    due = _due(seen)
    text = words.waiting(
        number=appeal.number,
        kind=KINDS[Kind(appeal.kind)],
        level=URGENCIES[Urgency(appeal.urgency)],
        place=fit(mask(seen.place), 300),
        alias=appeal.alias,
        text=fit(mask(appeal.text), TEXT_LIMIT) or words.NO_WORDS,
        files=files_words(appeal.files),
        guesses=[(unit.name, each.p, [mask(word) for word in each.words]) for unit, each in best],
        is_new=bool(appeal.guess.get("new")),
        rules=rule_lines(seen),
        due=due,
    )
    sends = [_send(appeal.id, unit) for unit, _ in best]
    other = [_other(appeal.id), (gathering.SPLIT, data("t.split", appeal.id))]
    merge = [] if appeal.confidential else [(gathering.MERGE, data("t.merge", appeal.id))]
    last = [*merge, (declining.DECLINE, data("t.decline", appeal.id))]
    return Card(_kept(seen, text), _rows(sends[:1], sends[1:], other, last, _set_right(appeal.id)))


def _kept(seen: AppealView, text: str) -> str:
    """Put before a confidential appeal that it is one, and after it whom it must not reach by itself."""
    if not seen.appeal.confidential:
        return text
    units = [unit.name for unit in accused(seen.appeal, seen.city)]
    return "\n".join([confidential.KEEP_IT, text, *([confidential.left_out(units=units)] if units else [])])


def _voice(seen: AppealView) -> Card:
    """Show a voice that has to be written down first (语音件)."""
    appeal = seen.appeal
    text = words.voice(
        number=appeal.number,
        seconds=appeal.files.get("seconds", 0),
        place=fit(mask(seen.place), 300),
        files=files_words({kind: n for kind, n in appeal.files.items() if kind not in {Kinds.VOICE, "seconds"}}),
        due=_due(seen),
    )
    write = (words.WRITE_DOWN, data("t.write", appeal.id))
    unheard = (words.CANNOT_HEAR, data("t.unheard", appeal.id))
    return Card(text, _rows([write, unheard], [_other(appeal.id)]))


def _due(seen: AppealView) -> str | None:
    due = seen.appeal.triage_due
    return words.send_before(due, seen.now, seen.calendar) if due else None


def likeliest(seen: AppealView) -> list[tuple[Department, Likely]]:
    """Return the units the classifier thinks of, best first, at most three."""
    guess = Guess.from_json(seen.appeal.guess).at(seen.city, seen.appeal.town)
    named = [(seen.city.department(each.department), each) for each in guess.likely]
    return [(unit, each) for unit, each in named if unit is not None][:BEST]


def returned(seen: AppealView, asked: AppealEvent) -> Card:
    """Show an appeal that its unit wants to give back (【退单】)."""
    appeal = seen.appeal
    suggested = seen.city.department(asked.details.get("suggested") or "")
    reason = str(asked.details.get("reason") or "other")
    text = words.returned(
        number=appeal.number,
        n=appeal.returns + 1,
        old=seen.department,
        reason=RETURN_REASONS.get(reason, RETURN_REASONS["other"]),
        suggested=suggested.name if suggested else "",
        words=fit(mask(str(asked.details.get("words") or "")), 500),
        text=fit(mask(appeal.text), TEXT_LIMIT),
        due=appeal.answer_due,
        calendar=seen.calendar,
    )
    text = _kept(seen, text)
    agree = [(words.AGREE, data("t.send", appeal.id, suggested.code))] if suggested else []
    raising = (words.SUPERVISOR, data("t.lead", appeal.id))
    return Card(text, _rows([*agree, (words.REFUSE, data("t.refuse", appeal.id))], [_other(appeal.id), raising]))


def refusing(card: Card, appeal_id: int) -> Card:
    """Ask on the card itself why the return is refused."""
    reasons = [[(label, data("t.why", appeal_id, key))] for key, label in words.RETURN_REFUSALS.items()]
    return Card(card.text, _rows(*reasons, [_back(appeal_id)]))


def _send(appeal_id: int, unit: Department) -> tuple[str, str]:
    return words.SEND_TO.format(department=unit.name), data("t.send", appeal_id, unit.code)


def _other(appeal_id: int) -> tuple[str, str]:
    return words.OTHER_UNIT, data("t.page", appeal_id, "0")


def _set_right(appeal_id: int) -> list[tuple[str, str]]:
    level = (limits.CHANGE_URGENCY, data("t.level", appeal_id))
    return [(limits.CHANGE_KIND, data("t.kind", appeal_id)), level]


def _back(appeal_id: int) -> tuple[str, str]:
    return words.BACK, data("t.back", appeal_id)


def _rows(*rows: Sequence[tuple[str, str]]) -> Rows:
    return [row for row in rows if row]
