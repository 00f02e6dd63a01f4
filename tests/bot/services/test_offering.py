"""Two units agree between themselves; of two who press at once one wins, and the other is told."""

import asyncio
from datetime import datetime
from typing import Any

import pytest

from bot.services import offering
from bot.services.moving import Actor, find, move
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import AlreadyDecided, InputRefused, NoMoreReturns, NotFound, NotYours, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.engine import Database
from storage.repositories import events
from storage.tables import Appeal, AppealEvent, Office, Staff
from tests.support.handling import UNIT, Handling, at_the_unit, other_unit


async def offer(scene: Handling, city: City, to: str = "power", words: str = "线路归他们") -> AppealEvent:
    return await offering.offer(
        scene.session, appeal=scene.appeal, staff=scene.li, to=to, words=words, now=scene.now, city=city
    )


async def test_who_takes_it_over_has_it_to_sign_for_and_the_promise_stays(
    scene: Handling, city: City, calendar: Calendar
):
    office, zhou = await other_unit(scene.session, scene.now)
    promised = scene.appeal.answer_due
    offered = await offer(scene, city, words="电话13812345678问过")
    assert offered.details == {"department": UNIT, "to": "power", "words": "电话138****5678问过"}
    appeal = await offering.take_over(
        scene.session,
        offer_id=offered.id,
        office=office,
        roles=[zhou],
        now=scene.now,
        city=city,
        calendar=calendar,
    )
    assert (appeal.department, appeal.status, appeal.answer_due) == ("power", Status.DISPATCHED, promised)
    assert appeal.returns == 0


async def test_only_the_asked_units_staff_in_its_own_group_say_yes_or_no(scene: Handling, city: City):
    office, zhou = await other_unit(scene.session, scene.now)
    elsewhere, gas = await other_unit(scene.session, scene.now, "gas", chat=-3010, user_id=3019)
    offered = await offer(scene, city)
    strangers: list[tuple[Office | None, list[Staff]]] = [
        (None, [zhou]),
        (scene.office, [scene.li]),
        (elsewhere, [gas]),
        (office, [scene.li]),
        (office, []),
    ]
    for somewhere, roles in strangers:
        with pytest.raises(NotYours) as refused:
            await offering.offered_to(scene.session, offer_id=offered.id, office=somewhere, roles=roles)
        assert refused.value.department == "power"


async def test_there_is_one_open_offer_at_a_time_and_only_to_another_unit(scene: Handling, city: City):
    for nowhere in (UNIT, "atlantis"):
        with pytest.raises(InputRefused, match="no_such_department"):
            await offer(scene, city, nowhere)
    await offer(scene, city)
    with pytest.raises(InputRefused, match="offered"):
        await offer(scene, city, "gas")


async def test_what_a_supervisor_gave_to_a_unit_is_not_offered_on(scene: Handling, city: City):
    scene.appeal.lead_named = True
    with pytest.raises(NoMoreReturns):
        await offer(scene, city)


async def test_what_is_over_is_not_offered(scene: Handling, city: City):
    scene.appeal.status = Status.ANSWERED
    with pytest.raises(TransitionRefused):
        await offer(scene, city)


async def test_a_declined_offer_says_why_and_leaves_the_appeal(scene: Handling, city: City):
    office, zhou = await other_unit(scene.session, scene.now)
    offered = await offer(scene, city)
    decline: dict[str, Any] = {"offer_id": offered.id, "office": office, "roles": [zhou], "now": scene.now}
    await offering.decline(scene.session, words="表后归物业,找13812345678", **decline)
    last = (await events.of_appeal(scene.session, scene.appeal.id))[-1]
    assert last.details == {"to": "power", "offer": offered.id, "words": "表后归物业,找138****5678"}
    assert scene.appeal.department == UNIT
    with pytest.raises(AlreadyDecided) as refused:
        await offering.decline(scene.session, words="再说一次", **decline)
    assert (refused.value.what, refused.value.name) == ("offer_declined", "小周")
    await offer(scene, city, "gas")


