"""A supervisor names the lead; from then on the appeal stays there."""

from collections.abc import Awaitable, Callable
from datetime import datetime

import pytest

from bot.services import naming, returning, triaging
from bot.services.binding import Purpose, Role, bind, employ
from bot.services.moving import Actor
from bot.services.returning import ReturnReason
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import AlreadyDecided, NoMoreReturns, TransitionRefused
from storage.domain.statuses import Status
from storage.repositories import events
from tests.support.handling import UNIT, Handling

Named = Callable[[str], Awaitable[None]]


async def raised(scene: Handling) -> None:
    """Ask to return it; the dispatchers pass it on."""
    await returning.ask_return(
        scene.session,
        appeal=scene.appeal,
        staff=scene.li,
        reason=ReturnReason.DUTY,
        suggested="gas",
        words="管道归燃气公司",
        now=scene.now,
    )
    await triaging.want_lead(scene.session, appeal_id=scene.appeal.id, person_id=scene.li.person_id, now=scene.now)


@pytest.fixture
async def name(scene: Handling, city: City, calendar: Calendar) -> Named:
    supervisor = await employ(
        scene.session, person_id=scene.citizen.id, role=Role.SUPERVISOR, name="小方", now=scene.now
    )

    async def named(department: str) -> None:
        await naming.name_lead(
            scene.session,
            appeal_id=scene.appeal.id,
            department=department,
            actor=Actor.SUPERVISOR,
            person_id=supervisor.person_id,
            now=scene.now,
            city=city,
            calendar=calendar,
        )

    return named


async def test_the_named_lead_gets_it_and_nobody_can_return_it(scene: Handling, name: Named):
    promised = scene.appeal.answer_due
    await raised(scene)
    await name("power")
    appeal = scene.appeal
    assert (appeal.department, appeal.status, appeal.lead_named) == ("power", Status.DISPATCHED, True)
    assert (appeal.returns, appeal.answer_due, appeal.claimant_id) == (1, promised, None)
    with pytest.raises(NoMoreReturns):
        await returning.returnable(scene.session, appeal)


async def test_the_unit_that_has_it_can_be_named_and_goes_on_as_it_was(scene: Handling, name: Named):
    scene.appeal.claimant_id = scene.li.id
    await raised(scene)
    await name(UNIT)
    appeal = scene.appeal
    assert (appeal.department, appeal.status, appeal.claimant_id) == (UNIT, Status.IN_PROGRESS, scene.li.id)
    assert (appeal.lead_named, appeal.returns) == (True, 0)


async def test_the_second_supervisor_is_told_who_named_whom(scene: Handling, name: Named):
    await raised(scene)
    await name("power")
    with pytest.raises(AlreadyDecided) as refused:
        await name("gas")
    told = refused.value
    assert (told.what, told.name, told.department) == ("lead_named", "小方", "power")
    assert scene.appeal.department == "power"


async def test_a_lead_is_named_only_where_it_was_asked_for(scene: Handling, name: Named):
    with pytest.raises(TransitionRefused):
        await name("power")
    assert not scene.appeal.lead_named


async def test_the_units_that_come_to_mind_begin_with_the_suggested_one(scene: Handling, city: City):
    scene.appeal.guess = {"likely": [{"department": "heating", "p": 0.4, "words": []}]}
    await raised(scene)
    history = await events.of_appeal(scene.session, scene.appeal.id)
    assert [unit.code for unit in naming.candidates(scene.appeal, history, city)] == ["gas", UNIT, "heating"]
    assert [unit.code for unit in naming.candidates(scene.appeal, [], city)] == [UNIT, "heating"]


async def test_leads_are_named_in_the_supervisors_group_or_else_in_the_dispatchers(scene: Handling, now: datetime):
    async def group() -> int | None:
        office = await naming.office_of_supervisors(scene.session, platform="telegram", bot=1)
        return office.chat_id if office else None

    bound = {"platform": "telegram", "bot": 1, "title": "群", "now": now}
    assert await group() is None
    await bind(scene.session, chat_id=-8000, purpose=Purpose.TRIAGE, **bound)
    assert await group() == -8000
    await bind(scene.session, chat_id=-8100, purpose=Purpose.SUPERVISION, **bound)
    assert await group() == -8100


async def test_a_new_supervisors_group_gets_the_leads_that_wait_to_be_named(scene: Handling, now: datetime):
    await raised(scene)
    bound = {"platform": "telegram", "bot": 1, "title": "群", "now": now}
    await bind(scene.session, chat_id=-8000, purpose=Purpose.TRIAGE, **bound)
    await bind(scene.session, chat_id=-8100, purpose=Purpose.SUPERVISION, **bound)
    wanted = [each.what for each in await events.of_appeal(scene.session, scene.appeal.id)]
    assert wanted == ["return_asked", "lead_wanted", "lead_card_wanted"]


async def test_a_unit_that_a_confidential_text_names_does_not_come_to_mind(scene: Handling, city: City):
    scene.appeal.confidential, scene.appeal.text = True, "城市管理局的人收了钱"
    await raised(scene)
    history = await events.of_appeal(scene.session, scene.appeal.id)
    assert [unit.code for unit in naming.candidates(scene.appeal, history, city)] == ["gas"]
