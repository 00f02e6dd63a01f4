"""A claimed appeal goes to a colleague; of two who hand it over at once the second hears who has it."""

import pytest

from bot.services import handing
from storage.domain.errors import AlreadyDecided, InputRefused, TransitionRefused
from storage.domain.statuses import Status
from storage.repositories import events
from tests.support.handling import Handling, other_unit


async def hand(scene: Handling, to: int, claimant: int) -> tuple[str, str]:
    return await handing.hand_over(
        scene.session, appeal=scene.appeal, staff=scene.li, to=to, claimant=claimant, now=scene.now
    )


@pytest.fixture(autouse=True)
def claimed(scene: Handling) -> None:
    scene.appeal.claimant_id, scene.appeal.claimed_at = scene.li.id, scene.now


async def test_the_colleague_is_answerable_and_both_are_named(scene: Handling):
    assert await hand(scene, scene.hu.id, scene.li.id) == ("小李", "老胡")
    (event,) = await events.of_appeal(scene.session, scene.appeal.id)
    assert (event.what, event.details) == ("hand_over", {"old": scene.li.id, "new": scene.hu.id})
    assert (scene.appeal.claimant_id, scene.appeal.status) == (scene.hu.id, Status.IN_PROGRESS)


async def test_who_comes_second_hears_who_has_it_now(scene: Handling):
    await hand(scene, scene.hu.id, scene.li.id)
    with pytest.raises(AlreadyDecided) as refused:
        await hand(scene, scene.hu.id, scene.li.id)
    assert (refused.value.what, refused.value.name) == ("hand_over", "老胡")


async def test_it_goes_to_active_staff_of_the_same_unit_only(scene: Handling):
    _, zhou = await other_unit(scene.session, scene.now)
    for somebody in (zhou.id, scene.li.id, 999_999):
        with pytest.raises(InputRefused, match="no_such_colleague"):
            await hand(scene, somebody, scene.li.id)
    scene.hu.active = False
    with pytest.raises(InputRefused, match="no_such_colleague"):
        await hand(scene, scene.hu.id, scene.li.id)
    assert await handing.colleagues_for(scene.session, scene.appeal) == []


async def test_what_nobody_claimed_is_not_handed_over(scene: Handling):
    scene.appeal.status = Status.DISPATCHED
    with pytest.raises(TransitionRefused):
        await handing.colleagues_for(scene.session, scene.appeal)


async def test_a_reopened_appeal_without_a_claimant_can_be_given_to_somebody(scene: Handling):
    scene.appeal.claimant_id = None
    assert await hand(scene, scene.hu.id, 0) == ("", "老胡")


async def test_what_is_confidential_stays_with_its_handler(scene: Handling):
    scene.appeal.confidential = True
    with pytest.raises(InputRefused, match="confidential_stays"):
        await handing.colleagues_for(scene.session, scene.appeal)
