"""What dispatchers are asked before two appeals become one (并单), or one becomes several (拆单)."""

from collections.abc import Sequence

from bot.cards.card import Card, data
from bot.cards.view import AppealView
from bot.texts import gathering as words
from bot.texts.fitting import fit
from bot.texts.words import STATUSES
from storage.domain.masking import mask
from storage.domain.statuses import Status
from storage.tables import Appeal

_LONGEST = 300
_NAMED = 3


def ask_which(appeal: Appeal, alike: Sequence[Appeal]) -> Card:
    """Ask into which it is merged; those that seem to tell the same are there to be pressed."""
    named = alike[:_NAMED]
    text = words.merge_prompt(number=appeal.number, alike=bool(named))
    return Card(text, [[(words.like(number=each.number), data("t.like", appeal.id, str(each.id)))] for each in named])


def ask_same(appeal: Appeal, other: AppealView) -> Card:
    """Ask whether an appeal tells the same as another, with which it would be handled."""
    lead = other.appeal
    text = words.ask_same(
        number=appeal.number,
        other=lead.number,
        title=fit(mask(lead.title), _LONGEST),
        place=fit(mask(other.place), _LONGEST),
        status=STATUSES[Status(lead.status)],
    )
    same = (words.SAME, data("t.same", appeal.id, str(lead.id)))
    return Card(text, [[same, (words.NOT_SAME, data("t.other", appeal.id))]])


def parts_so_far(appeal: Appeal, parts: Sequence[str]) -> Card:
    """Show what an appeal is to be split into, as far as it is written."""
    text = words.split_list(number=appeal.number, parts=[fit(mask(each), _LONGEST) for each in parts])
    add = (words.ADD_ONE, data("t.spmore", appeal.id))
    done, cancel = (words.DONE, data("t.spdone", appeal.id)), (words.CANCEL, data("t.spcancel", appeal.id))
    return Card(text, [[add, done, cancel]])
