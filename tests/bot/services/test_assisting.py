"""Help for the unit that leads: who may be asked, who signs, what ends it; the lead stays answerable throughout."""

import asyncio
from datetime import datetime
from typing import Any

import pytest

from bot.services import assisting, withdrawing
from bot.services.moving import Actor, find, move
from bot.services.transferring import transfer
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import AlreadyClaimed, HandlerOnly, InputRefused, NotFound, NotYours, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.engine import Database
from storage.repositories import assists, events
from storage.tables import Assist, Office, Staff
from tests.support.handling import UNIT, Handling, at_the_unit, other_unit

OTHERS = {"gas": -3010, "water_resources": -3011, "heating": -3012}


async def invite(
    scene: Handling, city: City, calendar: Calendar, to: str = "power", task: str = "查一查线路"
) -> Assist:
    return await assisting.invite(
        scene.session,
        appeal=scene.appeal,
        staff=scene.li,
        to=to,
        task=task,
        now=scene.now,
        city=city,
        calendar=calendar,
        platform="telegram",
        bot=1,
    )


async def asked(scene: Handling, city: City, calendar: Calendar) -> tuple[Assist, Office, Staff]:
    office, zhou = await other_unit(scene.session, scene.now)
    return await invite(scene, city, calendar), office, zhou


async def last(scene: Handling) -> tuple[str, dict[str, Any]]:
    event = (await events.of_appeal(scene.session, scene.appeal.id))[-1]
    return event.what, event.details


async def test_the_task_is_kept_masked_and_due_in_half_of_the_days_left(
    scene: Handling, city: City, calendar: Calendar
):
    await other_unit(scene.session, scene.now)
    scene.appeal.answer_due = calendar.add_workdays(scene.now, 5)
    kept = await invite(scene, city, calendar, task="找王工13812345678查线路")
    assert (kept.state, kept.task) == ("asked", "找王工138****5678查线路")
    assert kept.due == calendar.add_workdays(scene.now, 2)
    assert (scene.appeal.department, scene.appeal.status) == (UNIT, Status.IN_PROGRESS)
    assert await last(scene) == ("invite", {"assist": kept.id, "department": UNIT, "to": "power"})


@pytest.mark.parametrize(
    ("to", "reason"),
    [(UNIT, "no_such_department"), ("atlantis", "no_such_department"), ("gas", "assist_no_group")],
)
async def test_the_lead_itself_no_unit_and_one_without_a_group_are_not_asked(
    scene: Handling, city: City, calendar: Calendar, to: str, reason: str
):
    with pytest.raises(InputRefused, match=reason):
        await invite(scene, city, calendar, to)
    assert await events.of_appeal(scene.session, scene.appeal.id) == []


async def test_three_units_help_at_a_time_and_each_once(scene: Handling, city: City, calendar: Calendar):
    _, office, zhou = await asked(scene, city, calendar)
    for user_id, (code, chat) in enumerate(OTHERS.items(), 3020):
        await other_unit(scene.session, scene.now, code, chat=chat, user_id=user_id)
    with pytest.raises(InputRefused, match="assist_asked"):
        await invite(scene, city, calendar)
    for code in ("gas", "water_resources"):
        await invite(scene, city, calendar, code)
    with pytest.raises(InputRefused, match="assists_full"):
        await invite(scene, city, calendar, "heating")
    first = (await assists.of_appeal(scene.session, scene.appeal.id))[0]
    appeal, found, staff = await assisting.helping(scene.session, assist_id=first.id, office=office, roles=[zhou])
    await assisting.decline(scene.session, appeal=appeal, assist=found, staff=staff, words="不归", now=scene.now)
    await invite(scene, city, calendar, "heating")


@pytest.mark.parametrize("status", [Status.DISPATCHED, Status.ANSWERED, Status.WITHDRAWN])
async def test_only_what_is_being_handled_is_helped_with(
    scene: Handling, city: City, calendar: Calendar, status: Status
):
    await other_unit(scene.session, scene.now)
    scene.appeal.status = status
    with pytest.raises(TransitionRefused):
        await invite(scene, city, calendar)


async def test_of_what_is_confidential_only_a_unit_with_a_handler_is_asked(
    scene: Handling, city: City, calendar: Calendar
):
    _, zhou = await other_unit(scene.session, scene.now)
    scene.appeal.confidential = True
    with pytest.raises(InputRefused, match="assist_secret"):
        await invite(scene, city, calendar)
    zhou.confidential = True
    await invite(scene, city, calendar)


