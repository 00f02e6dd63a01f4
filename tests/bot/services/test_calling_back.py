"""A wish to be called is kept once, about what it was asked for, and settled once."""

import pytest

from bot.services import calling_back
from storage.domain.errors import NotFound
from storage.domain.statuses import Status
from storage.repositories import drafts, events
from storage.repositories.callbacks import CallState
from storage.tables import CallbackRequest
from tests.support.handling import Handling

PHONE, OTHER = "13912345678", "0538-8765432"


async def wanted(scene: Handling, *, appeal_id: int | None = None, phone: str = PHONE) -> CallbackRequest:
    return await calling_back.want(
        scene.session,
        person=scene.citizen,
        phone=phone,
        appeal_id=appeal_id,
        draw=lambda n: n // 3,
        now=scene.now,
    )


async def test_a_second_wish_while_one_runs_is_the_same(scene: Handling):
    first, second = await wanted(scene), await wanted(scene, phone=OTHER)
    assert second is first
    assert (first.phone, first.appeal_id, first.draft_id) == (PHONE, None, None)


async def test_about_an_appeal_it_bears_its_alias_and_about_a_draft_the_drafts(scene: Handling):
    wish = await wanted(scene, appeal_id=scene.appeal.id)
    assert (wish.alias, wish.appeal_id) == ("7F3K", scene.appeal.id)
    await calling_back.withdraw(scene.session, wish, now=scene.now)
    draft = await drafts.begin(scene.session, scene.citizen.id, text="路灯坏了", now=scene.now)
    wish = await wanted(scene)
    assert (wish.alias, wish.draft_id) == (draft.alias, draft.id)


async def test_nobody_elses_appeal_is_what_it_is_about(scene: Handling):
    scene.appeal.citizen_id = scene.li.person_id
    assert (await wanted(scene, appeal_id=scene.appeal.id)).appeal_id is None


async def test_the_number_left_with_the_matter_goes_before_an_earlier_one(scene: Handling):
    person = scene.citizen.id
    assert await calling_back.known_number(scene.session, person, None) is None
    await wanted(scene)
    assert await calling_back.known_number(scene.session, person, None) == PHONE
    scene.appeal.phone = OTHER
    assert await calling_back.known_number(scene.session, person, scene.appeal.id) == OTHER
    (await drafts.begin(scene.session, person, text="路灯坏了", now=scene.now)).phone = "13812345678"
    assert await calling_back.known_number(scene.session, person, None) == "13812345678"


async def test_outside_a_form_it_is_about_the_only_open_appeal(scene: Handling):
    person = scene.citizen.id
    assert await calling_back.concerned(scene.session, person) is scene.appeal
    scene.appeal.status = Status.CLOSED
    assert await calling_back.concerned(scene.session, person) is None
    scene.appeal.status = Status.IN_PROGRESS
    await drafts.begin(scene.session, person, text="路灯坏了", now=scene.now)
    assert await calling_back.concerned(scene.session, person) is None


async def test_it_is_settled_once_and_changed_no_more_afterwards(scene: Handling):
    wish = await wanted(scene)
    assert await calling_back.put_time(scene.session, wish, "下午三点以后", now=scene.now)
    settled = await calling_back.settle(
        scene.session, wish.id, CallState.CALLED, person_id=scene.li.person_id, now=scene.now
    )
    assert settled is wish
    assert (wish.state, wish.settled_by, wish.wish) == ("called", scene.li.person_id, "下午三点以后")
    again = await calling_back.settle(
        scene.session, wish.id, CallState.NO_ANSWER, person_id=scene.hu.person_id, now=scene.now
    )
    assert again is None
    assert not await calling_back.put_time(scene.session, wish, "明天", now=scene.now)
    assert not await calling_back.withdraw(scene.session, wish, now=scene.now)
    told = [each.what for each in events.fresh(scene.session) if each.details.get("call")]
    assert told == ["call_wanted", "call_changed", "call_changed"]


async def test_a_wish_of_somebody_else_or_of_nobody_is_not_found(scene: Handling):
    wish = await wanted(scene)
    with pytest.raises(NotFound):
        await calling_back.own(scene.session, wish_id=wish.id, person_id=scene.li.person_id)
    with pytest.raises(NotFound):
        await calling_back.settle(scene.session, 99, CallState.CALLED, person_id=1, now=scene.now)
