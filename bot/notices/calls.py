"""Who hears that somebody wishes to be called: the unit that has the appeal, else the dispatchers."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import calls as cards
from bot.cards.card import Room, edit, send, send_to
from bot.delivery.say import Say
from bot.house import House
from bot.notices.scene import room_of
from bot.services import calling_back, handling
from bot.services.binding import Purpose, stands_in
from bot.texts.triage import SOMEBODY
from storage.domain.lifecycle import WITH_A_UNIT
from storage.repositories import callbacks, drafts, offices, outbox, people
from storage.repositories.callbacks import CallState
from storage.tables import Appeal, AppealEvent, CallbackRequest, OutboxMessage


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:  # noqa: ARG001 - each audience is asked alike
    """Put the card before who is to call, or bring it up to date; tell the citizen when nobody answered."""
    known = event.details.get("call") if event.what in {calling_back.WANTED, calling_back.CHANGED} else None
    wish = await callbacks.get(session, known) if isinstance(known, int) else None
    if wish is None:
        return []
    says = await _card(session, house, wish)
    if wish.state == CallState.NO_ANSWER:
        person = await people.get(session, wish.person_id)
        says.append(Say(send(person.user_id, cards.not_reached(wish)), role="notice"))
    return says


async def _card(session: AsyncSession, house: House, wish: CallbackRequest) -> list[Say]:
    appeal = await session.get(Appeal, wish.appeal_id) if wish.appeal_id else None
    draft = await drafts.get(session, wish.draft_id) if wish.draft_id else None
    name = await _name(session, wish.settled_by)
    card = cards.for_office(wish, appeal=appeal, draft=draft, name=name)
    row = await _row(session, house, f"callback:{wish.id}")
    if row is not None:
        return [Say(edit(row.chat_id, card), edit=row.id, appeal=wish.appeal_id, role="call")]
    office = await _office(session, house, appeal)
    if office is None:
        return []
    unit_card = await _row(session, house, f"card:{wish.appeal_id}") if wish.appeal_id else None
    under = unit_card.id if unit_card is not None and stands_in(unit_card, office) else None
    key = f"callback:{wish.id}"
    return [Say(send_to(office, card), key=key, reply_to=under, appeal=wish.appeal_id, role="call")]


async def _office(session: AsyncSession, house: House, appeal: Appeal | None) -> Room | None:
    if appeal is not None and appeal.confidential and appeal.status not in WITH_A_UNIT:
        handler = await handling.of_dispatchers(session, appeal, platform=house.platform, bot=house.bot)
        if handler is not None:
            return handler
    if appeal is not None and appeal.department is not None and appeal.status in WITH_A_UNIT:
        theirs = await room_of(session, house, appeal)
        if theirs is not None:
            return theirs
    return await offices.theirs(session, platform=house.platform, bot=house.bot, purpose=Purpose.TRIAGE)


async def _row(session: AsyncSession, house: House, key: str) -> OutboxMessage | None:
    row_id = await outbox.named(session, platform=house.platform, bot=house.bot, key=key)
    return await outbox.get(session, row_id) if row_id else None


async def _name(session: AsyncSession, person_id: int | None) -> str:
    roles = await offices.roles(session, person_id) if person_id else ()
    return next((each.name for each in roles), SOMEBODY)
