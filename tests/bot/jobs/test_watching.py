"""The ladder of a late answer, claims that nothing follows, and the minutes of an emergency, each told once."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.jobs.watching import CLAIMS, EMERGENCIES, LADDER
from bot.services import relaying
from bot.services.dispatching import start_clocks
from bot.services.moving import find
from bot.services.relaying import Manner
from storage.domain.city import City
from storage.domain.statuses import Event, Status
from storage.repositories import deadlines, events, spot_checks
from storage.tables import Appeal, Duty, Office, Staff, Utterance
from tests.support import databases
from tests.support.desking import Front
from tests.support.watching import GROUP, HU, LI, SUPERVISION, UNIT, appeal_now, closing, filed, said_in, watched

CITIZEN, TRIAGE = 1001, -8000
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
async def front(tmp_path: Path, city: City) -> AsyncIterator[Front]:
    async with databases.sqlite(tmp_path) as url, databases.opened(url) as database:
        made = Front(database, city, MONDAY)
        await made.bind_cast({UNIT})
        yield made


async def history(front: Front, appeal_id: int) -> list[str]:
    async with front.database.reading() as session:
        return [each.what for each in await events.of_appeal(session, appeal_id)]


async def without_supervisors(front: Front) -> None:
    async with front.database.writing() as session:
        for office in (await session.execute(select(Office).where(Office.chat_id == SUPERVISION))).scalars():
            office.active = False


# --- the ladder


async def test_a_late_answer_is_told_to_its_citizen_once_with_what_happens_next(front: Front):
    late = await filed(front, answer_due=closing(front))
    front.now = MONDAY + timedelta(days=1)
    [said] = said_in(await watched(front, LADDER), CITIZEN)
    assert said == (
        "您的LX-20261123-0001「路灯坏了」,说好最迟11月23日(周一)答复,城市管理局到现在还没答复。对不住。\n"
        "我在替您催:从今天起,每个工作日早上都提醒城市管理局和监督员,直到答复您。\n"
        "答复一到,马上发给您。想补充,直接在这里说。"
    )
    front.now += timedelta(days=1)
    assert said_in(await watched(front, LADDER), CITIZEN) == []
    assert (await appeal_now(front, late)).ladder == 3


async def test_without_supervisors_none_are_promised(front: Front):
    await without_supervisors(front)
    await filed(front, answer_due=closing(front))
    front.now += timedelta(days=1)
    [said] = said_in(await watched(front, LADDER), CITIZEN)
    assert "每个工作日早上都提醒城市管理局,直到答复您。" in said


async def test_yellow_and_red_send_the_unit_and_the_supervisors_nothing_by_themselves(front: Front):
    soon = await filed(front, answer_due=closing(front, 1))
    assert await watched(front, LADDER) == []
    assert (await appeal_now(front, soon)).ladder == 1
    front.now += timedelta(days=2)
    assert {each.chat for each in await watched(front, LADDER)} == {CITIZEN}


async def test_two_weeks_at_one_go_are_one_event_and_one_message(front: Front):
    late = await filed(front, answer_due=closing(front, 1))
    front.now += timedelta(days=14)
    assert len(said_in(await watched(front, LADDER), CITIZEN)) == 1
    assert ((await appeal_now(front, late)).ladder, await history(front, late)) == (4, ["ladder_climbed"])


@pytest.mark.parametrize(("post", "told"), [("分管副局长", 1), ("市容科", 0)])
async def test_on_the_last_step_the_units_leader_is_written_to_once_if_one_of_its_people_is_that(
    front: Front, post: str, told: int
):
    async with front.database.writing() as session:
        people = select(Staff).where(Staff.department == UNIT).order_by(Staff.id)
        (await session.execute(people)).scalars().all()[1].post = post
    late = await filed(front, answer_due=closing(front) - timedelta(days=10))
    said = await watched(front, LADDER)
    assert ((await appeal_now(front, late)).ladder, len(said_in(said, HU))) == (4, told)
    if told:
        assert said_in(said, HU)[0].startswith("【请您过问】LX-20261123-0001 城市管理局\n路灯坏了\n过期")
        assert said_in(said, HU)[0].endswith("请今天安排人答复。办不了的,请在本单位群里写明原因。")
    front.now += timedelta(days=1)
    assert said_in(await watched(front, LADDER), HU) == []


async def test_the_citizen_is_not_told_at_night_but_in_the_morning(front: Front):
    await filed(front, answer_due=closing(front) - timedelta(days=3))
    front.now = MONDAY.replace(hour=14)
    assert await watched(front, LADDER) == []
    front.now = MONDAY.replace(hour=23)
    assert len(said_in(await watched(front, LADDER), CITIZEN)) == 1


@pytest.mark.parametrize(
    "columns",
    [
        {"status": Status.AWAITING_CITIZEN},
        {"status": Status.DEFERRED},
        {"status": Status.ANSWERED},
        {"stopped_at": MONDAY},
        {"answer_due": None},
    ],
)
async def test_what_is_paused_planned_answered_stopped_or_without_limit_is_on_no_ladder(
    front: Front, columns: dict[str, Any]
):
    late = await filed(front, **{"answer_due": closing(front) - timedelta(days=9), **columns})
    assert await watched(front, LADDER) == []
    assert (await appeal_now(front, late)).ladder == 0


async def test_an_answer_on_its_way_does_not_climb(front: Front):
    late = await filed(front, answer_due=closing(front), answer_pressed_at=front.now)
    async with front.database.writing() as session:
        session.add(Utterance(appeal_id=late, direction="answer", text="换了", at=front.now, state="queued"))
    front.now += timedelta(days=1)
    assert await watched(front, LADDER) == []
    async with front.database.writing() as session:
        (await session.execute(select(Utterance))).scalar_one().state = "undelivered"
    assert len(said_in(await watched(front, LADDER), CITIZEN)) == 1


async def test_a_due_time_that_moved_on_takes_it_off_the_ladder_and_late_again_is_told_again(front: Front):
    late = await filed(front, answer_due=closing(front) - timedelta(days=3))
    assert len(said_in(await watched(front, LADDER), CITIZEN)) == 1
    async with front.database.writing() as session:
        (await find(session, late)).answer_due = closing(front, 4)
    assert await watched(front, LADDER) == []
    assert (await appeal_now(front, late)).ladder == 0
    front.now += timedelta(days=7)
    assert len(said_in(await watched(front, LADDER), CITIZEN)) == 1


async def test_what_is_due_later_is_not_even_looked_at(front: Front):
    await filed(front, answer_due=closing(front, 2))
    async with front.database.reading() as session:
        calendar = front.house.calendar(front.now)
        assert await LADDER.due(session, now=front.now, city=front.city, calendar=calendar) == []


async def test_no_look_reads_the_archive(front: Front):
    plans = {
        "ladder": lambda session: deadlines.to_climb(session, until=MONDAY, now=MONDAY),
        "claims": lambda session: deadlines.untouched(session, claimed_before=MONDAY),
        "emergencies": lambda session: deadlines.emergencies(session, MONDAY),
        "counts": lambda session: deadlines.counts(session, MONDAY),
        "checks": lambda session: spot_checks.candidates(session, MONDAY),
    }
    async with front.database.reading() as session:
        for name, ask in plans.items():
            steps = await _plan(session, ask)
            read = [step for step in steps if "appeal" in step.split()]
            assert read, (name, steps)
            assert all("USING INDEX ix_appeal_" in step for step in read), (name, steps)
            assert name != "checks" or any("ix_appeal_closed_at" in step for step in read), steps


async def _plan(session: AsyncSession, ask: Any) -> list[str]:
    """Return how the database would answer a question, step by step."""
    asked: list[Any] = []

    class Listening:
        async def execute(self, statement: Any) -> Any:
            asked.append(statement)
            return await session.execute(statement)

    await ask(Listening())
    steps: list[str] = []
    for statement in asked:
        compiled = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        found = await session.execute(text(f"EXPLAIN QUERY PLAN {compiled}".replace(":", r"\:")))
        steps += [str(row[3]) for row in found]
    return steps


# --- claims


async def _says(front: Front, appeal_id: int, do: str) -> None:
    """Let 小李 do something about the appeal."""
    async with front.database.writing() as session:
        appeal = await find(session, appeal_id)
        staff = await session.get_one(Staff, appeal.claimant_id)
        common: dict[str, Any] = {"appeal": appeal, "staff": staff, "source": (GROUP, 5), "now": front.now}
        if do == "note":
            await relaying.note(session, text="线路的事", **common)
        elif do == "word":
            await relaying.keep(session, text="明天去看。", manner=Manner.PLAIN, **common)
        else:
            await events.record(session, do, at=front.now, actor="staff", appeal_id=appeal_id)


async def test_a_claim_that_nothing_follows_for_a_working_day_falls_back(front: Front):
    taken = await filed(front, answer_due=closing(front, 4), sign_due=front.now)
    front.now = closing(front, 1) - timedelta(minutes=1)
    assert await watched(front, CLAIMS) == []
    front.now = closing(front, 0)
    owed = await watched(front, CLAIMS)
    appeal = await appeal_now(front, taken)
    assert (appeal.status, appeal.claimant_id, appeal.claimed_at) == (Status.DISPATCHED, None, None)
    assert (appeal.sign_due, appeal.answer_due) == (closing(front, 1), closing(front, 3))
    card, notice = [each for each in owed if each.chat == GROUP]
    assert card.buttons == {"签收": f"o.claim:{taken}", "不归我管": f"o.notours:{taken}"}
    assert notice.text == (
        "LX-20261123-0001 小李签收一个工作日了,还没有动静,现在退回待签收。请重新签收,先联系群众。"
        "最迟 11月27日(周五)答复。"
    )
    assert await watched(front, CLAIMS) == []


@pytest.mark.parametrize("do", ["note", "word", "return_asked", "ask_wanted"])
async def test_any_word_note_or_act_of_the_unit_keeps_the_claim(front: Front, do: str):
    taken = await filed(front, answer_due=closing(front, 9))
    await _says(front, taken, do)
    front.now += timedelta(days=4)
    assert await watched(front, CLAIMS) == []
    assert (await appeal_now(front, taken)).status == Status.IN_PROGRESS


async def test_words_of_the_citizen_or_of_another_unit_do_not_keep_it(front: Front):
    taken = await filed(front, answer_due=closing(front, 9))
    async with front.database.writing() as session:
        for who, direction in ((None, "from_citizen"), ("power", "note")):
            said = Utterance(
                appeal_id=taken, direction=direction, department=who, text="哦", at=front.now, state="kept"
            )
            session.add(said)
        await events.record(session, Event.SUPPLEMENT, at=front.now, actor="citizen", appeal_id=taken)
        await events.record(session, Event.CLAIM, at=front.now, actor="staff", appeal_id=taken)
    front.now += timedelta(days=4)
    await watched(front, CLAIMS)
    assert (await appeal_now(front, taken)).status == Status.DISPATCHED


async def test_a_claim_of_friday_evening_lasts_until_tuesday(front: Front):
    front.now = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
    taken = await filed(front, answer_due=closing(front, 20))
    front.now = closing(front, 4) - timedelta(minutes=1)
    await watched(front, CLAIMS)
    assert (await appeal_now(front, taken)).status == Status.IN_PROGRESS
    front.now += timedelta(minutes=1)
    await watched(front, CLAIMS)
    assert (await appeal_now(front, taken)).status == Status.DISPATCHED


async def test_a_claim_touched_between_the_question_and_the_deed_stays(front: Front):
    taken = await filed(front, answer_due=closing(front, 9))
    front.now += timedelta(days=4)
    await _says(front, taken, "note")
    async with front.database.writing() as session:
        calendar = front.house.calendar(front.now)
        assert not await CLAIMS.do(session, taken, now=front.now, city=front.city, calendar=calendar)


# --- emergencies


async def _emergency(front: Front, **columns: Any) -> int:
    """File an extreme appeal whose clocks start now."""
    appeal_id = await filed(front, urgency="extreme", claimed=False, **{"contacted_at": None, **columns})
    async with front.database.writing() as session:
        appeal = await find(session, appeal_id)
        if appeal.department is not None:
            calendar = front.house.calendar(front.now)
            start_clocks(appeal, appeal.department, now=front.now, city=front.city, calendar=calendar)
    return appeal_id


async def _on_duty(front: Front) -> None:
    async with front.database.writing() as session:
        staff = (
            await session.execute(select(Staff).where(Staff.department == UNIT, Staff.name == "小李"))
        ).scalar_one()
        session.add(Duty(department=UNIT, day=front.now.date(), staff_id=staff.id))


async def test_each_missed_minute_of_an_emergency_is_told_once_under_the_card_and_to_the_supervisors(front: Front):
    await _on_duty(front)
    await _emergency(front)
    front.now = MONDAY + timedelta(minutes=29)
    assert await watched(front, EMERGENCIES) == []
    front.now = MONDAY + timedelta(minutes=30)
    owed = await watched(front, EMERGENCIES)
    [said] = said_in(owed, GROUP)
    assert said == (
        "【特急】LX-20261123-0001 今天 10:30前没签收。\n"
        "请小李 @urban_management_07 马上办,请分管副局长过问。监督组也收到了。"
    )
    assert said_in(owed, SUPERVISION) == [
        "【特急】LX-20261123-0001 城市管理局 路灯坏了 今天 10:30前没签收。今天值班:小李,负责人:分管副局长。"
    ]
    assert await watched(front, EMERGENCIES) == []
    front.now = MONDAY + timedelta(minutes=60)
    [contact] = said_in(await watched(front, EMERGENCIES), GROUP)
    assert "今天 11:00前没联系群众。" in contact
    front.now = MONDAY + timedelta(minutes=120)
    [interim] = said_in(await watched(front, EMERGENCIES), GROUP)
    assert "今天 12:00前没再给群众回话。" in interim


async def test_an_emergency_left_lying_sounds_at_night_and_asks_everybody_where_nobody_is_on_duty(front: Front):
    front.now = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
    await _emergency(front)
    front.now += timedelta(hours=5)
    [said] = said_in(await watched(front, EMERGENCIES), GROUP)
    assert said.startswith(
        "【特急】LX-20261123-0001 今天 02:30前没签收、今天 03:00前没联系群众、今天 04:00前没再给群众回话。\n"
    )
    assert "请大家马上办" in said


async def test_another_unit_gets_its_own_half_hour(front: Front):
    lying = await _emergency(front)
    front.now += timedelta(minutes=40)
    assert len(said_in(await watched(front, EMERGENCIES), GROUP)) == 1
    async with front.database.writing() as session:
        appeal = await find(session, lying)
        start_clocks(appeal, UNIT, now=front.now, city=front.city, calendar=front.house.calendar(front.now))
    assert await watched(front, EMERGENCIES) == []
    front.now += timedelta(minutes=30)
    [said] = said_in(await watched(front, EMERGENCIES), GROUP)
    assert "没签收" in said


@pytest.mark.parametrize("column", ["ordinary", "answered", "stopped"])
async def test_only_emergencies_that_run_are_watched_by_the_minute(front: Front, column: str):
    lying = await _emergency(front)
    async with front.database.writing() as session:
        appeal = await find(session, lying)
        if column == "ordinary":
            appeal.urgency = "normal"
        elif column == "answered":
            appeal.status = Status.ANSWERED
        else:
            appeal.stopped_at = front.now
    front.now += timedelta(hours=3)
    assert await watched(front, EMERGENCIES) == []


async def test_a_second_word_to_the_citizen_is_the_interim_one(front: Front):
    lying = await _emergency(front)
    async with front.database.writing() as session:
        appeal = await find(session, lying)
        appeal.status, appeal.contacted_at = Status.IN_PROGRESS, front.now
        for what in ("relayed", Event.CONTACT):
            await events.record(session, what, at=front.now, actor="system", appeal_id=lying)
    front.now += timedelta(hours=2)
    async with front.database.reading() as session:
        calendar = front.house.calendar(front.now)
        about = {"now": front.now, "city": front.city, "calendar": calendar}
        assert await EMERGENCIES.due(session, **about) == [lying]
    async with front.database.writing() as session:
        await events.record(session, "relayed", at=front.now, actor="system", appeal_id=lying)
    assert await watched(front, EMERGENCIES) == []


async def test_an_emergency_nobody_dispatched_is_told_to_the_dispatchers_and_the_supervisors(front: Front):
    due = front.now + timedelta(minutes=10)
    await _emergency(front, unit=None, status=Status.PENDING_TRIAGE, triage_due=due)
    front.now = due
    owed = await watched(front, EMERGENCIES)
    assert said_in(owed, TRIAGE) == ["【特急】LX-20261123-0001 今天 10:10前没派单。\n请大家马上办。监督组也收到了。"]
    assert len(said_in(owed, SUPERVISION)) == 1
    assert await watched(front, EMERGENCIES) == []


async def test_a_confidential_emergency_shows_no_group_what_it_is_about(front: Front):
    await _emergency(front, confidential=True)
    front.now += timedelta(minutes=30)
    owed = await watched(front, EMERGENCIES)
    assert "路灯" not in "".join(said_in(owed, GROUP))
    [said] = said_in(owed, SUPERVISION)
    assert "路灯" not in said
    assert "保密件" in said
    assert "请大家马上办" in "".join(said_in(owed, LI))


async def test_its_interim_word_is_due_two_hours_after_the_dispatch_and_an_ordinary_one_owes_none(front: Front):
    extreme = await _emergency(front)
    assert (await appeal_now(front, extreme)).interim_due == front.now + timedelta(hours=2)
    ordinary = Appeal(kind="help", urgency="normal", text="路灯")
    start_clocks(ordinary, UNIT, now=front.now, city=front.city, calendar=front.house.calendar(front.now))
    assert ordinary.interim_due is None
