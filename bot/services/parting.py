"""A dispatcher handles what is told in one appeal as several (拆单): each part an appeal of its own.

The first keeps its number, its unit and its promise; the others have the same citizen, place, telephone number and
pictures, and wait for a unit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import attaching, secrecy
from bot.services.cataloguing import note_matter
from bot.services.guessing import Guess
from bot.services.moving import Actor, find, move, workable
from bot.services.submitting import first_words, give_number, title_of
from bot.services.transcribing import waits
from storage.domain import deadlines, lifecycle, numbers
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused
from storage.domain.statuses import Event
from storage.domain.words import Kind, Urgency
from storage.repositories import appeals, attachments, events
from storage.tables import Appeal

FEWEST: Final = 2
MOST: Final = 6
#: What each part has of the whole.
_SHARED: Final = (
    *("citizen_id", "kind", "urgency", "channel", "confidential", "place", "town", "village"),
    *("latitude", "longitude", "phone", "accepted_at"),
)


@dataclass(frozen=True)
class Part:
    """One of several matters in a dispatcher's words, and what the classifier thinks of it."""

    text: str
    guess: Guess


def partable(appeal: Appeal) -> None:
    """Raise where a locked appeal may not be split: TransitionRefused once it is over, or InputRefused.

    "voice_first" while nobody has listened to it, "split_answered" while its answer is on its way.
    """
    workable(appeal, Event.SPLIT)
    if waits(appeal):
        raise InputRefused("voice_first")
    if appeal.answer_pressed_at is not None:
        raise InputRefused("split_answered")


async def part(
    session: AsyncSession,
    *,
    appeal_id: int,
    parts: Sequence[Part],
    person_id: int,
    now: datetime,
    city: City,
    calendar: Calendar,
    draw: Callable[[int], int],
) -> list[Appeal]:
    """Split an appeal; return all its parts, the one that was there first. What the citizen said is kept as they did.

    Raises as `partable` does, and InputRefused("split_count") for fewer than two parts, or more than six.
    """
    appeal = await find(session, appeal_id)
    partable(appeal)
    if not FEWEST <= len(parts) <= MOST:
        raise InputRefused("split_count")
    first, *others = parts
    made = [_made(appeal, each, now=now, city=city, calendar=calendar, draw=draw) for each in others]
    for each in made:
        await _keep(session, appeal, each, person_id=person_id, now=now, calendar=calendar)
    appeal.text, appeal.title = first.text, title_of(first.text)
    numbers_of = [each.number for each in made]
    by: dict[str, Any] = {"actor": Actor.DISPATCHER, "person_id": person_id, "now": now}
    await move(session, appeal, Event.SPLIT, **by, parts=numbers_of)
    return [appeal, *made]


def _made(
    whole: Appeal, told: Part, *, now: datetime, city: City, calendar: Calendar, draw: Callable[[int], int]
) -> Appeal:
    """Return one part, without its number; whoever is complained of in it is not proposed for it."""
    shared = {name: getattr(whole, name) for name in _SHARED}
    made = Appeal(
        **shared,
        number="",
        alias=numbers.alias(draw(numbers.ALIASES)),
        status="",
        text=told.text,
        title=title_of(told.text),
    )
    guess = secrecy.without(told.guess, secrecy.accused(made, city)) if made.confidential else told.guess
    made.guess, made.status = guess.to_json(), lifecycle.move(None, Event.SPLIT_OFF)
    if guess.likely and Kind(guess.kind) != Kind.PRAISE:
        made.kind = guess.kind
    made.triage_due = deadlines.triage_due(Urgency(made.urgency), now, calendar, city.limits)
    note_matter(made, city)
    return made


async def _keep(
    session: AsyncSession, whole: Appeal, made: Appeal, *, person_id: int, now: datetime, calendar: Calendar
) -> None:
    await give_number(session, made, now=now, calendar=calendar)
    words = await appeals.say(session, first_words(made, {}, now=now))
    said = await appeals.first_words(session, whole.id)
    things = await attachments.of_utterance(session, said.id) if said is not None else []
    copies = [await attachments.keep(session, attaching.copied(each)) for each in things]
    await attaching.to_words(session, made, words, copies)
    made.files = attaching.tally(copies)
    by: dict[str, Any] = {"actor": Actor.DISPATCHER, "person_id": person_id, "appeal_id": made.id}
    await events.record(session, Event.SPLIT_OFF, at=now, **by, whole=whole.number)
