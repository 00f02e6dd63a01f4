"""An appeal being told: its text, its place, its unit and kind, before it is filed."""

import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import secrecy
from bot.services.guessing import Guess
from storage.domain import numbers
from storage.domain.city import City, Town, Village
from storage.domain.errors import InputRefused
from storage.domain.words import Kind
from storage.repositories import drafts
from storage.tables import Draft

#: What `Draft.department` holds when the citizen leaves the unit to the office; None means nothing was chosen.
BY_THE_OFFICE: Final = ""
LONGEST_TEXT: Final = 20_000
_SHORTEST_TEXT: Final = 5
_LEADING_WORDS: Final = 4


async def hear(session: AsyncSession, *, person_id: int, text: str, now: datetime) -> Draft:
    """Add `text` to what the person has said so far, or begin a draft with it; raise InputRefused("too_long").

    Without a text, return the draft as it is, or an empty one.
    """
    draft = await drafts.of_person(session, person_id)
    if draft is None:
        draft = await drafts.begin(session, person_id, text="", now=now)
    if text:
        retell(draft, f"{draft.text}\n{text}" if draft.text else text, now=now)
    return draft


def retell(draft: Draft, text: str, *, now: datetime) -> None:
    """Put `text` in the place of what was said; the old guess is no longer worth anything."""
    if len(text) > LONGEST_TEXT:
        raise InputRefused("too_long")
    draft.text, draft.guess, draft.updated_at = text, {}, now


def says_nothing(draft: Draft) -> bool:
    """Whether there is neither a word nor anything else in it."""
    return not draft.text.strip() and not draft.files


def is_too_short(text: str) -> bool:
    """Whether nobody could tell from it what is the matter."""
    return len("".join(text.split())) < _SHORTEST_TEXT


def foresee_place(draft: Draft, city: City) -> None:
    """Note the town and village that the text itself names, where none is noted yet."""
    if draft.place is None and draft.town is None:
        town, village = city.find_place(draft.text)
        draft.town, draft.village = _codes(town, village)


def put_place(draft: Draft, text: str, city: City, *, now: datetime) -> None:
    """Take the citizen's words for the place; a town or village they name counts, else the one noted before stays."""
    town, village = city.find_place(text)
    if town is not None:
        draft.town, draft.village = _codes(town, village)
    draft.place = without_names(text, town, village, city) or None
    draft.latitude, draft.longitude, draft.updated_at = None, None, now


def put_town(draft: Draft, code: str, city: City, *, now: datetime) -> Town:
    """Note the town; raise InputRefused where there is no such town."""
    town = city.town(code)
    if town is None:
        raise InputRefused("no_such_place")
    draft.town, draft.village, draft.updated_at = town.code, None, now
    return town


def put_village(draft: Draft, code: str, city: City, *, now: datetime) -> None:
    """Note the village and its town; raise InputRefused where there is no such village."""
    found = city.village(code)
    if found is None:
        raise InputRefused("no_such_place")
    draft.town, draft.village, draft.updated_at = found[0].code, found[1].code, now


def put_pin(draft: Draft, *, latitude: float, longitude: float, words: str, now: datetime) -> None:
    """Note a point on the map, in degrees, and what to call it."""
    draft.latitude, draft.longitude, draft.place, draft.updated_at = latitude, longitude, words, now


def without_names(text: str, town: Town | None, village: Village | None, city: City) -> str:
    """Return the words for a place without the town and village in them, which are shown before them anyway."""
    rest = text.strip()
    for name in (city.name, *_names_in(rest, town), *((village.name,) if village else ())):
        at = rest.find(name)
        if 0 <= at <= _LEADING_WORDS:
            rest = _without_edges(rest[at + len(name) :])
    return rest


def put_kind(draft: Draft, kind: Kind) -> None:
    """Note the kind the citizen chose; what becomes a report is asked about anew."""
    if kind == Kind.REPORT and chosen_kind(draft) != Kind.REPORT:
        draft.confidential = None
    draft.kind = kind


def chosen_unit(draft: Draft, city: City) -> str | None:
    """Return the unit it would go to: the citizen's choice, else the guess if sure; None where the office decides."""
    guessed = guess_of(draft, city).department
    chosen = guessed if draft.department is None else draft.department or None
    return None if chosen in {unit.code for unit in secrecy.left_out(draft, city)} else chosen


def chosen_kind(draft: Draft) -> str:
    """Return the kind: the citizen's choice, else the guess."""
    return draft.kind or Guess.from_json(draft.guess).kind


def guess_of(draft: Draft, city: City) -> Guess:
    """Return the guess kept with the draft, its town put in, the units that must not get it left out."""
    return secrecy.without(Guess.from_json(draft.guess).at(city, draft.town), secrecy.left_out(draft, city))


def alias_of(draft: Draft, draw: Callable[[int], int]) -> str:
    """Return what the citizen is called before others, drawn once and kept for the appeal; `draw(n)` is below n."""
    draft.alias = draft.alias or numbers.alias(draw(numbers.ALIASES))
    return draft.alias


def _codes(town: Town | None, village: Village | None) -> tuple[str | None, str | None]:
    return town.code if town else None, village.code if village else None


def _names_in(text: str, town: Town | None) -> tuple[str, ...]:
    """Return the names by which the text calls the town; a short name only where the full one is not used."""
    if town is None:
        return ()
    return (town.name,) if town.name in text else town.also


def _without_edges(text: str) -> str:
    """Drop punctuation and blanks at the beginning."""
    start = next((place for place, each in enumerate(text) if unicodedata.category(each)[0] not in "PZ"), len(text))
    return text[start:]
