"""Dispatchers give appeals to units, and decide when a unit wants to give one back."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.services.binding import Role, employ
from bot.services.moving import Actor, move
from bot.services.triaging import refuse_return, return_asked, send_to, waits_for_dispatchers, want_lead
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.domain.errors import AlreadyDecided, InputRefused, TransitionRefused
from storage.domain.statuses import Event
from storage.engine import Database
from storage.repositories import events, people
from storage.tables import Appeal, Utterance


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    async with database.writing() as session:
        yield session


class Triage:
    """One appeal, one dispatcher, and a clock that goes on an hour with each step."""

    def __init__(self, session: AsyncSession, appeal: Appeal, city: City, calendar: Calendar, now: datetime) -> None:
        self.session, self.appeal, self.city, self.calendar, self.now = session, appeal, city, calendar, now

    async def send(self, department: str) -> None:
        self.now += timedelta(hours=1)
        await send_to(
            self.session,
            appeal_id=self.appeal.id,
            department=department,
            person_id=self.appeal.citizen_id,
            now=self.now,
            city=self.city,
            calendar=self.calendar,
        )

    async def ask_return(self, suggested: str | None = None) -> None:
        await events.record(
            self.session,
            Event.RETURN_ASKED,
            at=self.now,
            actor=Actor.STAFF,
            appeal_id=self.appeal.id,
            reason="duty",
            department=self.appeal.department,
            suggested=suggested,
        )

    async def refuse(self) -> None:
        await refuse_return(
            self.session, appeal_id=self.appeal.id, reason="duty", person_id=self.appeal.citizen_id, now=self.now
        )

    async def happen(self, event: Event) -> None:
        await move(self.session, self.appeal, event, actor=Actor.STAFF, person_id=None, now=self.now)


@pytest.fixture
async def triage(session: AsyncSession, city: City, calendar: Calendar, now: datetime) -> Triage:
    person = await people.meet(session, platform="telegram", bot=1, user_id=1001, username=None, now=now)
    appeal = Appeal(
        number="LX-20261123-0001",
        citizen_id=person.id,
        alias="7F3K",
        status="pending_triage",
        kind="help",
        urgency="normal",
        channel="telegram",
        title="路灯坏了",
        text="路灯坏了半个月",
        accepted_at=now,
    )
    session.add(appeal)
    await session.flush()
    return Triage(session, appeal, city, calendar, now)


async def test_an_appeal_goes_out_of_triage_to_a_unit(triage: Triage):
    await triage.send("education")
    appeal = triage.appeal
    assert (appeal.status, appeal.department, appeal.dispatched_at) == ("dispatched", "education", triage.now)
    assert appeal.answer_due is not None


async def test_the_second_dispatcher_is_told_who_was_first(triage: Triage):
    person = triage.appeal.citizen_id
    await employ(triage.session, person_id=person, role=Role.DISPATCHER, name="小叶", now=triage.now)
    await triage.send("education")
    with pytest.raises(AlreadyDecided) as refused:
        await triage.send("health")
    told = refused.value
    assert (told.what, told.name, told.department) == ("assign", "小叶", "education")
    assert triage.appeal.department == "education"


async def test_where_nobody_decided_anything_the_status_says_why_not(triage: Triage):
    triage.appeal.status, triage.appeal.department = "dispatched", "education"
    with pytest.raises(TransitionRefused):
        await triage.send("health")


async def test_dispatchers_decide_until_the_supervisors_do(triage: Triage):
    waits = [await waits_for_dispatchers(triage.session, triage.appeal)]
    await triage.send("education")
    waits.append(await waits_for_dispatchers(triage.session, triage.appeal))
    await triage.ask_return("health")
    waits.append(await waits_for_dispatchers(triage.session, triage.appeal))
    await want_lead(triage.session, appeal_id=triage.appeal.id, person_id=triage.appeal.citizen_id, now=triage.now)
    waits.append(await waits_for_dispatchers(triage.session, triage.appeal))
    assert waits == [True, False, True, False]


async def test_after_a_withdrawal_the_status_says_why_not(triage: Triage):
    await triage.send("education")
    await triage.ask_return()
    await triage.happen(Event.WITHDRAW)
    with pytest.raises(TransitionRefused):
        await triage.send("health")


async def test_what_the_supervisors_have_is_no_longer_the_dispatchers(triage: Triage):
    await triage.send("education")
    await triage.ask_return("health")
    await want_lead(triage.session, appeal_id=triage.appeal.id, person_id=triage.appeal.citizen_id, now=triage.now)
    for decide in (triage.send("health"), triage.refuse()):
        with pytest.raises(InputRefused, match="lead_wanted"):
            await decide
    assert triage.appeal.department == "education"


async def test_nothing_goes_to_a_unit_that_does_not_exist(triage: Triage):
    with pytest.raises(InputRefused):
        await triage.send("nowhere")


async def test_an_agreed_return_moves_the_appeal_but_not_its_promise(triage: Triage):
    await triage.send("education")
    promised = triage.appeal.answer_due
    await triage.happen(Event.CLAIM)
    triage.appeal.claimed_at = triage.now
    await triage.ask_return("health")
    await triage.send("health")
    appeal = triage.appeal
    assert (appeal.status, appeal.department, appeal.returns) == ("dispatched", "health", 1)
    assert (appeal.answer_due, appeal.claimant_id, appeal.claimed_at) == (promised, None, None)
    [agreed] = [each for each in await events.of_appeal(triage.session, appeal.id) if each.what == "return_agreed"]
    assert agreed.details == {"old": "education", "new": "health"}


async def test_what_the_former_unit_answered_in_vain_counts_for_nobody(triage: Triage):
    await triage.send("education")
    await triage.happen(Event.CLAIM)
    said = Utterance(
        appeal_id=triage.appeal.id,
        direction="answer",
        department="education",
        text="已经修好。",
        at=triage.now,
        state="undelivered",
    )
    triage.session.add(said)
    triage.appeal.answer_pressed_at, triage.appeal.staff_outcome = triage.now, "solved"
    triage.appeal.last_reply = "undelivered"
    await triage.ask_return("health")
    await triage.send("health")
    appeal = triage.appeal
    assert said.state == "dropped"
    assert (appeal.answer_pressed_at, appeal.staff_outcome, appeal.last_reply) == (None, None, None)


async def test_a_return_to_the_same_unit_is_no_return(triage: Triage):
    await triage.send("education")
    await triage.ask_return()
    with pytest.raises(InputRefused):
        await triage.send("education")


async def test_a_refused_return_is_decided_once(triage: Triage):
    await triage.send("education")
    await triage.ask_return()
    await triage.refuse()
    with pytest.raises(AlreadyDecided):
        await triage.refuse()
    with pytest.raises(AlreadyDecided):
        await triage.send("health")
    kept = await events.of_appeal(triage.session, triage.appeal.id)
    assert [each.details["reason"] for each in kept if each.what == Event.RETURN_REFUSED] == ["duty"]


@pytest.mark.parametrize("event", [Event.ANSWER, Event.WITHDRAW])
async def test_nothing_is_left_to_decide_once_it_is_answered_or_withdrawn(triage: Triage, event: Event):
    await triage.send("education")
    await triage.happen(Event.CLAIM)
    await triage.ask_return()
    await triage.happen(event)
    assert await return_asked(triage.session, triage.appeal.id) is None
    last = (await events.of_appeal(triage.session, triage.appeal.id))[-1]
    assert await return_asked(triage.session, triage.appeal.id, before=last) is not None


@pytest.mark.parametrize(
    ("direction", "state"), [("to_citizen", "undelivered"), ("to_citizen", "delivered"), ("note", "kept")]
)
async def test_a_transfer_drops_no_words_but_those_on_their_way(triage: Triage, direction: str, state: str):
    await triage.send("education")
    said = Utterance(
        appeal_id=triage.appeal.id,
        direction=direction,
        department="education",
        text="明天去看。",
        at=triage.now,
        state=state,
    )
    triage.session.add(said)
    await triage.ask_return("health")
    await triage.send("health")
    assert said.state == state
