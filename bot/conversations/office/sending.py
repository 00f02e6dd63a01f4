"""A unit's words on their way out: how the citizen reads them, and the call that brings them there."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards.card import Card, send
from bot.delivery.say import Say
from bot.services.relaying import Manner, row_key
from bot.texts import office as words
from storage.domain.city import City
from storage.repositories import offices, people
from storage.tables import Appeal, Utterance


async def to_citizen(
    session: AsyncSession,
    city: City,
    appeal: Appeal,
    said: Utterance,
    *,
    after: datetime | None = None,
    key: str | None = None,
    kept: bool = False,
) -> Say:
    """Return the call that carries words to the citizen; `kept`: they waited for the citizen to come back."""
    citizen = await people.get(session, appeal.citizen_id)
    card = await as_read(session, city, appeal, said, kept=kept)
    return Say(
        send(citizen.user_id, card),
        key=key or row_key(said.id),
        appeal=appeal.id,
        utterance=said.id,
        role="answer" if said.direction == "answer" else "relay",
        after=after,
    )


async def as_read(session: AsyncSession, city: City, appeal: Appeal, said: Utterance, *, kept: bool = False) -> Card:
    """Return a unit's words as the citizen reads them."""
    unit = city.department(said.department or "")
    department = unit.name if unit else ""
    signed = await _signature(session, said)
    if said.direction == "answer":
        write = words.answer_kept if kept else words.answer
        return Card(
            write(department=department, text=said.text, signature=signed, title=appeal.title, number=appeal.number)
        )
    if said.manner == Manner.CONTACT:
        return Card(words.first_word(department=department, text=said.text))
    if said.manner == Manner.QUESTION:
        return Card(words.question(department=department, text=said.text))
    return Card(words.relay(department=department, text=said.text, signature=signed))


async def _signature(session: AsyncSession, said: Utterance) -> str:
    roles = await offices.roles(session, said.person_id) if said.person_id else ()
    staff = next((each for each in roles if each.role == "staff" and each.department == said.department), None)
    return words.signature(post=staff.post, badge=staff.badge) if staff else ""
