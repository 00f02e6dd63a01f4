"""One matter told by several: merged, joined, left, handed on, judged and split; what may not be, is refused."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services import drafting, gathering, joining, judging, merging, parting, reopening, withdrawing
from bot.services.guessing import Guess, Likely
from bot.services.parting import Part
from bot.services.rating import Outcome, counted_outcome
from bot.services.submitting import Filing, submit
from storage.city.calendar import calendar_around
from storage.domain.city import City
from storage.domain.errors import InputRefused, NotFound, TransitionRefused
from storage.domain.statuses import Status
from storage.domain.words import Kind, Urgency
from storage.engine import Database
from storage.repositories import appeals, attachments, events, people
from storage.tables import Appeal, Attachment, DangerCase, Draft, Office, Utterance

FIRST, SECOND, THIRD, FOURTH = 1001, 1002, 1003, 1004
DISPATCHER = 8001
LAMP = "村小学东门的路灯坏了半个月"


class Desk:
    """Citizens who tell, a dispatcher who merges, in one transaction."""

    def __init__(self, session: AsyncSession, city: City, now: datetime) -> None:
        self.session, self.city, self.now = session, city, now
        self.calendar = calendar_around(city, now.date())
        self.dice = Random(1)  # noqa: S311 - the same each time

    async def person(self, user: int) -> Any:
        given: dict[str, Any] = {"platform": "telegram", "bot": 1, "username": None, "now": self.now}
        return await people.meet(self.session, user_id=user, **given)

    async def draft(self, user: int, **columns: Any) -> Draft:
        person = await self.person(user)
        draft = await drafting.hear(self.session, person_id=person.id, text=LAMP, now=self.now)
        draft.guess, draft.phone = Guess((Likely("urban_management", 0.97),), auto=True).to_json(), f"138000{user}0"
        for name, value in {"kind": "help", **columns}.items():
            setattr(draft, name, value)
        return draft

    async def file(self, user: int = FIRST, *, sure: bool = True, **columns: Any) -> Appeal:
        draft = await self.draft(user, **columns)
        draft.guess = draft.guess if sure else {}
        given: dict[str, Any] = {"platform": "telegram", "bot": 1, "draw": self.dice.randrange, "untitled": "-"}
        return await submit(self.session, person=await self.person(user), draft=draft, **given, **self.here())

    def here(self) -> dict[str, Any]:
        return {"now": self.now, "city": self.city, "calendar": self.calendar}

    async def merge(self, appeal: Appeal, lead: Appeal) -> None:
        by = (await self.person(DISPATCHER)).id
        about: dict[str, Any] = {"appeal_id": appeal.id, "other_id": lead.id, "person_id": by}
        await merging.merge(self.session, **about, now=self.now, calendar=self.calendar)

    async def join(self, lead: Appeal, user: int = SECOND, **columns: Any) -> Appeal:
        filing = Filing(self.now, self.city, self.calendar, "telegram", self.dice.randrange, "-")
        given: dict[str, Any] = {"person": await self.person(user), "draft": await self.draft(user, **columns)}
        return await joining.join(self.session, lead_id=lead.id, filing=filing, parts={}, **given)

    async def withdraw(self, appeal: Appeal, user: int = FIRST) -> Appeal:
        about: dict[str, Any] = {"appeal_id": appeal.id, "person_id": (await self.person(user)).id}
        reason = withdrawing.Reason.UNWANTED
        return await withdrawing.withdraw(self.session, **about, reason=reason, now=self.now, calendar=self.calendar)

    async def unsolved(self, appeal: Appeal, user: int, outcome: Outcome = Outcome.UNSOLVED) -> judging.Judged:
        about: dict[str, Any] = {"appeal_id": appeal.id, "person_id": (await self.person(user)).id}
        return await judging.say(self.session, **about, outcome=outcome, now=self.now)

    async def go_on(self, appeal: Appeal, user: int) -> judging.Judged:
        about: dict[str, Any] = {"appeal_id": appeal.id, "person_id": (await self.person(user)).id}
        return await judging.go_on(self.session, **about, **self.here())

    async def what(self, appeal: Appeal) -> list[str]:
        return [each.what for each in await events.of_appeal(self.session, appeal.id)]


@pytest.fixture
async def desk(database: Database, city: City, now: datetime) -> AsyncIterator[Desk]:
    async with database.writing() as session:
        given: dict[str, Any] = {"platform": "telegram", "bot": 1, "purpose": "department", "bound_at": now}
        session.add(Office(chat_id=-2001, department="urban_management", **given))
        yield Desk(session, city, now)


def answered(appeal: Appeal, now: datetime) -> None:
    """Let it be answered, as if the answer had arrived."""
    appeal.status, appeal.answered_at, appeal.answer = Status.ANSWERED, now, "换了灯头。"


async def test_the_lead_keeps_the_shorter_promise_and_the_merged_one_rests(desk: Desk):
    lead, other = await desk.file(), await desk.file(SECOND)
    sooner = desk.now + timedelta(hours=5)
    other.answer_due, other.claimed_at = sooner, desk.now
    await desk.merge(other, lead)
    assert (other.status, other.merged_into, other.claimed_at) == (Status.MERGED, lead.id, None)
    assert (lead.answer_due, lead.others) == (sooner, 1)
    assert (await desk.what(other))[-1] == "merge"
    assert (await desk.what(lead))[-1] == "take_in"


async def test_a_later_promise_changes_nothing(desk: Desk):
    lead, other = await desk.file(), await desk.file(SECOND)
    kept = lead.answer_due
    other.answer_due = desk.now + timedelta(days=40)
    await desk.merge(other, lead)
    assert lead.answer_due == kept


async def test_while_a_unit_is_looked_for_the_dispatchers_keep_the_earlier_limit(desk: Desk):
    lead, other = await desk.file(sure=False), await desk.file(SECOND, sure=False)
    other.triage_due = desk.now
    await desk.merge(other, lead)
    assert (lead.triage_due, lead.answer_due) == (desk.now, None)


async def test_a_pause_ends_with_the_merging_and_its_time_is_not_lost(desk: Desk):
    lead, other = await desk.file(), await desk.file(SECOND)
    lead.answer_due = desk.now + timedelta(days=60)
    other.status, other.asked_at, other.ask_until = Status.AWAITING_CITIZEN, desk.now, desk.now + timedelta(days=5)
    before, desk.now = other.answer_due, desk.now + timedelta(days=3)
    await desk.merge(other, lead)
    assert (other.asked_at, other.ask_until) == (None, None)
    assert before is not None
    assert other.answer_due is not None
    assert other.answer_due > before
    assert lead.answer_due == other.answer_due


async def test_what_stood_with_a_merged_one_moves_along_and_no_lead_is_merged(desk: Desk):
    lead, middle = await desk.file(), await desk.file(SECOND)
    joined = await desk.join(middle, THIRD)
    await desk.merge(middle, lead)
    assert (joined.merged_into, middle.merged_into, lead.others, middle.others) == (lead.id, lead.id, 2, 0)
    last = await desk.file(FOURTH)
    await desk.merge(last, middle)
    assert last.merged_into == lead.id
    with pytest.raises(InputRefused, match="merge_itself"):
        await desk.merge(lead, middle)


@pytest.mark.parametrize(
    ("of_appeal", "of_lead", "reason"),
    [
        ({"confidential": True}, {}, "merge_confidential"),
        ({}, {"confidential": True}, "merge_confidential"),
        ({"kind": Kind.PRAISE}, {}, "merge_praise"),
        ({}, {"status": Status.CLOSED}, "merge_into_open"),
        ({}, {"status": Status.DECLINED}, "merge_into_open"),
        ({"urgency": Urgency.EXTREME}, {}, "merge_emergency"),
        ({}, {"answer_pressed_at": datetime(2026, 11, 23, tzinfo=UTC)}, "merge_answered"),
        ({}, {"answer_due": None}, "merge_into_triage"),
        ({}, {"status": Status.DEFERRED}, "merge_into_plan"),
        ({"transcript": "wanted"}, {}, "voice_first"),
    ],
)
async def test_what_may_not_be_merged_is_refused_and_nothing_changes(
    desk: Desk, of_appeal: dict[str, Any], of_lead: dict[str, Any], reason: str
):
    lead, other = await desk.file(), await desk.file(SECOND)
    for row, columns in ((other, of_appeal), (lead, of_lead)):
        for name, value in columns.items():
            setattr(row, name, desk.now if isinstance(value, datetime) else value)
    await desk.session.flush()
    with pytest.raises(InputRefused, match=reason):
        await desk.merge(other, lead)
    assert (other.merged_into, lead.others) == (None, 0)


async def test_what_may_be_a_danger_and_what_is_over_are_not_merged(desk: Desk):
    lead, other = await desk.file(), await desk.file(SECOND)
    given: dict[str, Any] = {"alias": "7F3K", "danger": "gas", "state": "open", "raised_at": desk.now}
    case = DangerCase(person_id=other.citizen_id, appeal_id=other.id, **given)
    desk.session.add(case)
    await desk.session.flush()
    with pytest.raises(InputRefused, match="danger_runs"):
        await desk.merge(other, lead)
    case.state, other.status = "dismissed", Status.CLOSED
    with pytest.raises(TransitionRefused):
        await desk.merge(other, lead)


async def test_taken_out_it_waits_for_the_dispatchers_with_the_promise_it_had(desk: Desk):
    lead, other = await desk.file(), await desk.file(SECOND)
    promised = other.answer_due
    await desk.merge(other, lead)
    by = (await desk.person(DISPATCHER)).id
    await merging.unmerge(desk.session, appeal_id=other.id, person_id=by, **desk.here())
    assert (other.status, other.merged_into, other.department) == (Status.PENDING_TRIAGE, None, None)
    assert (other.answer_due, lead.others) == (promised, 0)
    assert other.triage_due is not None
    with pytest.raises(TransitionRefused):
        await merging.unmerge(desk.session, appeal_id=other.id, person_id=by, **desk.here())


async def test_only_its_citizen_says_that_it_is_another_matter(desk: Desk):
    lead, other = await desk.file(), await desk.file(SECOND)
    await desk.merge(other, lead)
    with pytest.raises(NotFound):
        await merging.not_the_same(desk.session, appeal_id=other.id, person_id=lead.citizen_id, **desk.here())
    await merging.not_the_same(desk.session, appeal_id=other.id, person_id=other.citizen_id, **desk.here())
    assert other.status == Status.PENDING_TRIAGE


async def test_a_join_that_is_taken_out_is_an_appeal_of_its_own(desk: Desk):
    lead = await desk.file()
    joined = await desk.join(lead)
    by = (await desk.person(DISPATCHER)).id
    await merging.unmerge(desk.session, appeal_id=joined.id, person_id=by, **desk.here())
    assert (joined.joined, joined.status, lead.others) == (False, Status.PENDING_TRIAGE, 0)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"confidential": True}, "join_alone"),
        ({"kind": Kind.PRAISE}, "join_alone"),
        ({"urgency": Urgency.EXTREME}, "join_alone"),
    ],
)
async def test_what_is_to_be_handled_alone_joins_nothing(desk: Desk, columns: dict[str, Any], reason: str):
    lead = await desk.file()
    with pytest.raises(InputRefused, match=reason):
        await desk.join(lead, **columns)


async def test_nobody_joins_their_own_or_twice_or_what_is_confidential(desk: Desk):
    lead = await desk.file()
    with pytest.raises(InputRefused, match="join_own"):
        await desk.join(lead, FIRST)
    await desk.join(lead)
    with pytest.raises(InputRefused, match="join_own"):
        await desk.join(lead)
    lead.confidential = True
    with pytest.raises(InputRefused, match="merge_confidential"):
        await desk.join(lead, THIRD)


async def test_the_first_that_may_be_joined_is_offered_and_of_a_merged_one_its_lead(desk: Desk):
    secret, lead, other = await desk.file(), await desk.file(), await desk.file(SECOND)
    secret.confidential = True
    await desk.merge(other, lead)
    draft = await desk.draft(THIRD)
    assert await joining.offered(desk.session, draft, [99, secret.id, other.id]) is lead
    assert await joining.offered(desk.session, draft, [secret.id]) is None


async def test_only_who_joined_leaves(desk: Desk):
    lead, other = await desk.file(), await desk.file(SECOND)
    joined = await desk.join(lead, THIRD)
    await desk.merge(other, lead)
    with pytest.raises(TransitionRefused):
        await joining.leave(desk.session, appeal_id=other.id, person_id=other.citizen_id, now=desk.now)
    with pytest.raises(NotFound):
        await joining.leave(desk.session, appeal_id=joined.id, person_id=lead.citizen_id, now=desk.now)
    await joining.leave(desk.session, appeal_id=joined.id, person_id=joined.citizen_id, now=desk.now)
    assert (joined.status, lead.others) == (Status.WITHDRAWN, 1)
    with pytest.raises(NotFound):
        await gathering.with_its_lead(desk.session, 99)


async def test_who_takes_back_what_was_merged_leaves_the_lead_alone(desk: Desk):
    lead, other = await desk.file(), await desk.file(SECOND)
    await desk.merge(other, lead)
    await desk.withdraw(other, SECOND)
    assert (other.status, lead.status, lead.others) == (Status.WITHDRAWN, Status.DISPATCHED, 0)


async def test_the_oldest_of_the_others_owns_it_and_what_was_on_its_way_to_the_first_is_dropped(desk: Desk):
    lead = await desk.file()
    twice = await desk.file()
    heir, later = await desk.join(lead), await desk.join(lead, THIRD)
    await desk.merge(twice, lead)
    given: dict[str, Any] = {"appeal_id": lead.id, "at": desk.now, "department": lead.department}
    held = await appeals.say(desk.session, Utterance(direction="to_citizen", text="明天去看", state="held", **given))
    answer = await appeals.say(desk.session, Utterance(direction="answer", text="修好了", state="undelivered", **given))
    lead.status, lead.asked_at, lead.ask_until = Status.AWAITING_CITIZEN, desk.now, desk.now + timedelta(days=5)
    lead.stopped_at, number, due = desk.now, lead.number, lead.answer_due
    await desk.withdraw(lead)
    assert (lead.citizen_id, lead.phone, lead.alias) == (heir.citizen_id, heir.phone, heir.alias)
    assert (lead.status, lead.asked_at, lead.stopped_at) == (Status.IN_PROGRESS, None, None)
    assert (lead.number, lead.answer_due, lead.others) == (number, due, 1)
    assert (heir.status, later.status, twice.status) == (Status.MERGED, Status.MERGED, Status.WITHDRAWN)
    assert (held.state, answer.state) == ("dropped", "queued")
    left = next(each for each in await events.of_appeal(desk.session, lead.id) if each.what == "owner_left")
    assert (left.details["heir"], left.details["answer"]) == (heir.id, answer.id)


async def test_without_anybody_else_what_one_person_told_twice_is_taken_back_together(desk: Desk):
    lead, twice = await desk.file(), await desk.file()
    await desk.merge(twice, lead)
    assert lead.others == 0
    await desk.withdraw(lead)
    assert (lead.status, twice.status) == (Status.WITHDRAWN, Status.WITHDRAWN)


async def test_one_who_calls_it_unsolved_is_not_enough_and_two_are(desk: Desk):
    lead = await desk.file()
    one, two = await desk.join(lead), await desk.join(lead, THIRD)
    with pytest.raises(TransitionRefused):
        await desk.unsolved(one, SECOND)
    answered(lead, desk.now)
    lead.citizen_outcome = Outcome.SOLVED
    assert not (await desk.unsolved(one, SECOND)).may_go_on
    assert counted_outcome(lead) == "solved"
    with pytest.raises(InputRefused, match="one_is_not_enough"):
        await desk.go_on(one, SECOND)
    await desk.unsolved(two, THIRD, Outcome.SOLVED)
    assert (await desk.unsolved(two, THIRD)).may_go_on
    assert counted_outcome(lead) == "unsolved"
    await desk.go_on(one, SECOND)
    assert (lead.status, lead.reopens, lead.disputed, lead.citizen_outcome) == (Status.IN_PROGRESS, 1, False, None)
    assert (one.citizen_outcome, two.citizen_outcome) == (None, None)


async def test_thirty_days_after_the_closing_nobody_has_it_reopened(desk: Desk):
    lead = await desk.file()
    one, two = await desk.join(lead), await desk.join(lead, THIRD)
    answered(lead, desk.now)
    await desk.unsolved(one, SECOND)
    await desk.unsolved(two, THIRD)
    lead.status, lead.closed_at = Status.CLOSED, desk.now
    desk.now += reopening.REOPENABLE + timedelta(days=1)
    with pytest.raises(InputRefused, match="reopen_too_late"):
        await desk.go_on(two, THIRD)
    with pytest.raises(TransitionRefused):
        await desk.unsolved(two, THIRD)


async def test_whoever_left_has_no_say(desk: Desk):
    lead = await desk.file()
    one = await desk.join(lead)
    await joining.leave(desk.session, appeal_id=one.id, person_id=one.citizen_id, now=desk.now)
    answered(lead, desk.now)
    with pytest.raises(TransitionRefused):
        await desk.go_on(one, SECOND)


async def part(desk: Desk, appeal: Appeal, *texts: str) -> list[Appeal]:
    by = (await desk.person(DISPATCHER)).id
    guess = Guess((Likely("power", 0.9),), kind="complaint")
    given: dict[str, Any] = {"parts": [Part(each, guess) for each in texts], "person_id": by}
    return await parting.part(desk.session, appeal_id=appeal.id, **given, **desk.here(), draw=desk.dice.randrange)


async def test_each_part_has_a_number_and_the_same_citizen_place_number_and_pictures(desk: Desk):
    appeal = await desk.file(place="村小学东门", town="taoyuan")
    said = await appeals.first_words(desk.session, appeal.id)
    assert said is not None
    given: dict[str, Any] = {"appeal_id": appeal.id, "utterance_id": said.id, "kind": "photo", "at": desk.now}
    desk.session.add(Attachment(person_id=appeal.citizen_id, file_id="F", unique_id="U", **given))
    await desk.session.flush()
    first, other = await part(desk, appeal, "路灯坏了", "井盖没了")
    assert first is appeal
    assert (first.text, first.status, first.department) == ("路灯坏了", Status.DISPATCHED, "urban_management")
    assert (other.text, other.status, other.department) == ("井盖没了", Status.PENDING_TRIAGE, None)
    assert (other.citizen_id, other.place, other.phone) == (first.citizen_id, first.place, first.phone)
    assert (other.kind, other.accepted_at) == ("complaint", first.accepted_at)
    assert other.number != first.number
    assert [each.file_id for each in await attachments.of_appeal(desk.session, other.id)] == ["F"]
    assert said.text == LAMP


@pytest.mark.parametrize("texts", [["只有一件"], ["一", "二", "三", "四", "五", "六", "七"]])
async def test_two_to_six_parts_are_made(desk: Desk, texts: list[str]):
    with pytest.raises(InputRefused, match="split_count"):
        await part(desk, await desk.file(), *texts)


async def test_what_nobody_listened_to_or_is_being_answered_is_not_split(desk: Desk):
    appeal = await desk.file()
    appeal.transcript = "wanted"
    with pytest.raises(InputRefused, match="voice_first"):
        await part(desk, appeal, "一", "二")
    appeal.transcript, appeal.answer_pressed_at = None, desk.now
    with pytest.raises(InputRefused, match="split_answered"):
        await part(desk, appeal, "一", "二")


async def test_of_a_confidential_one_the_parts_are_too_and_go_to_nobody_they_name(desk: Desk):
    appeal = await desk.file(confidential=True)
    _, other = await part(desk, appeal, "路灯坏了", "供电公司的人乱收费")
    assert other.confidential
    assert not other.guess["likely"]
