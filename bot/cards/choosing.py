"""Units to choose from, on a card of the dispatchers (family `t`) or of the supervisors (`s`)."""

from collections.abc import Sequence

from bot.cards.card import Card, Rows, data
from bot.texts import triage as words
from storage.domain.city import Department

A_PAGE = 10


def page(card: Card, appeal_id: int, units: Sequence[Department], number: int, *, family: str = "t") -> Card:
    """Offer one page (from 0) of units on the card itself; a page beyond the last is the last."""
    last = max(0, (len(units) - 1) // A_PAGE)
    number = min(number, last)
    shown = units[number * A_PAGE : (number + 1) * A_PAGE]
    turning = [(words.EARLIER, data(f"{family}.page", appeal_id, str(number - 1)))] if number else []
    turning += [(words.LATER, data(f"{family}.page", appeal_id, str(number + 1)))] if number < last else []
    search = (words.SEARCH, data(f"{family}.search", appeal_id))
    back = (words.BACK, data(f"{family}.back", appeal_id))
    return Card(card.text, [row for row in [*pairs(appeal_id, shown, family), turning, [search, back]] if row])


def found(text: str, appeal_id: int, units: Sequence[Department], *, family: str = "t") -> Card:
    """Offer the units that a search found."""
    again = (words.SEARCH_AGAIN, data(f"{family}.search", appeal_id))
    return Card(text, [*pairs(appeal_id, units, family), [again]])


def pairs(appeal_id: int, units: Sequence[Department], family: str) -> Rows:
    """Return a button a unit, two in a row."""
    buttons = [(unit.name, data(f"{family}.send", appeal_id, unit.code)) for unit in units]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
