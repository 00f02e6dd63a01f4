"""上报 and the handling class: who it went to is kept, the date stays; staff correct the class."""

import pytest

from bot.services import classing, escalating
from storage.domain.classes import HandlingClass, class_of
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.statuses import Status
from storage.repositories import events
from tests.support.handling import Handling


async def escalate(scene: Handling, superior: str = "省交通厅", reason: str = "要省里定") -> None:
    await escalating.escalate(
        scene.session, appeal=scene.appeal, staff=scene.li, superior=superior, reason=reason, now=scene.now
    )


async def test_what_is_escalated_keeps_its_date_and_its_unit(scene: Handling):
    due, unit = scene.appeal.answer_due, scene.appeal.department
    await escalate(scene, reason="要省里定,找13812345678")
    assert (scene.appeal.escalated_to, scene.appeal.answer_due) == ("省交通厅", due)
    assert (scene.appeal.department, scene.appeal.status) == (unit, Status.IN_PROGRESS)
    [event] = await events.of_appeal(scene.session, scene.appeal.id)
    assert (event.what, event.details) == ("escalate", {"superior": "省交通厅", "words": "要省里定,找138****5678"})
    assert class_of(scene.appeal) is HandlingClass.ESCALATED


async def test_it_may_go_further_up_but_not_to_the_same_twice(scene: Handling):
    await escalate(scene)
    with pytest.raises(InputRefused, match="escalated"):
        await escalate(scene)
    await escalate(scene, "交通运输部")
    assert scene.appeal.escalated_to == "交通运输部"


@pytest.mark.parametrize("name", ["", "厅", "长" * 31, "----", "省厅13812345678"])
async def test_what_is_no_name_is_no_superior(scene: Handling, name: str):
    with pytest.raises(InputRefused, match="no_superior"):
        await escalate(scene, name)
    assert scene.appeal.escalated_to is None


async def test_a_name_is_kept_in_one_line(scene: Handling):
    await escalate(scene, " 省\n交通厅 ")
    assert scene.appeal.escalated_to == "省 交通厅"


@pytest.mark.parametrize("status", [Status.DISPATCHED, Status.ANSWERED, Status.CLOSED])
async def test_what_is_not_being_handled_is_not_escalated(scene: Handling, status: Status):
    scene.appeal.status = status
    with pytest.raises(TransitionRefused):
        await escalate(scene)


async def correct(scene: Handling, to: HandlingClass) -> None:
    await classing.correct(scene.session, appeal=scene.appeal, staff=scene.li, to=to, now=scene.now)


async def test_staff_set_a_class_in_place_of_the_derived_one(scene: Handling):
    await correct(scene, HandlingClass.INSTANT)
    assert class_of(scene.appeal) is HandlingClass.INSTANT
    [event] = await events.of_appeal(scene.session, scene.appeal.id)
    assert (event.what, event.details) == ("class_changed", {"old": "committed", "new": "instant"})


async def test_set_back_it_follows_what_happens_again(scene: Handling):
    await correct(scene, HandlingClass.INSTANT)
    await correct(scene, HandlingClass.COMMITTED)
    assert scene.appeal.handling is None
    scene.appeal.asks = 1
    assert class_of(scene.appeal) is HandlingClass.SUPPLEMENT


async def test_the_class_it_has_and_one_of_another_kind_are_not_set(scene: Handling):
    for wrong in (HandlingClass.COMMITTED, HandlingClass.SUGGESTION):
        with pytest.raises(InputRefused, match="no_such_reason"):
            await correct(scene, wrong)
    scene.appeal.kind = "suggestion"
    assert classing.choosable(scene.appeal) == []
    with pytest.raises(InputRefused, match="no_such_reason"):
        await correct(scene, HandlingClass.COMMITTED)


async def test_a_closed_appeals_class_is_corrected_too_but_not_a_withdrawn_ones(scene: Handling):
    scene.appeal.status = Status.CLOSED
    await correct(scene, HandlingClass.ESCALATED)
    scene.appeal.status = Status.WITHDRAWN
    with pytest.raises(TransitionRefused):
        await correct(scene, HandlingClass.COMMITTED)
