"""A unit's words on their way out: how the citizen reads them, and the calls that bring them there."""

from collections.abc import Sequence
from datetime import datetime

from aiogram.methods import EditMessageCaption
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards.asking import question
from bot.cards.card import Card, edit, send
from bot.cards.media import Where, parcels, takes_caption
from bot.delivery.say import Method, Say
from bot.services import asking
from bot.services.attaching import tally
from bot.services.relaying import Manner, row_key
from bot.texts.citizen import relayed
from bot.texts.dates import day
from bot.texts.fitting import units
from bot.texts.words import VERDICTS, files_words
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused
from storage.domain.statuses import Status
from storage.repositories import attachments, offices, people
from storage.tables import Appeal, Attachment, OutboxMessage, Utterance


async def to_citizen(
    session: AsyncSession,
    city: City,
    appeal: Appeal,
    said: Utterance,
    *,
    after: datetime | None = None,
    key: str | None = None,
    kept: bool = False,
    calendar: Calendar | None = None,
) -> list[Say]:
    """Return the calls that carry words and what goes with them; `kept`: they waited for the citizen to come back.

    `calendar`: given where a question goes for which the clock stands still.
    """
    citizen = await people.get(session, appeal.citizen_id)
    things = await attachments.of_utterance(session, said.id)
    card = await as_read(session, city, appeal, said, things, kept=kept, calendar=calendar)
    base = key or row_key(said.id)
    return [
        Say(
            method,
            key=f"{base}:{place}" if place else base,
            reply_to=base if place else None,
            appeal=appeal.id,
            utterance=said.id,
            role="answer" if said.direction == "answer" else "relay",
            after=after,
            names=names,
        )
        for place, (method, names) in enumerate(_calls(card, things, Where(citizen.user_id), appeal.number))
    ]


def _calls(card: Card, things: Sequence[Attachment], where: Where, number: str) -> list[tuple[Method, dict[str, str]]]:
    """Let the words stand under the first thing where they fit, else before it; what has buttons stands alone."""
    if not card.rows and takes_caption(things, units(card.text)):
        brought = parcels(things, where, number=number, captions={things[0].id: card.text})
        return [(each.method, each.names) for each in brought]
    brought = parcels(things, where, number=number)
    return [(send(where.chat_id, card), {}), *((each.method, each.names) for each in brought)]


async def changed_there(
    session: AsyncSession,
    city: City,
    appeal: Appeal,
    said: Utterance,
    *,
    row: OutboxMessage,
    calendar: Calendar | None = None,
) -> Say:
    """Return the call that lets the citizen's copy read as the words read now; `row`: the call that brought it.

    Raises InputRefused("edit_too_long") where they stand under something and no longer fit there.
    """
    things = await attachments.of_utterance(session, said.id)
    card = await as_read(session, city, appeal, said, things, calendar=calendar)
    role = "answer" if said.direction == "answer" else "relay"
    under = row.method != "sendMessage"
    if under and not takes_caption(things, units(card.text)):
        raise InputRefused("edit_too_long")
    there = EditMessageCaption(chat_id=row.chat_id, caption=card.text) if under else edit(row.chat_id, card)
    return Say(there, edit=row.id, appeal=appeal.id, role=role)


async def as_read(
    session: AsyncSession,
    city: City,
    appeal: Appeal,
    said: Utterance,
    things: Sequence[Attachment] = (),
    *,
    kept: bool = False,
    calendar: Calendar | None = None,
) -> Card:
    """Return a unit's words as the citizen reads them."""
    unit = city.department(said.department or "")
    department = unit.name if unit else ""
    signed, files = await signature(session, said), files_words(tally(things))
    if said.direction == "answer":
        write = relayed.answer_kept if kept else relayed.answer
        text = answer_as_read(said)
        return Card(write(department=department, text=text, signature=signed, title=appeal.title, number=appeal.number))
    if said.manner == Manner.CONTACT:
        return Card(relayed.first_word(department=department, text=said.text, files=files))
    if said.manner == Manner.QUESTION:
        waits = calendar is not None and await _is_waited_for(session, appeal, said)
        until = day(appeal.ask_until, calendar) if waits and calendar and appeal.ask_until else ""
        return question(appeal.id, department=department, text=said.text, files=files, until=until)
    return Card(relayed.relay(department=department, text=said.text, files=files, signature=signed))


async def _is_waited_for(session: AsyncSession, appeal: Appeal, said: Utterance) -> bool:
    """Whether this is the question for which the clock stands still."""
    asked = await asking.question(session, appeal) if appeal.status == Status.AWAITING_CITIZEN else None
    return asked is not None and asked.id == said.id


def answer_as_read(said: Utterance) -> str:
    """Return an answer's words; those about a suggestion begin with what becomes of it."""
    verdict = VERDICTS.get(said.manner or "")
    return relayed.verdict(word=verdict, text=said.text) if verdict else said.text


async def signature(session: AsyncSession, said: Utterance) -> str:
    """Return by whom words are signed; empty where nobody with a post or a badge said them."""
    roles = await offices.roles(session, said.person_id) if said.person_id else ()
    staff = next((each for each in roles if each.role == "staff" and each.department == said.department), None)
    return relayed.signature(post=staff.post, badge=staff.badge) if staff else ""
