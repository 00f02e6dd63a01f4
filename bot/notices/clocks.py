"""What is heard of clocks that ran out: by the citizen, by the unit, by the supervisors; each once."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cards import citizen as citizen_cards
from bot.cards import digest as cards
from bot.cards.card import Card, Room, data, edit, send, send_to
from bot.cards.lists import what_of
from bot.cards.office import due_day
from bot.cards.view import AppealView
from bot.delivery.say import Say
from bot.house import House
from bot.notices.scene import Scene, scene_of
from bot.services import handling
from bot.services.binding import Purpose, stands_in
from bot.services.duty import OnDuty, on_duty
from bot.services.emergencies import MISSED
from bot.services.ladder import CLIMBED
from bot.services.supervising import EXPLAINED, PRESSED, TOGETHER
from bot.texts import dates
from bot.texts import digest as words
from bot.texts import duty as duty_words
from bot.texts import emergencies as minutes
from bot.texts.admin import GROUPS
from bot.texts.citizen import overdue
from storage.domain.ladder import Missed, Step
from storage.domain.statuses import Event
from storage.domain.words import Urgency
from storage.repositories import offices, outbox
from storage.tables import Appeal, AppealEvent, Office

PRESSING: Final = "pressing:"
"""How the messages are named in which supervisors press a unit; then comes the event's id."""
_INSIDE: Final = "inside"


async def told(session: AsyncSession, event: AppealEvent, house: House, *, now: datetime) -> list[Say]:
    """Return what this event gives anybody to hear."""
    match event.what:
        case _ if event.what == PRESSED:
            return await _unit_pressed(session, event, house, now)
        case _ if event.what == EXPLAINED:
            return await _explained(session, event, house)
        case _ if event.what == MISSED:
            return await _minutes_missed(session, event, house, now)
    tell = _HEARD.get(event.what)
    scene = await scene_of(session, event, house, now=now) if tell else None
    return await tell(scene) if tell and scene else []


async def _climbed(scene: Scene) -> list[Say]:
    """Tell the citizen, once, that the promise was not kept, and the unit's leader, once, when it comes to that.

    Units and supervisors read it in their lists.
    """
    step, before = scene.event.details["step"], scene.event.details["before"]
    led = await _to_the_leader(scene) if before < Step.LEADER <= step else []
    return [*(await _to_the_citizen(scene) if before < Step.RED <= step else []), *led]


async def _to_the_leader(scene: Scene) -> list[Say]:
    """Write to the one of the unit's staff whose post is that of its leader; without one supervisors tell them."""
    appeal, unit = scene.appeal, scene.house.city.department(scene.appeal.department or "")
    leader = await offices.in_post(scene.session, unit.code, unit.leader) if unit is not None else None
    if unit is None or leader is None or appeal.answer_due is None:
        return []
    late = scene.house.calendar(scene.now).workdays_between(appeal.answer_due, scene.now)
    text = words.to_leader(number=appeal.number, department=unit.name, title=what_of(appeal), days=max(1, late))
    return [Say(send(leader.user_id, Card(text), protect=True), appeal=appeal.id, role="notice")]


async def _to_the_citizen(scene: Scene) -> list[Say]:
    seen = await scene.view()
    appeal, due = seen.appeal, seen.appeal.answer_due
    text = overdue.overdue(
        number=appeal.number,
        title=appeal.title,
        department=seen.department,
        due=_promised(due, seen) if due else "",
        watched=await _supervisors(scene.session, scene.house) is not None,
    )
    card = Card(text, [[(overdue.SEE_PROGRESS, data("c.see", appeal.id))]])
    live = edit(seen.citizen.user_id, citizen_cards.progress(seen))
    return [
        Say(send(seen.citizen.user_id, card), appeal=appeal.id, role="notice"),
        Say(live, edit=f"status:{appeal.id}", appeal=appeal.id, role="status"),
    ]


def _promised(due: datetime, seen: AppealView) -> str:
    """Write until when it was promised; of an emergency, which runs on the wall clock, the hour too."""
    write = dates.day_and_clock if seen.appeal.urgency == Urgency.EXTREME else dates.day
    return write(due, seen.calendar)


async def _claim_lapsed(scene: Scene) -> list[Say]:
    """Give the card its first buttons back, and say why."""
    staff = await offices.staff(scene.session, int(scene.event.details.get("staff") or 0))
    due = due_day(await scene.view())
    text = minutes.claim_lapsed(number=scene.appeal.number, staff=staff.name if staff else "", due=due or "")
    return [*await scene.card_as_it_is(), *await scene.under_card(Card(text))]


async def _supervised(scene: Scene) -> list[Say]:
    """Tell the unit that an appeal is supervised more closely; where all were pressed at once, that is one message."""
    if scene.event.details.get("how") == TOGETHER:
        return []
    card = cards.supervised(scene.event.id, await scene.view(), level=int(scene.event.details["level"]))
    return await scene.under_card(card, role=_INSIDE, key=f"{PRESSING}{scene.event.id}")


