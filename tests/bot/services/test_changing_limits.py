"""Kind and urgency are set right: shorter at once, longer only when a supervisor agrees; a promise is never broken."""

from datetime import datetime, timedelta

import pytest

from bot.services import approving, changing_limits, ladder
from bot.services.changing_limits import Part
from bot.services.moving import Actor
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import InputRefused, TransitionRefused
from storage.domain.statuses import Event, Status
from storage.repositories import approvals, events
from storage.tables import DangerCase
from tests.support.handling import Handling


class Bench:
    """One appeal in hand, complained of as of `now` and promised for ten working days later."""

    def __init__(self, scene: Handling, city: City, calendar: Calendar) -> None:
        self.scene, self.appeal, self.city, self.calendar = scene, scene.appeal, city, calendar
        self.now = scene.now
        self.appeal.kind, self.appeal.answer_due = "complaint", calendar.add_workdays(scene.now, 10)

    async def change(self, part: Part, to: str) -> None:
        await changing_limits.change(
            self.scene.session,
            appeal=self.appeal,
            part=part,
            to=to,
            actor=Actor.STAFF,
            person_id=self.scene.li.person_id,
            now=self.now,
            city=self.city,
            calendar=self.calendar,
        )

    async def want(self, part: Part, to: str) -> int:
        asked = await changing_limits.want_longer(
            self.scene.session,
            appeal=self.appeal,
            part=part,
            to=to,
            reason="要查账",
            actor=Actor.STAFF,
            person_id=self.scene.li.person_id,
            now=self.now,
            city=self.city,
            calendar=self.calendar,
        )
        return asked.id

    async def agree(self, approval_id: int) -> None:
        await approving.agree(
            self.scene.session, approval_id, person_id=1, now=self.now, city=self.city, calendar=self.calendar
        )

    def in_days(self, days: int) -> datetime:
        return self.calendar.add_workdays(self.scene.now, days)


@pytest.fixture
def bench(scene: Handling, city: City, calendar: Calendar) -> Bench:
    return Bench(scene, city, calendar)


async def test_a_shorter_kind_brings_the_promise_nearer_at_once(bench: Bench):
    await bench.change(Part.KIND, "help")
    assert (bench.appeal.kind, bench.appeal.answer_due) == ("help", bench.in_days(5))


async def test_a_shorter_kind_never_moves_a_promise_that_is_nearer_still(bench: Bench):
    bench.appeal.answer_due = bench.in_days(3)
    await bench.change(Part.KIND, "help")
    assert bench.appeal.answer_due == bench.in_days(3)


async def test_a_kind_with_the_same_limit_changes_nothing_about_the_promise(bench: Bench):
    await bench.change(Part.KIND, "suggestion")
    assert bench.appeal.answer_due == bench.in_days(10)


async def test_a_longer_kind_is_refused_without_a_supervisor(bench: Bench):
    with pytest.raises(InputRefused, match="longer_needs_supervisor"):
        await bench.change(Part.KIND, "report")
    assert (bench.appeal.kind, bench.appeal.answer_due) == ("complaint", bench.in_days(10))


async def test_a_longer_kind_waits_for_the_supervisor_and_then_adds_the_difference(bench: Bench):
    bench.appeal.answer_due = bench.in_days(12)
    asked = await bench.want(Part.KIND, "report")
    assert (bench.appeal.kind, bench.appeal.answer_due) == ("complaint", bench.in_days(12))
    await bench.agree(asked)
    assert (bench.appeal.kind, bench.appeal.answer_due) == ("report", bench.in_days(17))
    history = await events.of_appeal(bench.scene.session, bench.appeal.id)
    [changed] = [each for each in history if each.what == Event.KIND_CHANGED]
    assert (changed.actor, changed.details["reason"]) == (Actor.SUPERVISOR, "要查账")


async def test_of_a_reopened_appeal_half_the_difference_is_added(bench: Bench):
    bench.appeal.reopens, bench.appeal.answer_due = 1, bench.in_days(5)
    await bench.agree(await bench.want(Part.KIND, "report"))
    assert bench.appeal.answer_due == bench.in_days(8)


