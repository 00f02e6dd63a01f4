"""我的诉求: one's own appeals, each with its card and the way so far."""

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import citizen as cards
from bot.cards.card import Card, data
from bot.cards.view import AppealView, view
from bot.conversations.citizen.speaking import in_place
from bot.conversations.filters import Press, Pressed, Private
from bot.conversations.turn import Turn
from bot.delivery.say import Spoken
from bot.services.owning import own
from bot.texts.citizen import progress
from storage.repositories import appeals, events
from storage.tables import Appeal

router = Router(name="citizen.own_appeals")


@router.callback_query(Private(), Pressed("c.mine"))
async def list_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show a page of the list."""
    return [in_place(query, turn, await list_of(turn, page=press.number))]


@router.callback_query(Private(), Pressed("c.see"))
async def progress_wanted(query: CallbackQuery, turn: Turn, press: Press) -> list[Spoken]:
    """Show how one appeal stands; opened from the list, with the way so far."""
    appeal = await own(turn.session, appeal_id=press.number, person_id=turn.person.id)
    seen = await seen_now(turn, appeal)
    card = await _detail(turn.session, seen) if press.argument == "list" else cards.today(seen)
    return [in_place(query, turn, card, appeal=appeal.id, role="status")]


async def list_of(turn: Turn, *, page: int = 0) -> Card:
    """Return the person's list."""
    return cards.mine(await appeals.of_citizen(turn.session, turn.person.id), page=page)


async def status_of(turn: Turn, number: str | None) -> Card:
    """Return the card of one's own appeal; anybody else's number is as good as none."""
    appeal = await appeals.by_number(turn.session, number) if number else None
    if appeal is None or appeal.citizen_id != turn.person.id:
        return Card(progress.UNKNOWN_NUMBER, [[(progress.MINE, data("c.mine", 0))]])
    return await _detail(turn.session, await seen_now(turn, appeal))


async def seen_now(turn: Turn, appeal: Appeal) -> AppealView:
    """Gather what the cards of the appeal show."""
    return await view(turn.session, appeal, city=turn.city, calendar=turn.calendar, now=turn.now)


async def _detail(session: AsyncSession, seen: AppealView) -> Card:
    """Name each event's unit: the one it went to, else the one that had the appeal then."""
    unit, happened = "", []
    for event in await events.of_appeal(session, seen.appeal.id):
        found = seen.city.department(event.details.get("new") or event.details.get("department") or "")
        unit = found.name if found else unit
        happened.append((event, unit))
    return cards.detail(seen, happened)
