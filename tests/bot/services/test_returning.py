"""A unit asks to give an appeal back: once, with a reason; the third time in all a supervisor decides."""

from datetime import datetime

import pytest

from bot.services import returning, triaging
from bot.services.moving import Actor, move
from bot.services.returning import ReturnReason
from storage.domain.city import City
from storage.domain.errors import InputRefused, NoMoreReturns, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.engine import Database
from storage.repositories import events
from storage.tables import AppealEvent
from tests.support.handling import UNIT, Handling, at_the_unit


async def ask(scene: Handling, words: str = "供电线路归供电公司") -> AppealEvent:
    return await returning.ask_return(
        scene.session,
        appeal=scene.appeal,
        staff=scene.li,
        reason=ReturnReason.DUTY,
        suggested="power",
        words=words,
        now=scene.now,
    )


async def refused(scene: Handling) -> None:
    await triaging.refuse(
        scene.session, scene.appeal, reason="duty", actor=Actor.DISPATCHER, person_id=None, now=scene.now
    )


async def test_a_request_leaves_the_appeal_where_it_is_and_keeps_no_private_number(scene: Handling):
    await ask(scene, "问过供电公司 13812345678")
    (asked,) = await events.of_appeal(scene.session, scene.appeal.id)
    assert asked.details == {
        "reason": "duty",
        "department": UNIT,
        "suggested": "power",
        "words": "问过供电公司 138****5678",
    }
    assert (scene.appeal.status, scene.appeal.department) == (Status.IN_PROGRESS, UNIT)


async def test_while_it_is_undecided_it_is_not_asked_again(scene: Handling):
    await ask(scene)
    with pytest.raises(InputRefused, match="return_asked"):
        await ask(scene)


async def test_a_unit_asks_once_for_ever(scene: Handling):
    await ask(scene)
    await refused(scene)
    with pytest.raises(InputRefused, match="return_once"):
        await ask(scene)


@pytest.mark.parametrize("status", [Status.ANSWERED, Status.CLOSED, Status.WITHDRAWN])
async def test_what_is_over_cannot_be_returned(database: Database, now: datetime, status: Status):
    async with database.writing() as session:
        scene = await at_the_unit(session, now, status=status)
        with pytest.raises(TransitionRefused):
            await ask(scene)


async def test_what_came_back_twice_goes_to_the_supervisors(scene: Handling):
    scene.appeal.returns = 2
    assert (await ask(scene)).details["to"] == "supervision"
    with pytest.raises(NoMoreReturns) as refusal:
        await ask(scene)
    assert (refusal.value.returns, refusal.value.named) == (2, False)


async def test_where_a_supervisor_named_the_lead_nobody_can_return_it(scene: Handling):
    scene.appeal.lead_named = True
    with pytest.raises(NoMoreReturns) as refusal:
        await ask(scene)
    assert refusal.value.named


async def test_what_waits_for_the_dispatchers_does_not_wait_for_the_supervisors(scene: Handling):
    await ask(scene)
    of_dispatchers = [each.id for each in await returning.undecided(scene.session, for_supervisors=False)]
    assert (of_dispatchers, await returning.undecided(scene.session, for_supervisors=True)) == ([scene.appeal.id], [])
    await move(scene.session, scene.appeal, Event.LEAD_WANTED, actor=Actor.DISPATCHER, person_id=None, now=scene.now)
    of_supervisors = [each.id for each in await returning.undecided(scene.session, for_supervisors=True)]
    assert (of_supervisors, await returning.undecided(scene.session, for_supervisors=False)) == ([scene.appeal.id], [])


async def test_the_likeliest_three_units_but_ones_own_are_offered_for_a_return(
    database: Database, now: datetime, city: City
):
    likely = [
        {"department": code, "p": 0.2, "words": []} for code in ("@town", UNIT, "power", "gone", "gas", "heating")
    ]
    async with database.writing() as session:
        scene = await at_the_unit(session, now, town="taoyuan", guess={"likely": likely})
        town = city.town("taoyuan")
        assert town is not None
        offered = [unit.code for unit in returning.others_likely(scene.appeal, city)]
        assert offered == [town.department_code, "power", "gas"]
