"""An answer that nobody rated: asked about once more by day, and closed after two weeks as what it is."""

from datetime import datetime, timedelta

import pytest

from bot.services import following_up, rating
from storage.domain.calendar import Calendar
from storage.domain.errors import NotFound
from storage.domain.statuses import Status
from storage.repositories import events
from tests.support.handling import Handling

THREE, FOURTEEN = timedelta(days=3), timedelta(days=14)


@pytest.fixture
def answered(scene: Handling) -> Handling:
    """The appeal is answered now."""
    scene.appeal.status, scene.appeal.answered_at = Status.ANSWERED, scene.now
    following_up.begin(scene.appeal, now=scene.now)
    return scene


async def due(scene: Handling, calendar: Calendar, wait: timedelta) -> tuple[list[int], list[int]]:
    await scene.session.flush()
    asked, late = await following_up.due(scene.session, now=scene.now + wait, calendar=calendar)
    return list(asked), list(late)


async def happened(scene: Handling) -> list[str]:
    return [each.what for each in await events.of_appeal(scene.session, scene.appeal.id)]


async def test_it_is_due_after_three_days_and_closed_after_fourteen(answered: Handling, calendar: Calendar):
    number = answered.appeal.id
    assert await due(answered, calendar, THREE - timedelta(minutes=1)) == ([], [])
    assert await due(answered, calendar, THREE) == ([number], [])
    assert await due(answered, calendar, FOURTEEN) == ([], [number])


@pytest.mark.parametrize(("hour", "found"), [(21, True), (22, False), (23, False), (6, False), (7, True)])
async def test_nobody_is_asked_or_told_at_night(answered: Handling, calendar: Calendar, hour: int, *, found: bool):
    at = calendar.local(answered.now + FOURTEEN + timedelta(days=1)).replace(hour=hour, minute=0)
    asked, late = await following_up.due(answered.session, now=at, calendar=calendar)
    assert (bool(late), bool(asked)) == (found, False)


async def test_it_is_asked_about_once(answered: Handling, calendar: Calendar):
    now, number = answered.now + THREE, answered.appeal.id
    assert await following_up.ask_again(answered.session, number, now=now)
    assert not await following_up.ask_again(answered.session, number, now=now)
    assert await due(answered, calendar, THREE + timedelta(days=5)) == ([], [])
    assert (answered.appeal.follow_ups, await happened(answered)) == (1, ["follow_up"])


async def test_what_was_rated_meanwhile_is_not_asked_about(answered: Handling):
    mine = {"appeal_id": answered.appeal.id, "person_id": answered.citizen.id}
    await rating.solved(answered.session, **mine, now=answered.now)
    assert not await following_up.ask_again(answered.session, answered.appeal.id, now=answered.now + THREE)
    assert not await following_up.close_unrated(answered.session, answered.appeal.id, now=answered.now + FOURTEEN)
    assert answered.appeal.citizen_outcome == "solved"


async def test_who_wants_to_be_asked_once_only_is_not_asked_again_of_any_appeal(answered: Handling):
    appeal = answered.appeal
    mine = {"appeal_id": appeal.id, "person_id": answered.citizen.id, "now": answered.now}
    await following_up.ask_no_more(answered.session, **mine)
    await following_up.ask_no_more(answered.session, **mine)
    following_up.begin(appeal, now=answered.now)
    assert not await following_up.ask_again(answered.session, appeal.id, now=answered.now + THREE)
    assert (appeal.follow_ups, await happened(answered)) == (0, ["follow_up_refused"])


async def test_nobody_hushes_for_somebody_else(answered: Handling):
    with pytest.raises(NotFound):
        await following_up.ask_no_more(
            answered.session, appeal_id=answered.appeal.id, person_id=answered.li.person_id, now=answered.now
        )


async def test_silence_is_closed_as_unrated_and_never_as_solved(answered: Handling):
    now = answered.now + FOURTEEN
    assert await following_up.close_unrated(answered.session, answered.appeal.id, now=now)
    appeal = answered.appeal
    assert (appeal.status, appeal.closed_at) == ("closed", now)
    assert (appeal.citizen_outcome, appeal.satisfaction, await happened(answered)) == (None, None, ["unrated"])


async def test_what_was_called_unsolved_is_closed_as_unsolved(answered: Handling):
    mine = {"appeal_id": answered.appeal.id, "person_id": answered.citizen.id, "now": answered.now}
    await rating.said_unsolved(answered.session, **mine)
    await following_up.close_unrated(answered.session, answered.appeal.id, now=answered.now + FOURTEEN)
    appeal = answered.appeal
    assert (appeal.status, appeal.citizen_outcome) == ("closed", "unsolved")
    assert await happened(answered) == ["said_unsolved", "rate_unsolved"]


async def test_nothing_is_closed_before_its_time(answered: Handling):
    early = answered.now + FOURTEEN - timedelta(seconds=1)
    assert not await following_up.close_unrated(answered.session, answered.appeal.id, now=early)
    assert answered.appeal.status == Status.ANSWERED


async def test_a_silent_closing_can_be_called_solved_later_for_thirty_days(answered: Handling):
    closed: datetime = answered.now + FOURTEEN
    await following_up.close_unrated(answered.session, answered.appeal.id, now=closed)
    assert rating.may_rate(answered.appeal, now=closed + timedelta(days=30))
    assert not rating.may_rate(answered.appeal, now=closed + timedelta(days=30, seconds=1))
    answered.appeal.kind = "praise"
    assert not rating.may_rate(answered.appeal, now=closed)
