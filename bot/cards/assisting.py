"""What units see of help for the one that leads (会办), and the handling classes staff may choose."""

from collections.abc import Sequence
from datetime import datetime

from bot.cards.card import Card, Rows, data
from bot.cards.view import AppealView
from bot.texts import assisting as words
from bot.texts.dates import day, day_and_clock
from bot.texts.fitting import fit
from bot.texts.office import CANCEL
from bot.texts.words import CLASSES
from storage.domain.city import Department
from storage.domain.classes import HandlingClass
from storage.domain.masking import mask
from storage.domain.words import Urgency
from storage.repositories.assists import OPEN, AssistState
from storage.tables import Assist

TEXT_LIMIT, _LINE_LIMIT = 2000, 500


def whom(appeal_id: int, *, units: Sequence[Department], user_id: int) -> Card:
    """Ask which unit is to help."""
    search = [(words.SEARCH, data("o.invseek", appeal_id))]
    return Card(words.WHOM, [*_units(appeal_id, units), search, _quit(appeal_id, user_id)])


def found(appeal_id: int, *, units: Sequence[Department], user_id: int) -> Card:
    """Offer the units that a search found."""
    again = (words.SEARCH_AGAIN, data("o.invseek", appeal_id))
    return Card(words.FOUND, [*_units(appeal_id, units), [again, *_quit(appeal_id, user_id)]])


def card(seen: AppealView, asked: Assist, *, department: str, staff: str) -> Card:
    """Return the card in the helping unit, while it is open; `staff`: who signed for it."""
    text = words.card(
        number=seen.appeal.number,
        lead=seen.department,
        department=department,
        task=fit(asked.task, _LINE_LIMIT),
        place=fit(mask(seen.place.strip()), _LINE_LIMIT),
        text=fit(mask(seen.appeal.text), TEXT_LIMIT),
        due=due_words(seen, asked.due),
    )
    if asked.state == AssistState.TAKEN:
        return Card(f"{text}\n{words.in_hand(staff=staff)}\n{words.HOW_TO_REPLY}", _rows(asked))
    return Card(text, _rows(asked))


def due_words(seen: AppealView, due: datetime) -> str:
    """Write until when to answer the lead; of what is extreme the hour too."""
    extreme = seen.appeal.urgency == Urgency.EXTREME
    return day_and_clock(due, seen.calendar) if extreme else day(due, seen.calendar)


def choose_class(appeal_id: int, *, classes: Sequence[HandlingClass], user_id: int) -> Card:
    """Ask which class it is to be."""
    buttons = [(CLASSES[each], data("o.classto", appeal_id, each.value)) for each in classes]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    return Card(words.WHICH_CLASS, [*rows, _quit(appeal_id, user_id)])


def _rows(asked: Assist) -> Rows:
    if asked.state not in OPEN:
        return []
    if asked.state == AssistState.TAKEN:
        return [[(words.DONE, data("o.asdone", asked.id)), (words.NOT_OURS, data("o.asno", asked.id))]]
    return [[(words.CLAIM, data("o.astake", asked.id)), (words.NOT_OURS, data("o.asno", asked.id))]]


def _units(appeal_id: int, units: Sequence[Department]) -> Rows:
    buttons = [(unit.name, data("o.invto", appeal_id, unit.code)) for unit in units]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def _quit(appeal_id: int, user_id: int) -> list[tuple[str, str]]:
    return [(CANCEL, data("o.quit", appeal_id, str(user_id)))]
