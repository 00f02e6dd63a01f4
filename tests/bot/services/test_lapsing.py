"""Silence for half a working day is a no: to a return, and to an offer; a supervisor's decision is waited for."""

from datetime import datetime, timedelta

import pytest

from bot.services import offering, returning, triaging
from bot.services.lapsing import lapse, overdue
from bot.services.returning import ReturnReason
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import AlreadyDecided
from storage.repositories import events
from tests.support.handling import UNIT, Handling

BEFORE, AFTER = timedelta(hours=5, minutes=29), timedelta(hours=5, minutes=30)  # from 10:00 to 15:30, lunch between


async def ask(scene: Handling) -> None:
    await returning.ask_return(
        scene.session,
        appeal=scene.appeal,
        staff=scene.li,
        reason=ReturnReason.DUTY,
        suggested=None,
        words="不归我们",
        now=scene.now,
    )


async def offer(scene: Handling, city: City) -> None:
    await offering.offer(
        scene.session, appeal=scene.appeal, staff=scene.li, to="power", words="归他们", now=scene.now, city=city
    )


async def ended(scene: Handling, city: City, calendar: Calendar, now: datetime) -> list[tuple[str, str]]:
    """Let what is late lapse; return what that left behind, and by whom."""
    when = {"now": now, "city": city, "calendar": calendar}
    before = len(await events.of_appeal(scene.session, scene.appeal.id))
    late = await overdue(scene.session, **when)
    assert await lapse(scene.session, scene.appeal.id, **when) == (late == [scene.appeal.id])
    history = await events.of_appeal(scene.session, scene.appeal.id)
    return [(each.what, each.actor) for each in history[before:]]


async def test_a_return_nobody_decided_is_refused_by_nobody_in_person(scene: Handling, city: City, calendar: Calendar):
    await ask(scene)
    assert await ended(scene, city, calendar, scene.now + BEFORE) == []
    assert await ended(scene, city, calendar, scene.now + AFTER) == [("return_refused", "system")]
    assert await ended(scene, city, calendar, scene.now + AFTER) == []
    last = (await events.of_appeal(scene.session, scene.appeal.id))[-1]
    assert (last.person_id, last.details) == (None, {"reason": "silence", "department": UNIT})
    with pytest.raises(AlreadyDecided) as refused:
        await triaging.refuse_return(
            scene.session, appeal_id=scene.appeal.id, reason="duty", person_id=scene.li.person_id, now=scene.now
        )
    assert (refused.value.what, refused.value.name) == ("return_refused", "")


async def test_an_offer_nobody_answered_lapses(scene: Handling, city: City, calendar: Calendar):
    await offer(scene, city)
    assert await ended(scene, city, calendar, scene.now + BEFORE) == []
    assert await ended(scene, city, calendar, scene.now + AFTER) == [("offer_lapsed", "system")]


async def test_both_lapse_together(scene: Handling, city: City, calendar: Calendar):
    await ask(scene)
    await offer(scene, city)
    lapsed = await ended(scene, city, calendar, scene.now + AFTER)
    assert sorted(what for what, _ in lapsed) == ["offer_lapsed", "return_refused"]


async def test_a_lead_that_is_to_be_named_does_not_lapse(scene: Handling, city: City, calendar: Calendar):
    scene.appeal.returns = 2
    await ask(scene)
    assert await ended(scene, city, calendar, scene.now + timedelta(days=9)) == []


async def test_an_extreme_appeal_waits_ten_minutes_on_the_clock_of_the_wall(
    scene: Handling, city: City, calendar: Calendar
):
    scene.appeal.urgency = "extreme"
    await ask(scene)
    assert await ended(scene, city, calendar, scene.now + timedelta(minutes=9)) == []
    assert await ended(scene, city, calendar, scene.now + timedelta(minutes=10)) == [("return_refused", "system")]
