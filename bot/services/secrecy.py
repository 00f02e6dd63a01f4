"""Which drafts become confidential appeals (保密件), which units then must not get them, and who read of them."""

from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.guessing import Guess
from bot.services.moving import Actor
from storage.city.officials import load_officials
from storage.domain.city import City, Department
from storage.domain.words import Kind
from storage.repositories import events
from storage.tables import Appeal, Draft

READ: Final = "confidential_read"


def complains_of_officials(told: Draft | Appeal) -> bool:
    """Whether the text complains of somebody in office."""
    return load_officials().complained_of(told.text)


async def note_read(session: AsyncSession, appeal: Appeal, *, person_id: int, now: datetime) -> None:
    """Keep which supervisor read in private what is confidential."""
    await events.record(session, READ, at=now, actor=Actor.SUPERVISOR, appeal_id=appeal.id, person_id=person_id)


def is_asked(draft: Draft) -> bool:
    """Whether its citizen is asked: reports, and complaints about officials."""
    kind = draft.kind or Guess.from_json(draft.guess).kind
    return kind != Kind.PRAISE and (kind == Kind.REPORT or complains_of_officials(draft))


def is_confidential(draft: Draft) -> bool:
    """Whether it is to be kept from the group: as its citizen said; unanswered, what is asked about is."""
    if (draft.kind or Guess.from_json(draft.guess).kind) == Kind.PRAISE:
        return False
    return is_asked(draft) if draft.confidential is None else draft.confidential


def left_out(draft: Draft, city: City) -> tuple[Department, ...]:
    """Return the units that must not get a confidential draft."""
    return accused(draft, city) if is_confidential(draft) else ()


def accused(told: Draft | Appeal, city: City) -> tuple[Department, ...]:
    """Return the units that the words of a draft or an appeal name, by any of their names.

    Where an official is complained of, the town of the place is meant too: its officials are the nearest.
    """
    said = "\n".join(part for part in (told.text, told.place, told.wish) if part)
    place = city.town(told.town or "") if complains_of_officials(told) else None
    nearest = place.department_code if place else None
    return tuple(
        unit for unit in city.departments if unit.code == nearest or any(name in said for name in _names(unit))
    )


def without(guess: Guess, units: tuple[Department, ...]) -> Guess:
    """Return the guess without some units; it is sure no more where the best of it is gone."""
    codes = {unit.code for unit in units}
    kept = tuple(each for each in guess.likely if each.department not in codes)
    return Guess(kept, guess.auto and kept[:1] == guess.likely[:1], guess.kind, guess.nobody, new=guess.new)


def _names(unit: Department) -> tuple[str, ...]:
    return (unit.name, *unit.also)
