"""What a citizen says twice counts once."""

from datetime import datetime, timedelta

from bot.services import rating
from bot.services.reopening import reopen
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.repositories import appeals, events
from tests.support.handling import Handling


async def test_solved_said_twice_keeps_the_first_closing(scene: Handling):
    scene.appeal.status = Status.ANSWERED
    mine = {"appeal_id": scene.appeal.id, "person_id": scene.citizen.id}
    await rating.solved(scene.session, **mine, now=scene.now)
    again = await rating.solved(scene.session, **mine, now=scene.now + timedelta(days=1))
    assert (again.closed_at, again.citizen_outcome) == (scene.now, "solved")
    assert [each.what for each in await events.of_appeal(scene.session, scene.appeal.id)] == ["rate_solved"]


async def test_an_appeal_goes_on_without_a_word_of_why(scene: Handling, city: City, calendar: Calendar, now: datetime):
    scene.appeal.status = Status.ANSWERED
    appeal = await reopen(
        scene.session, appeal_id=scene.appeal.id, person_id=scene.citizen.id, now=now, city=city, calendar=calendar
    )
    [event] = await events.of_appeal(scene.session, appeal.id)
    assert event.details == {"times": 1, "staff_outcome": None}
    assert await appeals.words(scene.session, appeal.id) == []
