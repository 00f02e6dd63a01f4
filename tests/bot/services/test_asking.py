"""The rules of a question to the citizen (请补充): once, not where it is too late; the clock stands and goes on."""

from datetime import timedelta

import pytest

from bot.services import asking, receipts
from bot.services.asking import Lack
from bot.services.hastening import hasten, slow_down
from bot.services.petitioning import Wish
from storage.domain import deadlines
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused, NotFound, TransitionRefused
from storage.domain.statuses import Status
from storage.domain.words import Kind, Urgency
from storage.repositories import appeals, approvals, events, figures
from storage.tables import Utterance
from tests.support.handling import UNIT, Handling

DAY = timedelta(days=1)


async def drafted(scene: Handling, text: str = "第几根?") -> Utterance:
    return await asking.draft(scene.session, appeal=scene.appeal, staff=scene.li, text=text, source=None, now=scene.now)


async def asked(scene: Handling, calendar: Calendar) -> Utterance:
    words = await drafted(scene)
    await asking.ask(scene.session, appeal=scene.appeal, staff=scene.li, words=words, now=scene.now, calendar=calendar)
    return words


async def heard(scene: Handling, calendar: Calendar, *, after: timedelta = DAY, text: str = "第三根") -> bool:
    _, awaited = await asking.hear(
        scene.session,
        appeal_id=scene.appeal.id,
        person_id=scene.citizen.id,
        text=text,
        now=scene.now + after,
        calendar=calendar,
    )
    return awaited


@pytest.mark.parametrize("status", set(Status) - {Status.IN_PROGRESS})
async def test_only_what_is_in_hand_can_be_asked_about(scene: Handling, status: Status):
    scene.appeal.status = status
    with pytest.raises(TransitionRefused):
        await drafted(scene)


async def test_a_new_draft_takes_the_place_of_ones_own_earlier_one_only(scene: Handling):
    first = await drafted(scene)
    other = await asking.draft(
        scene.session, appeal=scene.appeal, staff=scene.hu, text="几层?", source=None, now=scene.now
    )
    second = await drafted(scene)
    assert [each.state for each in (first, other, second)] == ["dropped", "held", "held"]


async def test_asking_and_hearing_moves_the_limit_by_a_day_and_forgets_the_ladder(scene: Handling, calendar: Calendar):
    scene.appeal.ladder, scene.appeal.ladder_at = 1, scene.now
    due = calendar.add_workdays(scene.now, 5)
    scene.appeal.answer_due = due
    await asked(scene, calendar)
    assert await heard(scene, calendar)
    assert scene.appeal.answer_due == due + DAY
    assert (scene.appeal.ladder, scene.appeal.ladder_at) == (0, None)
    history = [each.what for each in await events.of_appeal(scene.session, scene.appeal.id)]
    assert history == ["ask", "supply"]


async def test_words_while_nothing_is_waited_for_are_a_supplement(scene: Handling, calendar: Calendar):
    due = scene.appeal.answer_due
    assert not await heard(scene, calendar)
    assert (scene.appeal.answer_due, scene.appeal.status) == (due, Status.IN_PROGRESS)


async def test_somebody_else_answers_nothing(scene: Handling, calendar: Calendar):
    await asked(scene, calendar)
    given = {"appeal_id": scene.appeal.id, "person_id": scene.li.person_id, "now": scene.now}
    with pytest.raises(NotFound):
        await asking.hear(scene.session, **given, text="我来答", calendar=calendar)
    with pytest.raises(NotFound):
        await asking.cannot_supply(scene.session, **given, reason=Lack.NONE, calendar=calendar)
    with pytest.raises(NotFound):
        await asking.ask_back(scene.session, **given, text="看不明白")
    assert scene.appeal.status == Status.AWAITING_CITIZEN


async def test_the_clock_stands_no_longer_than_was_said_however_late_the_answer_comes(
    scene: Handling, calendar: Calendar
):
    due = calendar.add_workdays(scene.now, 9)
    scene.appeal.answer_due = due
    await asked(scene, calendar)
    await heard(scene, calendar, after=20 * DAY)
    assert scene.appeal.answer_due == calendar.add_workdays(due, deadlines.LONGEST_PAUSE)


async def test_an_appeal_without_a_limit_has_none_afterwards(scene: Handling, calendar: Calendar):
    scene.appeal.answer_due = None
    await asked(scene, calendar)
    await heard(scene, calendar)
    assert (scene.appeal.answer_due, scene.appeal.status) == (None, Status.IN_PROGRESS)


async def test_it_is_once_an_appeal(scene: Handling, calendar: Calendar):
    await asked(scene, calendar)
    await heard(scene, calendar)
    with pytest.raises(InputRefused, match="asked_once"):
        await drafted(scene)


async def test_without_a_supervisor_the_last_day_stops_no_clock(scene: Handling, calendar: Calendar):
    words = await drafted(scene)
    scene.appeal.answer_due = calendar.add_workdays(scene.now, 1)
    with pytest.raises(InputRefused, match="ask_needs_supervisor"):
        await asking.ask(
            scene.session, appeal=scene.appeal, staff=scene.li, words=words, now=scene.now, calendar=calendar
        )
    assert scene.appeal.status == Status.IN_PROGRESS


