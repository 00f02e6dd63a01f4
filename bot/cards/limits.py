"""Kind and urgency to choose from, and the card on which supervisors read why a limit is to be longer."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.cards.card import Rows, data
from bot.cards.view import AppealView
from bot.services.changing_limits import Part, is_longer
from bot.texts import limits as words
from bot.texts.dates import limit
from bot.texts.words import KINDS, URGENCIES
from storage.domain.city import City
from storage.domain.words import Kind
from storage.tables import Appeal, Approval

NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    Part.KIND: {kind.value: name for kind, name in KINDS.items()},
    Part.URGENCY: {urgency.value: name for urgency, name in URGENCIES.items()},
}
QUESTIONS: Final[Mapping[str, str]] = {Part.KIND: words.WHICH_KIND, Part.URGENCY: words.WHICH_URGENCY}


def options(appeal: Appeal, part: Part, city: City, *, verb: str) -> Rows:
    """Return a button for each other kind or urgency; one that takes a supervisor says so."""
    buttons = [
        (_label(appeal, part, key, name, city), data(verb, appeal.id, key))
        for key, name in NAMES[part].items()
        if key != getattr(appeal, part) and not _is_praise(appeal, key)
    ]
    return [buttons[at : at + 2] for at in range(0, len(buttons), 2)]


def want_longer(seen: AppealView, asked: Approval, *, reason: str) -> str:
    """Return what the supervisors read of the wish for a longer limit; `reason` as the group may read it."""
    part = Part(asked.details["part"])
    names = NAMES[part]
    return words.want_longer(
        number=seen.appeal.number,
        department=seen.department,
        part=words.NAMES[part],
        old=names.get(asked.details["old"], ""),
        new=names.get(asked.details["new"], ""),
        reason=reason,
        dues=" → ".join(_dues(seen, asked)),
    )


def _label(appeal: Appeal, part: Part, key: str, name: str, city: City) -> str:
    return f"{name}{words.NEEDS_SUPERVISOR}" if is_longer(appeal, part, key, city) else name


def _is_praise(appeal: Appeal, key: str) -> bool:
    return key == Kind.PRAISE and appeal.first_dispatched_at is not None


def _dues(seen: AppealView, asked: Approval) -> Sequence[str]:
    kept = [asked.details.get(name) for name in ("old_due", "new_due")]
    return [limit(datetime.fromisoformat(each), seen.calendar) for each in kept if each]
