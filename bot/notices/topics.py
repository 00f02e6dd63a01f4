"""What the supervisors hear of what many people report at once (热点)."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import topics as cards
from bot.cards.card import send_to
from bot.delivery.say import Say
from bot.house import House
from bot.services import topics
from bot.services.binding import Purpose
from storage.repositories import offices
from storage.tables import AppealEvent


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:  # noqa: ARG001 - as each audience
    """Return the card of a topic that came up or grew; nobody else hears of it where there are no supervisors."""
    if event.what != topics.GREW:
        return []
    office = await offices.of(session, platform=house.platform, bot=house.bot, purpose=Purpose.SUPERVISION)
    if office is None:
        return []
    topic = await topics.find(session, event.details["topic"])
    card = cards.grew(topic, await topics.appeals_of(session, topic), city=house.city)
    return [Say(send_to(office, card), key=f"topic:{topic.id}", role="topic")]
