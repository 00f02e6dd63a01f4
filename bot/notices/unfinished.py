"""What the dispatchers' card of something not handed in says once it is filed."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards.card import Card, edit
from bot.delivery.say import Say
from bot.house import House
from bot.services.binding import Role
from bot.services.moving import Actor
from bot.texts import triage as words
from storage.domain.statuses import Event
from storage.repositories import offices, outbox
from storage.tables import Appeal, AppealEvent

_FILED = frozenset({Event.SUBMIT_SURE, Event.SUBMIT_UNSURE, Event.SUBMIT_PRAISE})


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:  # noqa: ARG001 - each audience is asked alike
    """Take the buttons off the card, if the draft had one, and say on it who filed it."""
    if event.what not in _FILED:
        return []
    key = f"unfinished:{event.details.get('draft')}"
    row_id = await outbox.named(session, platform=house.platform, bot=house.bot, key=key)
    row = await outbox.get(session, row_id) if row_id else None
    appeal = await session.get(Appeal, event.appeal_id)
    if row is None or appeal is None:
        return []
    card = Card(words.unfinished_filed(alias=appeal.alias, number=appeal.number, name=await _name(session, event)))
    return [Say(edit(row.chat_id, card), edit=row.id, role="unfinished")]


async def _name(session: AsyncSession, event: AppealEvent) -> str:
    if event.actor != Actor.DISPATCHER or event.person_id is None:
        return ""
    roles = await offices.roles(session, event.person_id)
    return next((each.name for each in roles if each.role == Role.DISPATCHER), words.SOMEBODY)