async def test_a_unit_that_is_named_in_what_is_confidential_is_not_asked(
    scene: Handling, city: City, calendar: Calendar
):
    _, zhou = await other_unit(scene.session, scene.now)
    zhou.confidential, scene.appeal.confidential = True, True
    scene.appeal.text = "供电公司的人收了钱"
    with pytest.raises(InputRefused, match="assist_secret"):
        await invite(scene, city, calendar)


async def test_only_the_asked_units_staff_in_its_own_group_help(scene: Handling, city: City, calendar: Calendar):
    kept, office, zhou = await asked(scene, city, calendar)
    strangers: list[tuple[Office | None, list[Staff]]] = [
        (None, [zhou]),
        (scene.office, [scene.li, zhou]),
        (office, [scene.li]),
        (office, []),
    ]
    for where, roles in strangers:
        with pytest.raises(NotYours) as refused:
            await assisting.helping(scene.session, assist_id=kept.id, office=where, roles=roles)
        assert refused.value.department == "power"
    with pytest.raises(NotFound):
        await assisting.helping(scene.session, assist_id=999_999, office=office, roles=[zhou])


async def test_with_what_is_confidential_the_handler_helps_and_only_in_private(
    scene: Handling, city: City, calendar: Calendar
):
    office, zhou = await other_unit(scene.session, scene.now)
    zhou.confidential, scene.appeal.confidential = True, True
    kept = await invite(scene, city, calendar)
    with pytest.raises(HandlerOnly):
        await assisting.helping(scene.session, assist_id=kept.id, office=office, roles=[zhou])
    appeal, _, staff = await assisting.helping(
        scene.session, assist_id=kept.id, office=None, roles=[zhou], private=True
    )
    assert (appeal.id, staff.id) == (scene.appeal.id, zhou.id)
    zhou.confidential = False
    with pytest.raises(NotYours):
        await assisting.helping(scene.session, assist_id=kept.id, office=None, roles=[zhou], private=True)


async def test_who_signs_second_hears_who_was_first(scene: Handling, city: City, calendar: Calendar):
    kept, _, zhou = await asked(scene, city, calendar)
    await assisting.take(scene.session, appeal=scene.appeal, assist=kept, staff=zhou, now=scene.now)
    assert (kept.state, kept.claimant_id) == ("taken", zhou.id)
    with pytest.raises(AlreadyClaimed) as refused:
        await assisting.take(scene.session, appeal=scene.appeal, assist=kept, staff=zhou, now=scene.now)
    assert (refused.value.name, refused.value.at) == ("小周", scene.now)


async def test_who_says_something_has_signed_and_the_citizen_gets_none_of_it(
    scene: Handling, city: City, calendar: Calendar
):
    kept, _, zhou = await asked(scene, city, calendar)
    said = await assisting.say(
        scene.session, appeal=scene.appeal, assist=kept, staff=zhou, text="线路完好", source=(-3009, 5), now=scene.now
    )
    assert (kept.state, said.direction, said.department) == ("taken", "note", "power")
    assert await last(scene) == ("note", {"utterance_id": said.id, "assist": str(kept.id)})
    assert scene.appeal.contacted_at is None


async def test_it_is_settled_with_the_last_thing_said_and_not_without_one(
    scene: Handling, city: City, calendar: Calendar
):
    kept, _, zhou = await asked(scene, city, calendar)
    done: dict[str, Any] = {"appeal": scene.appeal, "assist": kept, "staff": zhou, "now": scene.now}
    assert not await assisting.answer(scene.session, **done)
    for text in ("在查", "线路完好"):
        await assisting.say(scene.session, **done, text=text, source=(-3009, 5))
    assert await assisting.answer(scene.session, **done)
    assert (kept.state, kept.answer, kept.settled_at) == ("answered", "线路完好", scene.now)
    assert (await last(scene))[0] == "assist_answered"
    assert scene.appeal.status == Status.IN_PROGRESS
    with pytest.raises(InputRefused, match="assist_over"):
        await assisting.answer(scene.session, **done)