async def test_what_the_supervisors_refuse_stays(bench: Bench):
    asked = await bench.want(Part.KIND, "report")
    await approving.refuse(bench.scene.session, asked, person_id=1, now=bench.now)
    assert (bench.appeal.kind, bench.appeal.answer_due) == ("complaint", bench.in_days(10))


async def test_the_same_is_not_asked_twice(bench: Bench):
    await bench.want(Part.KIND, "report")
    with pytest.raises(InputRefused, match="approval_waits"):
        await bench.want(Part.KIND, "report")
    assert await approvals.count_waiting(bench.scene.session) == 1


async def test_the_extreme_runs_from_now_by_the_clock(bench: Bench):
    bench.now += timedelta(hours=1)
    await bench.change(Part.URGENCY, "extreme")
    assert (bench.appeal.urgency, bench.appeal.answer_due) == ("extreme", bench.now + timedelta(days=1))


async def test_what_is_extreme_by_mistake_gets_its_old_times_back_with_a_supervisor(bench: Bench):
    await bench.change(Part.URGENCY, "extreme")
    with pytest.raises(InputRefused, match="longer_needs_supervisor"):
        await bench.change(Part.URGENCY, "normal")
    await bench.agree(await bench.want(Part.URGENCY, "normal"))
    assert (bench.appeal.urgency, bench.appeal.answer_due) == ("normal", bench.in_days(10))


async def test_its_old_times_are_found_although_it_was_late_meanwhile(bench: Bench):
    await bench.change(Part.URGENCY, "extreme")
    bench.now += timedelta(days=2)
    at = {"now": bench.now, "city": bench.city, "calendar": bench.calendar}
    assert await ladder.climb(bench.scene.session, bench.appeal.id, **at)
    await bench.agree(await bench.want(Part.URGENCY, "normal"))
    assert (bench.appeal.urgency, bench.appeal.answer_due) == ("normal", bench.in_days(10))


async def test_what_was_filed_as_extreme_gets_the_usual_time_of_what_it_becomes(bench: Bench):
    bench.appeal.urgency, bench.appeal.answer_due = "extreme", bench.now + timedelta(days=1)
    await bench.agree(await bench.want(Part.URGENCY, "urgent"))
    assert (bench.appeal.urgency, bench.appeal.answer_due) == ("urgent", bench.in_days(5))


async def test_where_somebody_may_be_in_danger_it_stays_extreme(bench: Bench):
    appeal, session = bench.appeal, bench.scene.session
    appeal.urgency = "extreme"
    given = {"person_id": appeal.citizen_id, "appeal_id": appeal.id, "alias": "X", "danger": "gas"}
    session.add(DangerCase(**given, state="open", raised_at=bench.now))
    await session.flush()
    with pytest.raises(InputRefused, match="danger_runs"):
        await bench.want(Part.URGENCY, "normal")


async def test_in_triage_a_kind_promises_nothing_yet_and_changes_at_once(bench: Bench):
    appeal = bench.appeal
    appeal.status, appeal.first_dispatched_at, appeal.answer_due = Status.PENDING_TRIAGE, None, None
    await bench.change(Part.KIND, "report")
    assert (appeal.kind, appeal.answer_due) == ("report", None)


async def test_what_was_praise_and_is_none_gets_a_promise(bench: Bench):
    appeal = bench.appeal
    appeal.kind, appeal.answer_due, appeal.first_answer_due = "praise", None, None
    await bench.change(Part.KIND, "help")
    assert appeal.answer_due == appeal.first_answer_due == bench.in_days(5)


@pytest.mark.parametrize(
    ("to", "refusal"), [("mood", "no_such_kind"), ("complaint", "kind_as_it_is"), ("praise", "not_to_praise")]
)
async def test_what_it_cannot_become_is_refused(bench: Bench, to: str, refusal: str):
    with pytest.raises(InputRefused, match=refusal):
        await bench.change(Part.KIND, to)
    assert bench.appeal.kind == "complaint"


async def test_what_is_planned_or_over_keeps_its_kind(bench: Bench):
    bench.appeal.status = Status.DEFERRED
    with pytest.raises(InputRefused, match="kind_when_planned"):
        await bench.change(Part.KIND, "help")
    bench.appeal.status = Status.CLOSED
    with pytest.raises(TransitionRefused):
        await bench.change(Part.KIND, "help")