async def test_a_withdrawn_offer_cannot_be_taken(scene: Handling, city: City):
    office, zhou = await other_unit(scene.session, scene.now)
    offered = await offer(scene, city)
    withdraw = {"appeal": scene.appeal, "offer_id": offered.id, "staff": scene.hu, "now": scene.now}
    await offering.withdraw_offer(scene.session, **withdraw)
    for late in (
        offering.offered_to(scene.session, offer_id=offered.id, office=office, roles=[zhou]),
        offering.withdraw_offer(scene.session, **withdraw),
    ):
        with pytest.raises(AlreadyDecided) as refused:
            await late
        assert (refused.value.what, refused.value.name) == ("offer_withdrawn", "老胡")


@pytest.mark.parametrize("event", [Event.ANSWER, Event.WITHDRAW])
async def test_an_offer_lapses_with_the_answer_and_with_a_withdrawal(scene: Handling, city: City, event: Event):
    office, zhou = await other_unit(scene.session, scene.now)
    offered = await offer(scene, city)
    await move(scene.session, scene.appeal, event, actor=Actor.STAFF, person_id=None, now=scene.now)
    with pytest.raises(TransitionRefused):
        await offering.offered_to(scene.session, offer_id=offered.id, office=office, roles=[zhou])


async def test_an_offer_that_is_none_is_not_found(scene: Handling, city: City):
    office, zhou = await other_unit(scene.session, scene.now)
    note = await move(scene.session, scene.appeal, Event.NOTE, actor=Actor.STAFF, person_id=None, now=scene.now)
    for nothing in (999_999, note.id):
        with pytest.raises(NotFound):
            await offering.offered_to(scene.session, offer_id=nothing, office=office, roles=[zhou])
    offered = await offer(scene, city)
    another = Appeal(**{**scene.appeal.model_dump(exclude={"id"}), "number": "LX-20261123-0002"})
    scene.session.add(another)
    await scene.session.flush()
    with pytest.raises(NotFound):
        await offering.withdraw_offer(scene.session, appeal=another, offer_id=offered.id, staff=scene.li, now=scene.now)


async def test_of_taking_over_and_withdrawing_at_once_one_wins_and_the_other_hears_who(
    database: Database, now: datetime, city: City, calendar: Calendar
):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        office, zhou = await other_unit(session, now)
        offered = await offer(scene, city)

    async def take() -> str:
        return await _taken(database, offered, office, zhou, city, calendar)

    async def withdraw() -> str:
        async with database.writing() as session:
            appeal = await find(session, scene.appeal.id)
            await offering.withdraw_offer(session, appeal=appeal, offer_id=offered.id, staff=scene.li, now=now)
            return UNIT

    results = await asyncio.gather(take(), withdraw(), return_exceptions=True)
    (unit,) = [each for each in results if isinstance(each, str)]
    (told,) = [each for each in results if isinstance(each, AlreadyDecided)]
    assert told.name == {"power": "小周", UNIT: "小李"}[unit]
    async with database.reading() as session:
        found = await session.get_one(Appeal, scene.appeal.id)
        ends = [each.what for each in await events.of_appeal(session, scene.appeal.id)]
    assert (found.department, len(ends)) == (unit, 2)


async def test_of_two_of_the_unit_who_take_it_over_at_once_the_second_hears_who_was_first(
    database: Database, now: datetime, city: City, calendar: Calendar
):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        office, zhou = await other_unit(session, now)
        offered = await offer(scene, city)

    async def take() -> str:
        return await _taken(database, offered, office, zhou, city, calendar)

    results = await asyncio.gather(take(), take(), return_exceptions=True)
    (told,) = [each for each in results if isinstance(each, AlreadyDecided)]
    assert (told.what, told.name, told.department) == ("take_over", "小周", "power")
    assert "power" in results


async def test_what_is_confidential_is_not_offered(scene: Handling, city: City):
    scene.appeal.confidential = True
    with pytest.raises(InputRefused, match="confidential_stays"):
        await offer(scene, city)


async def _taken(
    database: Database, offered: AppealEvent, office: Office, zhou: Staff, city: City, calendar: Calendar
) -> str:
    """Take it over in a transaction of its own; return the unit that has it."""
    async with database.writing() as session:
        appeal = await offering.take_over(
            session, offer_id=offered.id, office=office, roles=[zhou], now=offered.at, city=city, calendar=calendar
        )
        return str(appeal.department)
