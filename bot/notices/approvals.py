"""What is heard of wishes to the supervisors: their card, what became of it, and what the unit hears of it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import approvals as cards
from bot.cards.card import Card, data, edit, send_to
from bot.cards.office import due_day
from bot.cards.view import AppealView, view
from bot.delivery.say import Say
from bot.house import House
from bot.notices.scene import Scene, scene_of
from bot.services.deciding import name_of
from bot.services.deferring import PROGRESS_OWED
from bot.services.naming import office_of_supervisors
from bot.services.petitioning import SETTLED, WANTED, State, Wish
from bot.texts import plans as words
from bot.texts.dates import far_day
from storage.domain.masking import mask
from storage.domain.statuses import Event
from storage.repositories import outbox
from storage.tables import Appeal, AppealEvent, Approval


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what this event gives the supervisors and the unit to hear."""
    match event.what:
        case x if x == WANTED:
            return await _wanted(session, event, house, now)
        case x if x in {SETTLED, Event.CONCLUSION_SECONDED}:
            return [*await _card_changed(session, event, house, now), *await _lapsed(session, event, house, now)]
        case Event.APPROVAL_REFUSED if event.details.get("wish") == Wish.ANSWER:
            return []
        case Event.APPROVAL_REFUSED | Event.EXTEND | Event.DEFER | Event.CONCLUDE | Event.RESUME:
            scene = await scene_of(session, event, house, now=now)
            return await _unit_told(scene) if scene else []
        case x if x == PROGRESS_OWED:
            scene = await scene_of(session, event, house, now=now)
            return await _progress_owed(scene) if scene else []
        case _:
            return []


async def _progress_owed(scene: Scene) -> list[Say]:
    """Ask the unit for a word of progress, or whether it is done already (【报进展】)."""
    seen, appeal = await scene.view(), scene.appeal
    until = far_day(appeal.deferred_until, seen.now, seen.calendar) if appeal.deferred_until else ""
    title = "" if appeal.confidential else mask(appeal.title)
    text = words.progress_wanted(number=appeal.number, title=title, day=until)
    rows = [[(words.WRITE_PROGRESS, data("o.progress", appeal.id)), (words.DONE_ALREADY, data("o.resume", appeal.id))]]
    return await scene.under_card(Card(text, rows))


async def _asked(session: AsyncSession, event: AppealEvent, house: House, now: datetime) -> tuple[AppealView, Approval]:
    appeal = await session.get_one(Appeal, event.appeal_id)
    seen = await view(session, appeal, city=house.city, calendar=house.calendar(now), now=now)
    return seen, await session.get_one(Approval, event.details["approval_id"])


async def _wanted(session: AsyncSession, event: AppealEvent, house: House, now: datetime) -> list[Say]:
    """Put the card before the supervisors."""
    seen, asked = await _asked(session, event, house, now)
    office = await office_of_supervisors(session, platform=house.platform, bot=house.bot)
    if office is None:
        return []
    key = f"approval:{asked.id}"
    return [Say(send_to(office, cards.card(seen, asked)), key=key, appeal=seen.appeal.id, role="approval")]


async def _lapsed(session: AsyncSession, event: AppealEvent, house: House, now: datetime) -> list[Say]:
    """Tell the unit that a yes came too late."""
    asked = await session.get_one(Approval, event.details["approval_id"])
    scene = await scene_of(session, event, house, now=now) if asked.state == State.LAPSED else None
    if scene is None:
        return []
    due = due_day(await scene.view()) or ""
    text = words.lapsed_to_unit(what=asked.kind, number=scene.appeal.number, due=due)
    return await scene.under_card(Card(text))


async def _card_changed(session: AsyncSession, event: AppealEvent, house: House, now: datetime) -> list[Say]:
    """Say on every standing card what was decided, or who of two agreed."""
    seen, asked = await _asked(session, event, house, now)
    if event.what == SETTLED:
        card = cards.settled(seen, asked, name=await name_of(session, asked.decided_by))
    else:
        card = cards.card(seen, asked, first=await name_of(session, asked.first_by) or words.ONE)
    rows = await outbox.standing(session, platform=house.platform, bot=house.bot, key=f"approval:{asked.id}")
    return [Say(edit(row.chat_id, card), edit=row.id, appeal=seen.appeal.id, role="approval") for row in rows]


async def _unit_told(scene: Scene) -> list[Say]:
    """Tell the unit under its card, and bring the card up to date."""
    number, seen = scene.appeal.number, await scene.view()
    due = due_day(seen) or ""
    match scene.event.what:
        case Event.EXTEND:
            text = words.extended(number=number, due=due)
        case Event.DEFER:
            until = scene.appeal.deferred_until
            text = words.deferred(number=number, day=far_day(until, seen.now, seen.calendar) if until else "")
        case Event.CONCLUDE:
            text = words.concluded(number=number)
        case Event.RESUME:
            text = words.taken_up(number=number, due=due)
        case _:
            text = words.refused(what=str(scene.event.details.get("wish")), number=number, due=due)
    return [*await scene.under_card(Card(text)), *await scene.card_as_it_is()]
