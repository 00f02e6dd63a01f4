"""A danger makes the draft or the appeal extreme, nothing further away; denied, it gets back what it had."""

from datetime import datetime, timedelta

import pytest

from bot.services import alarming
from bot.services.alarming import CaseState
from bot.services.hastening import slow_down
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.dangers import Alarm, Danger
from storage.domain.errors import NotFound
from storage.domain.statuses import Status
from storage.repositories import drafts, events
from storage.tables import DangerCase, Draft
from tests.support.handling import Handling

GAS, FIRE, HELP = Alarm(Danger.GAS, ("煤气味",)), Alarm(Danger.FIRE, ("着火了",)), Alarm(Danger.GENERAL, ("救命",))


async def told(scene: Handling, alarm: Alarm = GAS) -> tuple[Draft, DangerCase]:
    draft = await drafts.begin(scene.session, scene.citizen.id, text="楼道里煤气味很大", now=scene.now)
    case = await alarming.raise_for_draft(scene.session, draft=draft, alarm=alarm, draw=lambda n: n // 3, now=scene.now)
    assert case is not None
    return draft, case


async def of_appeal(scene: Handling, city: City, alarm: Alarm = GAS) -> DangerCase:
    case = await alarming.raise_for_appeal(
        scene.session, appeal_id=scene.appeal.id, utterance_id=None, alarm=alarm, now=scene.now, city=city
    )
    assert case is not None
    return case


async def test_a_draft_is_extreme_and_named_before_it_is_filed(scene: Handling):
    draft, case = await told(scene)
    assert (draft.urgency, draft.alarm) == ("extreme", {"case": case.id, "danger": "gas", "words": ["煤气味"]})
    assert (case.alias, case.state, case.told) == (draft.alias, "open", ["gas"])


@pytest.mark.parametrize(("alarm", "news"), [(GAS, False), (HELP, False), (FIRE, True)])
async def test_only_another_kind_is_news(scene: Handling, alarm: Alarm, *, news: bool):
    draft, _ = await told(scene)
    again = await alarming.raise_for_draft(scene.session, draft=draft, alarm=alarm, draw=lambda _: 0, now=scene.now)
    assert (again is not None) is news


async def test_after_an_hour_it_is_another_case(scene: Handling):
    draft, first = await told(scene)
    later = scene.now + timedelta(minutes=61)
    second = await alarming.raise_for_draft(scene.session, draft=draft, alarm=GAS, draw=lambda _: 0, now=later)
    assert second is not None
    assert second.id != first.id


async def test_denied_the_draft_is_ordinary_and_other_words_raise_it_again(scene: Handling):
    draft, case = await told(scene)
    await alarming.deny(scene.session, case.id, now=scene.now)
    assert (draft.urgency, case.state) == (None, "denied")
    assert await alarming.running(scene.session, scene.citizen.id, now=scene.now) is None
    again = await alarming.raise_for_draft(scene.session, draft=draft, alarm=HELP, draw=lambda _: 0, now=scene.now)
    assert again is case
    assert (case.state, draft.urgency) == (CaseState.OPEN, "extreme")


async def test_an_appeal_in_hand_is_hastened_and_given_its_times_back(
    scene: Handling, city: City, calendar: Calendar, now: datetime
):
    appeal = scene.appeal
    appeal.first_dispatched_at = now - timedelta(days=1)
    appeal.contact_due, due = now + timedelta(minutes=20), appeal.answer_due
    case = await of_appeal(scene, city)
    assert appeal.urgency == "extreme"
    assert appeal.answer_due == now + timedelta(hours=24)
    assert appeal.contact_due == now + timedelta(minutes=20)
    await alarming.dismiss(scene.session, case.id, person_id=scene.li.person_id, now=now, city=city, calendar=calendar)
    assert (appeal.urgency, appeal.answer_due) == ("normal", due)
    assert [e.what for e in await events.of_appeal(scene.session, appeal.id)][-2:] == [
        alarming.RAISED,
        alarming.DISMISSED,
    ]


async def test_what_was_filed_as_extreme_gets_the_times_it_would_have_had(
    scene: Handling, city: City, calendar: Calendar, now: datetime
):
    _, case = await told(scene)
    appeal = scene.appeal
    appeal.urgency, appeal.first_dispatched_at, appeal.answer_due = "extreme", now, now + timedelta(hours=24)
    case.appeal_id = appeal.id
    await scene.session.flush()
    await alarming.dismiss(scene.session, case.id, person_id=scene.li.person_id, now=now, city=city, calendar=calendar)
    assert appeal.answer_due == calendar.add_workdays(now, 5)


async def test_a_closed_appeal_is_not_hastened_but_put_before_the_dispatchers(scene: Handling, city: City):
    scene.appeal.status, scene.appeal.closed_at = Status.CLOSED, scene.now
    case = await of_appeal(scene, city)
    assert (case.state, scene.appeal.urgency, case.before) == ("open", "normal", {})


async def test_the_citizens_no_slows_no_filed_appeal(scene: Handling, city: City):
    case = await of_appeal(scene, city)
    await alarming.deny(scene.session, case.id, now=scene.now)
    assert (scene.appeal.urgency, case.state, case.denied_at) == ("extreme", "open", scene.now)


async def test_the_first_to_follow_stays_the_one(scene: Handling):
    _, case = await told(scene)
    for staff in (scene.li, scene.hu):
        case = await alarming.follow(scene.session, case.id, person_id=staff.person_id, now=scene.now)
    assert (case.state, case.followed_by) == ("followed", scene.li.person_id)


async def test_dismissed_before_nothing_changes_and_a_case_of_nobody_is_not_found(
    scene: Handling, city: City, calendar: Calendar
):
    _, case = await told(scene)
    for staff in (scene.li, scene.hu):
        await alarming.dismiss(
            scene.session, case.id, person_id=staff.person_id, now=scene.now, city=city, calendar=calendar
        )
    assert case.settled_by == scene.li.person_id
    await alarming.deny(scene.session, case.id, now=scene.now)
    assert case.state == "dismissed"
    with pytest.raises(NotFound):
        await alarming.own(scene.session, case_id=case.id, person_id=scene.li.person_id)
    with pytest.raises(NotFound):
        await alarming.follow(scene.session, 99, person_id=scene.li.person_id, now=scene.now)


@pytest.mark.parametrize(("status", "due"), [(Status.PENDING_TRIAGE, "triage_due"), (Status.DISPATCHED, "sign_due")])
async def test_where_nobody_has_it_in_hand_the_next_step_is_hastened(
    scene: Handling, city: City, now: datetime, status: Status, due: str
):
    scene.appeal.status = status
    await of_appeal(scene, city)
    limit = city.limits.extreme.triage if due == "triage_due" else city.limits.extreme.sign
    assert getattr(scene.appeal, due) == now + limit


async def test_what_is_extreme_already_is_not_hastened_again_nor_slowed_twice(
    scene: Handling, city: City, calendar: Calendar
):
    scene.appeal.urgency = "extreme"
    case = await of_appeal(scene, city)
    assert case.before == {}
    assert (
        await alarming.raise_for_appeal(
            scene.session, appeal_id=scene.appeal.id, utterance_id=None, alarm=GAS, now=scene.now, city=city
        )
        is None
    )
    assert await slow_down(scene.session, scene.appeal, {}, city=city, calendar=calendar) is True
    assert await slow_down(scene.session, scene.appeal, {}, city=city, calendar=calendar) is False


async def test_saying_twice_that_one_is_safe_is_said_once(scene: Handling):
    _, case = await told(scene)
    for _ in range(2):
        await alarming.say_safe(scene.session, case, now=scene.now)
    assert [each.what for each in events.fresh(scene.session)].count(alarming.SAFE) == 1


async def test_a_denial_after_the_draft_is_gone_is_one_all_the_same(scene: Handling):
    _, case = await told(scene)
    await drafts.drop(scene.session, scene.citizen.id)
    await alarming.deny(scene.session, case.id, now=scene.now)
    assert case.state == "denied"
    assert await alarming.phone_of(scene.session, case) is None


async def test_another_kind_in_an_appeal_is_the_same_case(scene: Handling, city: City):
    first = await of_appeal(scene, city)
    second = await of_appeal(scene, city, FIRE)
    assert second is first
    assert (first.told, first.words) == (["gas", "fire"], ["煤气味", "着火了"])


async def test_a_citizen_who_was_spoken_with_is_owed_no_first_word_again(scene: Handling, city: City, now: datetime):
    scene.appeal.first_dispatched_at = scene.appeal.contacted_at = now
    await of_appeal(scene, city)
    assert (scene.appeal.contact_due, scene.appeal.answer_due) == (None, now + timedelta(hours=24))
