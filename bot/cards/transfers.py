"""What units see while an appeal changes hands: whose it is, the offer to another unit, the colleague who goes on."""

from collections.abc import Sequence

from bot.cards.card import Card, Rows, data
from bot.cards.office import due_day
from bot.cards.view import AppealView
from bot.texts import transfers as words
from bot.texts.fitting import fit
from bot.texts.office import CANCEL
from storage.domain.city import Department
from storage.domain.masking import mask
from storage.tables import AppealEvent, Staff

TEXT_LIMIT, _LINE_LIMIT = 2500, 500


def why_not_ours(appeal_id: int, *, number: str, user_id: int) -> Card:
    """Ask why the unit returns an appeal."""
    reasons = list(words.RETURN_REASONS.items())
    rows = [[(label, data("o.return", appeal_id, key)) for key, label in part] for part in (reasons[:2], reasons[2:])]
    return Card(words.why_not_ours(number=number), [*rows, _quit(appeal_id, user_id)])


def whose(appeal_id: int, *, reason: str, units: Sequence[Department], user_id: int) -> Card:
    """Ask whose it is instead; no unit at all is an answer too."""
    rows = [*_units(appeal_id, "o.whose", units, f"{reason}."), [_seek(appeal_id, words.SEARCH, reason)]]
    unknown = (words.DO_NOT_KNOW, data("o.whose", appeal_id, f"{reason}."))
    return Card(words.WHOSE, [*rows, [unknown, *_quit(appeal_id, user_id)]])


def to_whom(appeal_id: int, *, units: Sequence[Department], user_id: int) -> Card:
    """Ask which unit is to take it over."""
    rows = [*_units(appeal_id, "o.towhom", units, ""), [_seek(appeal_id, words.SEARCH, "")]]
    return Card(words.TO_WHOM, [*rows, _quit(appeal_id, user_id)])


def found(appeal_id: int, *, reason: str, units: Sequence[Department], user_id: int) -> Card:
    """Offer the units that a search found: for a return, which has a `reason`, or else for an offer."""
    verb, before = ("o.whose", f"{reason}.") if reason else ("o.towhom", "")
    again = _seek(appeal_id, words.SEARCH_AGAIN, reason)
    return Card(words.FOUND, [*_units(appeal_id, verb, units, before), [again, *_quit(appeal_id, user_id)]])


def write(appeal_id: int, text: str, *, user_id: int) -> Card:
    """Ask for one sentence that stays among the units."""
    return Card(text, [_quit(appeal_id, user_id)])


def offer(seen: AppealView, offered: AppealEvent) -> Card:
    """Ask another unit to take an appeal over (【请接手】)."""
    appeal = seen.appeal
    text = words.offer(
        number=appeal.number,
        department=seen.department,
        text=fit(mask(appeal.text), TEXT_LIMIT),
        place=fit(mask(seen.place.strip()), _LINE_LIMIT),
        reason=fit(mask(str(offered.details["words"])), _LINE_LIMIT),
        due=due_day(seen),
    )
    take = (words.TAKE_OVER, data("o.accept", offered.id))
    return Card(text, [[take, (words.DECLINE, data("o.decline", offered.id))]])


def offered(appeal_id: int, offer_id: int, *, to: str, until: str, department: str) -> Card:
    """Tell the offering unit that the other one was asked; it can be taken back."""
    text = words.offered(to=to, until=until, department=department)
    return Card(text, [[(words.WITHDRAW_OFFER, data("o.unoffer", appeal_id, str(offer_id)))]])


def colleagues(appeal_id: int, *, number: str, claimant: Staff | None, others: Sequence[Staff], user_id: int) -> Card:
    """Ask which colleague goes on; the buttons say who had it when they were shown."""
    had = claimant.id if claimant else 0
    buttons = [(each.name, data("o.handto", appeal_id, f"{each.id}.{had}")) for each in others]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    text = words.to_which_colleague(number=number, claimant=claimant.name if claimant else "")
    return Card(text, [*rows, _quit(appeal_id, user_id)])


def _units(appeal_id: int, verb: str, units: Sequence[Department], before: str) -> Rows:
    return [[(unit.name, data(verb, appeal_id, f"{before}{unit.code}"))] for unit in units]


def _seek(appeal_id: int, label: str, reason: str) -> tuple[str, str]:
    return label, data("o.seek", appeal_id, reason)


def _quit(appeal_id: int, user_id: int) -> list[tuple[str, str]]:
    return [(CANCEL, data("o.quit", appeal_id, str(user_id)))]