async def test_what_is_said_afterwards_still_reaches_the_lead(scene: Handling, city: City, calendar: Calendar):
    kept, _, zhou = await asked(scene, city, calendar)
    given: dict[str, Any] = {"appeal": scene.appeal, "assist": kept, "staff": zhou, "now": scene.now}
    await assisting.decline(scene.session, **given, words="归物业,找13812345678")
    assert (kept.state, kept.answer) == ("declined", "归物业,找138****5678")
    assert (await last(scene))[1]["words"] == "归物业,找138****5678"
    await assisting.say(scene.session, **given, text="物业电话变了", source=(-3009, 6))
    assert ((await last(scene))[0], kept.state) == ("note", "declined")
    with pytest.raises(InputRefused, match="assist_over"):
        await assisting.take(scene.session, appeal=scene.appeal, assist=kept, staff=zhou, now=scene.now)


async def test_when_the_appeal_ends_no_help_is_wanted(scene: Handling, city: City, calendar: Calendar):
    kept, _, _ = await asked(scene, city, calendar)
    await withdrawing.withdraw(
        scene.session,
        appeal_id=scene.appeal.id,
        person_id=scene.citizen.id,
        reason=withdrawing.Reason.UNWANTED,
        now=scene.now,
        calendar=calendar,
    )
    assert (kept.state, kept.settled_at) == ("off", scene.now)
    off = [each for each in await events.of_appeal(scene.session, scene.appeal.id) if each.what == "assist_off"]
    assert [each.details for each in off] == [{"assist": kept.id, "by": "withdraw"}]


async def test_when_another_unit_leads_no_help_is_wanted(scene: Handling, city: City, calendar: Calendar):
    kept, _, zhou = await asked(scene, city, calendar)
    await assisting.take(scene.session, appeal=scene.appeal, assist=kept, staff=zhou, now=scene.now)
    await transfer(
        scene.session,
        scene.appeal,
        Event.TAKE_OVER,
        "power",
        actor=Actor.STAFF,
        person_id=zhou.person_id,
        now=scene.now,
        city=city,
        calendar=calendar,
    )
    assert kept.state == "off"


async def test_what_lasts_longer_is_still_helped_with(scene: Handling, city: City, calendar: Calendar):
    kept, _, _ = await asked(scene, city, calendar)
    for event in (Event.ASK, Event.SUPPLY, Event.DEFER, Event.RESUME, Event.ANSWER):
        await move(scene.session, scene.appeal, event, actor=Actor.STAFF, person_id=None, now=scene.now)
        assert kept.state == "asked"
    await move(scene.session, scene.appeal, Event.DELIVERED, actor=Actor.SYSTEM, person_id=None, now=scene.now)
    assert kept.state == "off"


async def test_of_two_who_sign_at_once_one_wins_and_the_other_hears_who(
    database: Database, now: datetime, city: City, calendar: Calendar
):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        kept, office, zhou = await asked(scene, city, calendar)

    async def sign() -> str:
        async with database.writing() as session:
            appeal, found, staff = await assisting.helping(session, assist_id=kept.id, office=office, roles=[zhou])
            await assisting.take(session, appeal=appeal, assist=found, staff=staff, now=now)
            return found.state

    results = await asyncio.gather(sign(), sign(), return_exceptions=True)
    assert "taken" in results
    (told,) = [each for each in results if isinstance(each, AlreadyClaimed)]
    assert told.name == "小周"


async def test_of_signing_and_withdrawing_at_once_what_is_over_stays_over(
    database: Database, now: datetime, city: City, calendar: Calendar
):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=Status.IN_PROGRESS)
        kept, office, zhou = await asked(scene, city, calendar)

    async def sign() -> None:
        async with database.writing() as session:
            appeal, found, staff = await assisting.helping(session, assist_id=kept.id, office=office, roles=[zhou])
            await assisting.take(session, appeal=appeal, assist=found, staff=staff, now=now)

    async def end() -> None:
        async with database.writing() as session:
            appeal = await find(session, scene.appeal.id)
            await move(session, appeal, Event.WITHDRAW, actor=Actor.CITIZEN, person_id=None, now=now)

    await asyncio.gather(sign(), end(), return_exceptions=True)
    async with database.reading() as session:
        assert (await session.get_one(Assist, kept.id)).state == "off"


async def test_the_matters_own_helpers_come_to_mind_first(scene: Handling, city: City):
    matter = next(each for each in city.catalogue.matters if each.lead == UNIT and each.assisting)
    scene.appeal.matter = matter.code
    scene.appeal.guess = {"likely": [{"department": "power", "p": 0.4, "words": []}], "auto": False}
    found = [unit.code for unit in assisting.likely(scene.appeal, city)]
    assert found[0] == matter.assisting[0]
    assert "power" in found
    assert UNIT not in found
