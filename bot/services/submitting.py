"""A draft becomes an appeal: number, alias, clocks, and the unit or the dispatchers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import attaching, drafting, secrecy, splitting
from bot.services.cataloguing import note_matter
from bot.services.dispatching import start_clocks
from bot.services.moving import Actor
from bot.services.transcribing import Transcript, is_only_voice
from storage.domain import deadlines, lifecycle, numbers
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused
from storage.domain.masking import mask
from storage.domain.statuses import Event
from storage.domain.words import Kind, Urgency
from storage.repositories import appeals, attachments, callbacks, dangers, events, offices
from storage.tables import Appeal, Draft, Person, Utterance

_TITLE: Final = 20
_FULL_STOPS: Final = ".\N{IDEOGRAPHIC FULL STOP}"  # a title stands within sentences of ours


@dataclass(frozen=True)
class Filing:
    """Where and when something is filed; `draw` and `untitled` as `submit` has them."""

    now: datetime
    city: City
    calendar: Calendar
    platform: str
    draw: Callable[[int], int]
    untitled: str

    def drafted(self, person: Person, draft: Draft) -> Appeal:
        """Return the appeal that a draft makes, without number and status."""
        alias = drafting.alias_of(draft, self.draw)
        appeal = _appeal(person, draft, now=self.now, city=self.city, platform=self.platform, alias=alias)
        appeal.title = appeal.title or self.untitled
        return appeal


async def file_away(
    session: AsyncSession, appeal: Appeal, draft: Draft, filing: Filing, parts: Mapping[str, str]
) -> Utterance:
    """Give an appeal its number, and all that its draft holds; forget the draft. Return the first words."""
    await give_number(session, appeal, now=filing.now, calendar=filing.calendar)
    words = await appeals.say(session, first_words(appeal, parts, now=filing.now))
    await attaching.filed(session, appeal, words, draft)
    await dangers.file(session, draft_id=draft.id, appeal_id=appeal.id)
    await callbacks.file(session, draft_id=draft.id, appeal_id=appeal.id)
    await splitting.leave(session, draft, await attachments.of_appeal(session, appeal.id), now=filing.now)
    return words


async def submit(
    session: AsyncSession,
    *,
    person: Person,
    draft: Draft,
    now: datetime,
    city: City,
    calendar: Calendar,
    platform: str,
    bot: int,
    draw: Callable[[int], int],
    untitled: str,
    parts: Mapping[str, str] | None = None,
    actor: Actor = Actor.CITIZEN,
    actor_id: int | None = None,
) -> Appeal:
    """File the person's draft and forget it, or go on to the matter that waits behind it.

    Raises InputRefused("nothing_said") where there is nothing in it.

    `draw(n)` gives a random number from 0 below n, for the alias; `untitled` is the title where there are no words;
    `parts`: the words by the message that brought them. Who else files it for them is `actor`, `actor_id`.
    """
    if drafting.says_nothing(draft):
        raise InputRefused("nothing_said")
    unit = drafting.chosen_unit(draft, city)
    bound = await _is_bound(session, unit, platform=platform, bot=bot)
    event = _event(drafting.chosen_kind(draft), bound=bound, extreme=draft.urgency == Urgency.EXTREME)
    filing = Filing(now, city, calendar, platform, draw, untitled)
    appeal = filing.drafted(person, draft)
    appeal.transcript = Transcript.WANTED if is_only_voice(draft) else None
    appeal.status = lifecycle.move(None, event)
    note_matter(appeal, city)
    _start(appeal, event, unit, now=now, city=city, calendar=calendar)
    await file_away(session, appeal, draft, filing, parts or {})
    await events.record(
        session,
        event,
        at=now,
        actor=actor,
        appeal_id=appeal.id,
        person_id=actor_id or person.id,
        department=appeal.department,
        chosen=draft.department,
        draft=draft.id,
    )
    return appeal


def title_of(text: str) -> str:
    """Return the beginning of a text in one line, 20 characters at most, as the appeal's title.

    Private numbers are starred first: the beginning of one would no longer be known for what it is.
    """
    whole = " ".join(mask(text).split())
    line = whole.rstrip(_FULL_STOPS) or whole
    return line if len(line) <= _TITLE else f"{line[: _TITLE - 1]}…"


async def _is_bound(session: AsyncSession, unit: str | None, *, platform: str, bot: int) -> bool:
    if unit is None:
        return False
    found = await offices.of(session, platform=platform, bot=bot, purpose="department", department=unit)
    return found is not None


def _event(kind: str, *, bound: bool, extreme: bool) -> Event:
    """Return how it is filed; where somebody may be in danger, nothing is closed at once as praise."""
    if not bound:
        return Event.SUBMIT_UNSURE
    return Event.SUBMIT_PRAISE if kind == Kind.PRAISE and not extreme else Event.SUBMIT_SURE


def _appeal(person: Person, draft: Draft, *, now: datetime, city: City, platform: str, alias: str) -> Appeal:
    return Appeal(
        number="",
        citizen_id=person.id,
        alias=alias,
        status="",
        kind=drafting.chosen_kind(draft),
        urgency=draft.urgency or Urgency.NORMAL,
        channel=platform,
        title=title_of(draft.text),
        text=draft.text,
        place=draft.place,
        town=draft.town,
        village=draft.village,
        latitude=draft.latitude,
        longitude=draft.longitude,
        wish=draft.wish,
        phone=draft.phone,
        confidential=secrecy.is_confidential(draft),
        guess=drafting.guess_of(draft, city).to_json(),
        alarm=draft.alarm,
        accepted_at=now,
    )


def _start(appeal: Appeal, event: Event, unit: str | None, *, now: datetime, city: City, calendar: Calendar) -> None:
    """Start the clocks of the unit, or those of the dispatchers; praise has none."""
    if event is Event.SUBMIT_UNSURE or unit is None:
        appeal.triage_due = deadlines.triage_due(Urgency(appeal.urgency), now, calendar, city.limits)
    elif event is Event.SUBMIT_PRAISE:
        appeal.department, appeal.closed_at = unit, now
    else:
        start_clocks(appeal, unit, now=now, city=city, calendar=calendar)


async def give_number(session: AsyncSession, appeal: Appeal, *, now: datetime, calendar: Calendar) -> None:
    """Give the number last: from here to the commit nobody else can take one."""
    day = calendar.local(now).date()
    appeal.number = numbers.appeal_number(day, await appeals.next_of_day(session, day))
    session.add(appeal)
    await session.flush()


def first_words(appeal: Appeal, parts: Mapping[str, str], *, now: datetime) -> Utterance:
    """Return what the citizen of a filed appeal said, to be kept."""
    return Utterance(
        appeal_id=appeal.id,
        direction="from_citizen",
        person_id=appeal.citizen_id,
        department=appeal.department,
        text=appeal.text,
        at=now,
        state="kept",
        parts=dict(parts),
    )
