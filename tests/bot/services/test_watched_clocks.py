"""What the watched clocks ask of the database and keep there, on both databases."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.services import duty, emergencies, hastening, ladder, reclaiming, spot_checks, supervising
from bot.services.binding import Purpose
from bot.services.digest import digest
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused, NotFound, TransitionRefused
from storage.domain.statuses import Status
from storage.repositories import deadlines, events
from storage.tables import Concern
from tests.support.handling import UNIT, Handling


@pytest.fixture
def about(now: datetime, city: City, calendar: Calendar) -> dict[str, Any]:
    return {"now": now, "city": city, "calendar": calendar}


async def test_the_ladder_finds_notes_and_forgets(scene: Handling, about: dict[str, Any]):
    scene.appeal.answer_due = scene.now - timedelta(days=9)
    assert await ladder.climbing(scene.session, **about) == [scene.appeal.id]
    assert await ladder.climb(scene.session, scene.appeal.id, **about)
    assert (scene.appeal.ladder, scene.appeal.ladder_at) == (4, scene.now)
    assert await ladder.climbing(scene.session, **about) == []
    scene.appeal.answer_due = scene.now + timedelta(days=30)
    assert await ladder.climbing(scene.session, **about) == [scene.appeal.id]
    assert not await ladder.climb(scene.session, scene.appeal.id, **about)
    assert scene.appeal.ladder == 0


async def test_a_claim_falls_back_once(scene: Handling, about: dict[str, Any]):
    scene.appeal.claimant_id, scene.appeal.claimed_at = scene.li.id, scene.now - timedelta(days=4)
    assert await reclaiming.untouched(scene.session, **about) == [scene.appeal.id]
    assert await reclaiming.fall_back(scene.session, scene.appeal.id, **about)
    assert scene.appeal.status == Status.DISPATCHED
    assert not await reclaiming.fall_back(scene.session, scene.appeal.id, **about)


async def test_an_emergency_is_noted_once_with_what_was_missed(scene: Handling, about: dict[str, Any]):
    appeal = scene.appeal
    appeal.urgency, appeal.contact_due, appeal.interim_due = "extreme", scene.now, scene.now + timedelta(hours=1)
    assert await emergencies.left_lying(scene.session, **about) == [appeal.id]
    assert await emergencies.note_missed(scene.session, appeal.id, **about)
    assert await emergencies.left_lying(scene.session, **about) == []
    [noted] = await deadlines.of_appeal(scene.session, appeal.id, emergencies.MISSED)
    assert noted.details["steps"] == ["contact"]


async def test_hastened_it_owes_an_interim_word_and_slowed_down_none(scene: Handling, city: City, calendar: Calendar):
    before = hastening.hasten(scene.appeal, now=scene.now, city=city)
    assert scene.appeal.interim_due == scene.now + timedelta(hours=2)
    assert await hastening.slow_down(scene.session, scene.appeal, before, city=city, calendar=calendar)
    assert scene.appeal.interim_due is None


async def test_the_digest_counts_what_is_open_only(scene: Handling, now: datetime, calendar: Calendar):
    appeal = scene.appeal
    appeal.returns, appeal.reopens, appeal.last_reply, appeal.contact_due = 2, 1, "undelivered", now
    counts = (await digest(scene.session, now=now, calendar=calendar)).counts
    assert counts == deadlines.Counts(unsigned=0, uncontacted=1, returned=1, reopened=1, undelivered=1)
    appeal.status = Status.CLOSED
    counts = (await digest(scene.session, now=now, calendar=calendar)).counts
    assert counts == deadlines.Counts(unsigned=0, uncontacted=0, returned=0, reopened=0, undelivered=0)


async def test_a_unit_is_pressed_once_a_working_day(scene: Handling, now: datetime, calendar: Calendar):
    scene.appeal.answer_due = now - timedelta(days=9)
    by = {"person_id": scene.hu.person_id, "calendar": calendar}
    assert await supervising.press_all(scene.session, now=now, **by) == [UNIT]
    assert await supervising.press_all(scene.session, now=now + timedelta(hours=5), **by) == []
    assert await supervising.press_all(scene.session, now=now + timedelta(days=1), **by) == [UNIT]
    assert scene.appeal.level == 1


async def test_a_level_is_raised_from_the_one_seen(scene: Handling, now: datetime):
    by = {"appeal_id": scene.appeal.id, "person_id": scene.hu.person_id, "now": now}
    await supervising.raise_level(scene.session, level=0, **by)
    with pytest.raises(InputRefused, match="level_raised"):
        await supervising.raise_level(scene.session, level=0, **by)
    scene.appeal.level = 3
    with pytest.raises(InputRefused, match="level_highest"):
        await supervising.raise_level(scene.session, level=3, **by)
    scene.appeal.status = Status.ANSWERED
    with pytest.raises(TransitionRefused):
        await supervising.raise_level(scene.session, level=3, **by)


async def test_the_roster_keeps_one_name_a_day(scene: Handling, now: datetime, calendar: Calendar):
    today = calendar.local(now).date()
    at = {"day": today, "person_id": scene.li.person_id, "now": now, "calendar": calendar}
    for staff in (scene.li, scene.hu):
        await duty.put(scene.session, scene.office, staff_id=staff.id, **at)
    assert await duty.on_duty(scene.session, UNIT, now=now, calendar=calendar) == duty.OnDuty("老胡")
    await duty.put(scene.session, scene.office, staff_id=0, **at)
    await duty.put(scene.session, scene.office, staff_id=0, **at)
    assert await duty.on_duty(scene.session, UNIT, now=now, calendar=calendar) is None
    for wrong in ({"day": today - timedelta(days=1)}, {"day": today + timedelta(days=7)}):
        with pytest.raises(InputRefused, match="no_such_day"):
            await duty.put(scene.session, scene.office, staff_id=scene.li.id, **{**at, **wrong})
    with pytest.raises(InputRefused, match="no_such_colleague"):
        await duty.put(scene.session, scene.office, staff_id=scene.li.id + 99, **at)


async def test_the_dispatchers_roster_is_kept_apart_from_any_units(scene: Handling):
    scene.office.purpose, scene.office.department = Purpose.TRIAGE, None
    assert duty.of_office(scene.office) == ""


async def test_a_spot_check_is_drawn_asked_and_kept(scene: Handling, now: datetime, calendar: Calendar):
    appeal, day = scene.appeal, calendar.local(now).date()
    appeal.status, appeal.closed_at, appeal.phone, appeal.staff_outcome = Status.CLOSED, now, "13812345678", "solved"
    assert [each.id for each in await spot_checks.draw(scene.session, day=day, now=now)] == [appeal.id]
    me, other = scene.li.person_id, scene.hu.person_id
    check = await spot_checks.take_next(scene.session, day=day, person_id=me, now=now)
    assert check is not None
    assert await spot_checks.take_next(scene.session, day=day, person_id=other, now=now) is None
    with pytest.raises(NotFound):
        await spot_checks.being_asked(scene.session, check.id, person_id=other)
    for question, said in zip(spot_checks.Question, ("yes", "no", "dissatisfied"), strict=True):
        await spot_checks.answer(scene.session, check, question, said, now=now)
    assert (check.state, check.contacted, check.solved, check.satisfaction) == ("done", True, False, "dissatisfied")
    with pytest.raises(InputRefused, match="check_over"):
        await spot_checks.being_asked(scene.session, check.id, person_id=me)
    assert (await scene.session.get_one(Concern, 1)).kind == "spot_check"
    what = [each.what for each in await events.of_appeal(scene.session, appeal.id)]
    assert what == ["contact_seen", "spot_checked", "concern"]