async def _unit_pressed(session: AsyncSession, event: AppealEvent, house: House, now: datetime) -> list[Say]:
    """Remind a unit in its group of all that is late there."""
    code, late = str(event.details["department"]), await _appeals(session, event)
    office = await offices.theirs(
        session, platform=house.platform, bot=house.bot, purpose=Purpose.DEPARTMENT, department=code
    )
    if office is None or not late:
        return []
    card = cards.unit_pressed(
        event.id, late, unit=_unit(house, code), city=house.city, calendar=house.calendar(now), now=now
    )
    return [Say(send_to(office, card), key=f"{PRESSING}{event.id}", appeal=late[0].id, role=_INSIDE)]


async def _explained(session: AsyncSession, event: AppealEvent, house: House) -> list[Say]:
    """Show the supervisors what a unit says."""
    office, details = await _supervisors(session, house), event.details
    if office is None:
        return []
    roles = await offices.roles(session, event.person_id) if event.person_id else ()
    staff = next((each.name for each in roles if each.department == details["department"]), "")
    numbers = [each.number for each in await _appeals(session, event)]
    text = words.explained(
        department=_unit(house, str(details["department"])), staff=staff, numbers=numbers, words=details["words"]
    )
    return [Say(send_to(office, Card(text)), appeal=details["appeals"][0], role="notice")]


async def _minutes_missed(session: AsyncSession, event: AppealEvent, house: House, now: datetime) -> list[Say]:
    """Tell those who have an emergency, under its card, and the supervisors: a line each, day and night."""
    appeal = await session.get_one(Appeal, event.appeal_id)
    calendar = house.calendar(now)
    missed = [_missed(appeal, Missed(each), house, now) for each in event.details["steps"]]
    duty = await on_duty(session, appeal.department or "", now=now, calendar=calendar)
    unit = house.city.department(appeal.department or "")
    leader, office = unit.leader if unit else "", await _supervisors(session, house)
    text = minutes.to_unit(
        number=appeal.number, missed=missed, duty=_called(duty), leader=leader, supervised=office is not None
    )
    says = await _under_card(session, event, house, appeal, Card(text), now=now)
    if office is None:
        return says
    line = minutes.to_supervisors(
        number=appeal.number,
        title=what_of(appeal),
        department=unit.name if unit else GROUPS[Purpose.TRIAGE],
        missed=missed,
        duty=duty.name if duty else duty_words.NOBODY,
        leader=leader,
    )
    return [*says, Say(send_to(office, Card(line)), appeal=appeal.id, role="notice")]


def _missed(appeal: Appeal, step: Missed, house: House, now: datetime) -> str:
    due: datetime | None = getattr(appeal, f"{step}_due")
    return minutes.step(step, due=dates.clock_near(due, now, house.calendar(now)) if due else "")


def _called(duty: OnDuty | None) -> str:
    if duty is None:
        return minutes.EVERYBODY
    return f"{duty.name} @{duty.username} " if duty.username else duty.name


async def _under_card(
    session: AsyncSession, event: AppealEvent, house: House, appeal: Appeal, card: Card, *, now: datetime
) -> list[Say]:
    """Say it where the appeal is worked on: in its unit, or among the dispatchers while it has none."""
    scene = await scene_of(session, event, house, now=now)
    if scene is not None:
        return await scene.under_card(card)
    room = await _dispatchers(session, house, appeal)
    row_id = await outbox.named(session, platform=house.platform, bot=house.bot, key=f"triage:{appeal.id}")
    row = await outbox.get(session, row_id) if row_id else None
    under = row.id if row is not None and stands_in(row, room) else None
    return [Say(send_to(room, card), reply_to=under, appeal=appeal.id, role="notice")] if room is not None else []


async def _dispatchers(session: AsyncSession, house: House, appeal: Appeal) -> Room | None:
    if appeal.confidential:
        return await handling.of_dispatchers(session, appeal, platform=house.platform, bot=house.bot)
    return await offices.theirs(session, platform=house.platform, bot=house.bot, purpose=Purpose.TRIAGE)


async def _supervisors(session: AsyncSession, house: House) -> Office | None:
    return await offices.theirs(session, platform=house.platform, bot=house.bot, purpose=Purpose.SUPERVISION)


async def _appeals(session: AsyncSession, event: AppealEvent) -> Sequence[Appeal]:
    return [await session.get_one(Appeal, each) for each in event.details["appeals"]]


def _unit(house: House, code: str) -> str:
    unit = house.city.department(code)
    return unit.name if unit else ""


_HEARD: Mapping[str, Callable[[Scene], Awaitable[list[Say]]]] = {
    CLIMBED: _climbed,
    Event.CLAIM_LAPSED: _claim_lapsed,
    Event.SUPERVISE: _supervised,
}