async def test_only_a_question_that_is_looked_at_goes(scene: Handling, calendar: Calendar):
    relay = await scene.said()
    given = {"appeal": scene.appeal, "staff": scene.li, "words": relay, "now": scene.now}
    with pytest.raises(TransitionRefused):
        await asking.ask(scene.session, **given, calendar=calendar)
    with pytest.raises(TransitionRefused):
        await asking.want(scene.session, **given)
    with pytest.raises(TransitionRefused):
        asking.drop(scene.appeal, relay)
    assert relay.state == "held"


async def test_a_wish_names_the_question_and_its_grant_puts_it(scene: Handling, city: City, calendar: Calendar):
    words = await drafted(scene, "打13812345678?")
    wish = await asking.want(scene.session, appeal=scene.appeal, staff=scene.li, words=words, now=scene.now)
    assert (wish.kind, wish.details) == (Wish.LATE_ASK, {"question": "打138****5678?", "utterance_id": words.id})
    assert await approvals.waiting_of(scene.session, scene.appeal.id) == [wish]
    await asking.granted(scene.session, scene.appeal, wish, now=scene.now + DAY, city=city, calendar=calendar)
    assert (words.state, scene.appeal.status, scene.appeal.asked_at) == (
        "queued",
        Status.AWAITING_CITIZEN,
        scene.now + DAY,
    )


async def test_a_grant_after_the_question_went_otherwise_is_refused(scene: Handling, city: City, calendar: Calendar):
    words = await drafted(scene)
    wish = await asking.want(scene.session, appeal=scene.appeal, staff=scene.li, words=words, now=scene.now)
    given = {"now": scene.now, "city": city, "calendar": calendar}
    words.state = "dropped"
    with pytest.raises(TransitionRefused):
        await asking.granted(scene.session, scene.appeal, wish, **given)
    wish.details = {**wish.details, "utterance_id": words.id + 99}
    with pytest.raises(TransitionRefused):
        await asking.granted(scene.session, scene.appeal, wish, **given)
    assert (scene.appeal.status, scene.appeal.asks) == (Status.IN_PROGRESS, 0)


async def test_an_earlier_lost_question_does_not_undo_a_later_one(scene: Handling, calendar: Calendar):
    lost = await scene.said("旧的?", manner="question", state="queued")
    words = await asked(scene, calendar)
    row = await scene.row(lost)
    await receipts.not_arrived(scene.session, row, unreachable=True, reason="blocked", now=scene.now)
    assert (scene.appeal.status, scene.appeal.asks) == (Status.AWAITING_CITIZEN, 1)
    await receipts.not_arrived(scene.session, await scene.row(words), unreachable=True, reason="blocked", now=scene.now)
    assert (scene.appeal.status, scene.appeal.asks) == (Status.IN_PROGRESS, 0)


async def test_a_question_lost_after_its_answer_came_counts_as_asked(scene: Handling, calendar: Calendar):
    words = await asked(scene, calendar)
    await heard(scene, calendar)
    await receipts.not_arrived(
        scene.session, await scene.row(words), unreachable=False, reason="400", now=scene.now + DAY
    )
    assert (scene.appeal.status, scene.appeal.asks) == (Status.IN_PROGRESS, 1)


async def test_nobody_is_waited_for_who_was_never_asked(scene: Handling, calendar: Calendar):
    assert await asking.question(scene.session, scene.appeal) is None
    assert not await asking.lapse(scene.session, scene.appeal.id, now=scene.now + 30 * DAY, calendar=calendar)


async def test_who_waits_and_for_how_long_is_found(scene: Handling, calendar: Calendar):
    await asked(scene, calendar)
    until = scene.appeal.ask_until
    assert until is not None
    assert await appeals.waited_out(scene.session, until - DAY) == []
    assert await appeals.waited_out(scene.session, until) == [scene.appeal.id]
    assert await appeals.waiting_for(scene.session, scene.citizen.id) == [scene.appeal]
    await heard(scene, calendar)
    assert await appeals.waiting_for(scene.session, scene.citizen.id) == []


async def test_what_waits_for_its_citizen_is_not_overdue(scene: Handling, calendar: Calendar):
    given = {"since": scene.now - DAY, "now": scene.now + 6 * DAY}
    scene.appeal.answer_due = calendar.add_workdays(scene.now, 3)
    found = await figures.of_department(scene.session, UNIT, **given)
    assert (found.still_open, found.overdue) == (1, 1)
    await asked(scene, calendar)
    found = await figures.of_department(scene.session, UNIT, **given)
    assert (found.still_open, found.overdue) == (1, 0)


@pytest.mark.parametrize("hastened", [True, False])
async def test_what_waited_for_its_citizen_while_it_was_extreme_is_due_later_once_it_is_not(
    scene: Handling, city: City, calendar: Calendar, *, hastened: bool
):
    appeal = scene.appeal
    ordinary = deadlines.answer_due(Kind(appeal.kind), Urgency.NORMAL, scene.now, calendar, city.limits)
    assert ordinary is not None
    appeal.first_dispatched_at, appeal.answer_due = scene.now, ordinary
    before = hasten(appeal, now=scene.now, city=city) if hastened else {}
    appeal.urgency, appeal.answer_due = Urgency.EXTREME, scene.now + 4 * DAY
    await asked(scene, calendar)
    await heard(scene, calendar, after=2 * DAY)
    assert await slow_down(scene.session, appeal, before, city=city, calendar=calendar)
    assert appeal.answer_due == calendar.add_workdays(ordinary, 2)
