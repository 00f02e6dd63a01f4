"""What is not accepted (不予受理): the dispatcher's steps, what the citizen reads, the supervisors' second look."""

from collections.abc import Sequence

from bot.cards.card import Card, Rows, data
from bot.cards.choosing import pairs
from bot.cards.view import AppealView, place_words
from bot.services.objecting import has_objected
from bot.texts import declining as words
from bot.texts.concerns import READ
from bot.texts.dates import day
from bot.texts.fitting import fit
from bot.texts.triage import BACK
from bot.texts.words import KINDS, URGENCIES
from storage.domain.city import Department
from storage.domain.masking import mask
from storage.domain.words import Kind, Urgency
from storage.tables import Appeal

FAMILY = "so"
"""The verbs of the buttons that give it to a unit after all."""
_TEXT_LIMIT, _LINE_LIMIT = 1500, 500


def reasons(card: Card, appeal_id: int) -> Card:
    """Ask on the dispatchers' card itself for which reason it is declined."""
    buttons = [(label, data("t.dreason", appeal_id, key)) for key, label in words.REASONS.items()]
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    return Card(f"{card.text}\n\n{words.CHOOSE_REASON}", [*rows, [(BACK, data("t.back", appeal_id))]])


def choices(appeal_id: int, reason: str, text: str, labels: Sequence[tuple[str, str]]) -> Card:
    """Offer what usually fills a reason in; each choice is (label, what the button says)."""
    rows = [[(label, data("t.dpick", appeal_id, f"{reason}.{key}"))] for label, key in labels]
    write = (words.WRITE, data("t.dwrite", appeal_id, reason))
    return Card(text, [*rows, [write, _cancel(appeal_id)]])


def ask(appeal_id: int, text: str) -> Card:
    """Ask the dispatcher to write what fills a reason in."""
    return Card(text, [[_cancel(appeal_id)]])


def preview(appeal_id: int, text: str) -> Card:
    """Show the dispatcher how the citizen will read it."""
    rows = [[(words.SEND, data("t.dsend", appeal_id)), _cancel(appeal_id)]]
    return Card(words.preview(text=text), rows)


def declined(appeal: Appeal, *, read: bool = False) -> Card:
    """Tell the citizen that it is not accepted; once `read`, with no buttons."""
    told = appeal.declined
    reason = str(told.get("reason") or "other")
    text = told_to(appeal, reason=reason, text=str(told.get("text") or ""), **_who(appeal))
    first = (words.WANTS_WORDS.get(reason, words.LOOK_AGAIN), data("c.object", appeal.id))
    offered = [] if has_objected(appeal) else [first]
    return Card(text, [] if read else [[*offered, (words.GOT_IT, data("c.gotit", appeal.id))]])


def told_to(appeal: Appeal, *, reason: str, text: str, office: str, phone: str) -> str:
    """Return what the citizen is told, or would be."""
    number, title = appeal.number, fit(appeal.title, 60)
    return words.declined(number=number, title=title, reason=reason, text=text, office=office, phone=phone)


def ask_words(appeal: Appeal) -> Card:
    """Ask the citizen what is to be said to it."""
    return Card(words.ASK_WORDS, [[(words.NOT_NOW, data("c.noobject", appeal.id))]])


def assigned(seen: AppealView) -> Card:
    """Tell the citizen that it is accepted after all."""
    due = day(seen.appeal.answer_due, seen.calendar) if seen.appeal.answer_due else ""
    text = words.assigned_after_all(department=seen.department, due=due)
    return Card(text, [[(words.SEE_PROGRESS, data("c.see", seen.appeal.id))]])


def upheld(appeal: Appeal) -> Card:
    """Tell the citizen that it stays declined."""
    told = appeal.declined
    reason, text = str(told.get("reason") or "other"), str(told.get("text") or "")
    return Card(words.upheld(reason=reason, text=text, **_who(appeal)))


def objection(seen: AppealView, units: Sequence[Department], *, said: str) -> Card:
    """Ask the supervisors to look again; of a confidential appeal the group reads neither text nor answer."""
    appeal, secret = seen.appeal, seen.appeal.confidential
    place = place_words(seen.city, town=appeal.town, village=None, words=None) if secret else seen.place
    due = appeal.objection_due
    text = words.please_look(
        number=appeal.number,
        kind=f"{KINDS[Kind(appeal.kind)]}·{URGENCIES[Urgency(appeal.urgency)]}",
        place=fit(mask(place.strip()), _LINE_LIMIT),
        alias=appeal.alias,
        text="" if secret else fit(mask(appeal.text), _TEXT_LIMIT),
        reason=str(appeal.declined.get("reason") or "other"),
        said="" if secret else fit(mask(str(appeal.declined.get("text") or "")), _LINE_LIMIT),
        words="" if secret else fit(mask(said), _LINE_LIMIT),
        due=day(due, seen.calendar) if due else "",
    )
    other = (words.OTHER_UNIT, data(f"{FAMILY}.page", appeal.id, "0"))
    uphold = (words.UPHOLD, data("s.uphold", appeal.id))
    read = [[(READ, data("s.oread", appeal.id))]] if secret else []
    rows: Rows = [*read, *pairs(appeal.id, units, FAMILY), [other, uphold]]
    return Card(text, rows)


def objection_in_private(appeal: Appeal, *, said: str) -> Card:
    """Show one supervisor in private what an objection is about, and what its citizen says."""
    told = fit(mask(str(appeal.declined.get("text") or "")), _LINE_LIMIT)
    text, words_said = fit(mask(appeal.text), _TEXT_LIMIT), fit(mask(said), _LINE_LIMIT)
    return Card(words.in_private(number=appeal.number, alias=appeal.alias, text=text, told=told, said=words_said))


def _who(appeal: Appeal) -> dict[str, str]:
    return {key: str(appeal.declined.get(key) or "") for key in ("office", "phone")}


def _cancel(appeal_id: int) -> tuple[str, str]:
    return words.CANCEL, data("t.dcancel", appeal_id)
