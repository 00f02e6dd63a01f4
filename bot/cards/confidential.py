"""A confidential appeal (保密件) as groups see it: number, kind, level, town, due time, handler; nothing else."""

from collections.abc import Sequence

from bot.cards.card import Card, Rows, data
from bot.cards.view import AppealView
from bot.texts import confidential as words
from bot.texts.dates import day
from bot.texts.office import bracketed
from bot.texts.triage import send_before
from bot.texts.words import KINDS, PLACE_UNSAID, STATUSES, URGENCIES
from storage.domain.lifecycle import OPEN
from storage.domain.statuses import Status
from storage.domain.words import Kind, Urgency
from storage.tables import Appeal, Staff

_READABLE = OPEN | {Status.ANSWERED, Status.CLOSED}


def for_unit(seen: AppealView, handler: str) -> Card:
    """Return the card in the unit's group; its button opens the text in the handler's private chat; "": no handler."""
    appeal = seen.appeal
    status = Status(appeal.status)
    lines = [words.answer_until(due=day(appeal.answer_due, seen.calendar))] if appeal.answer_due else []
    if status is not Status.DISPATCHED:
        lines = [*(lines if status in OPEN else []), words.status_line(status=STATUSES[status])]
    rows: Rows = [[(words.LOOK, data("o.look", appeal.id))]] if status in _READABLE else []
    return Card(_joined(seen, [*lines, words.handler_line(staff=handler)]), rows)


def for_dispatchers(seen: AppealView, handler: str) -> Card:
    """Return the card in the dispatchers' group while one of them must decide."""
    appeal = seen.appeal
    lines = []
    if appeal.triage_due and appeal.status == Status.PENDING_TRIAGE:
        lines = [words.send_before(due=send_before(appeal.triage_due, seen.now, seen.calendar))]
    rows: Rows = [[(words.LOOK, data("t.look", appeal.id))]]
    return Card(_joined(seen, [*lines, words.handler_line(staff=handler)]), rows)


def decided(seen: AppealView) -> Card:
    """Return what is left of the dispatchers' card: the number, where it stands, and the unit that has it."""
    appeal = seen.appeal
    stands = words.status_line(status=STATUSES[Status(appeal.status)])
    return Card("\n".join(part for part in (bracketed(words.CARD, appeal.number), stands, seen.department) if part))


def moved_on(seen: AppealView) -> Card:
    """Return what is left of the card in a unit that has the appeal no more."""
    return Card(words.moved(number=seen.appeal.number, unit=seen.department))


def line(appeal: Appeal) -> str:
    """Return all that a list in a group may say of it: its number and where it stands."""
    return f"{appeal.number} {words.CARD} {STATUSES[Status(appeal.status)]}"


def choosing(name: str, staff: Sequence[Staff]) -> Card:
    """Offer an administrator everybody who may handle what is confidential in a unit."""
    labels = [
        words.one_of_staff(name=each.name, post=each.post, badge=each.badge, current=each.confidential)
        for each in staff
    ]
    rows = [[(label, data("a.handler", each.id))] for label, each in zip(labels, staff, strict=True)]
    return Card(words.choose_handler(name=name) if staff else words.NO_STAFF, rows)


def _joined(seen: AppealView, lines: Sequence[str]) -> str:
    appeal = seen.appeal
    town = seen.city.town(appeal.town or "")
    level = words.level_line(kind=KINDS[Kind(appeal.kind)], level=URGENCIES[Urgency(appeal.urgency)])
    place = words.town_line(town=town.name if town else PLACE_UNSAID)
    return "\n".join([bracketed(words.CARD, appeal.number), level, place, words.NOT_SHOWN, *lines])
