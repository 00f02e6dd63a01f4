"""催一下: once a working day, told to the unit under its card; and 有人让我撤, which only the supervisors read."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.services.moving import find
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.engine import Database
from storage.repositories.events import record
from storage.tables import AppealEvent, Concern
from tests.support.desking import Front
from tests.support.handling import GROUP as UNIT
from tests.support.screens import found, last, press, rows, toasts
from tests.support.supervising import (
    CITIZEN,
    NUMBER,
    SUPERVISION,
    SUPERVISOR,
    appeal,
    complained,
    into,
    to_the_unit,
    town,
)


@pytest.fixture
async def front(database: Database, city: City, now: datetime) -> Front:
    made = await town(database, city, now, answer_due=datetime(2026, 11, 30, 9, 30, tzinfo=UTC))
    await made.happen(lambda session: record(session, "card_wanted", at=now, actor="system", appeal_id=1))
    return made


async def urge(front: Front) -> list[str]:
    owed = await front.press(CITIZEN, 1, "c.urge:1")
    return [each.text for each in into(owed, CITIZEN)]


async def put(front: Front, **columns: object) -> None:
    async with front.database.writing() as session:
        kept = await find(session, 1)
        for name, value in columns.items():
            setattr(kept, name, value)


async def test_the_unit_reads_it_under_the_card_and_the_card_counts(front: Front):
    owed = await front.press(CITIZEN, 1, "c.urge:1")
    assert into(owed, CITIZEN)[0].text == ("替您催了,城市管理局会看到。今天最多催一次。\n最迟答复:11月30日(周一)。")
    line, card = into(owed, UNIT)
    assert line.text == f"{NUMBER} 群众催办,第1次。最迟 11月30日(周一)。"
    assert (card.method, "催过1次" in card.text) == ("editMessageText", True)


@pytest.mark.parametrize(
    ("hour", "urgency", "sounds"), [(22, "normal", False), (22, "extreme", True), (21, "normal", True)]
)
async def test_at_night_it_makes_no_sound_but_where_it_is_extreme(
    front: Front, hour: int, urgency: str, *, sounds: bool
):
    async with front.database.writing() as session:
        (await find(session, 1)).urgency = urgency
    front.now = datetime(2026, 11, 24, hour - 8, 30, tzinfo=UTC)
    line = into(await front.press(CITIZEN, 1, "c.urge:1"), UNIT)[0]
    assert line.text.startswith(f"{NUMBER} 群众催办,第1次。")
    assert line.payload.get("disable_notification", False) is not sounds


async def test_a_second_press_on_the_same_day_offers_the_supervisors(front: Front):
    await urge(front)
    before = len(to_the_unit(front))
    front.now += timedelta(hours=8)
    assert await urge(front) == ["今天已经替您催过了,明天可以再催。\n觉得办得不对,可以找监督员。"]
    assert list(last(front).buttons) == ["找监督员"]
    assert ((await appeal(front)).urges, len(to_the_unit(front))) == (1, before)
    await press(front, "找监督员")
    assert last(front).text.startswith("您想跟监督员说什么?")


async def test_it_can_be_urged_again_the_next_working_day(front: Front):
    await urge(front)
    front.now += timedelta(days=1)
    assert (await urge(front))[0].startswith("替您催了")
    assert (await appeal(front)).urges == 2


async def test_a_weekend_counts_as_the_monday_after_it(front: Front):
    front.now = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
    await urge(front)
    front.now += timedelta(days=1)
    assert (await urge(front))[0].startswith("已经替您催过了,12月1日(周二)可以再催。")
    front.now += timedelta(days=1)
    assert len(await urge(front)) == 1
    assert (await appeal(front)).urges == 1
    front.now += timedelta(days=1)
    await urge(front)
    assert (await appeal(front)).urges == 2


async def test_a_promise_that_is_past_is_not_repeated(front: Front):
    front.now += timedelta(days=9)
    assert await urge(front) == ["替您催了,城市管理局会看到。今天最多催一次。"]


@pytest.mark.parametrize(
    "columns",
    [{"status": Status.ANSWERED}, {"status": Status.WITHDRAWN}, {"status": Status.PENDING_TRIAGE, "department": None}],
)
async def test_where_no_unit_is_at_work_nobody_is_urged(front: Front, columns: dict[str, object]):
    await put(front, **columns)
    assert (await urge(front))[0].startswith("这个按钮过期了")
    assert ((await appeal(front)).urges, [e for e in await rows(front, AppealEvent) if e.what == "urge"]) == (0, [])


async def test_the_list_offers_the_supervisors_whatever_became_of_it(front: Front):
    await put(front, status=Status.CLOSED, closed_at=front.now - timedelta(days=60))
    await front.press(CITIZEN, 1, "c.see:1:list")
    assert "找监督员" in found(front, "办理经过" if "办理经过" in last(front).text else NUMBER).buttons


# --- 有人让我撤


@pytest.mark.parametrize("withdrawn", [True, False])
async def test_who_was_made_to_take_it_back_is_put_before_the_supervisors_either_way(front: Front, *, withdrawn: bool):
    await front.press(CITIZEN, 1, "c.withdraw:1")
    before = len(to_the_unit(front))
    owed = await press(front, "有人让我撤")
    assert last(front).text == "知道了。这句话只有监督员看得到。\n您的诉求要不要接着办?"
    [card] = into(owed, SUPERVISION)
    assert card.text == f"【核查】{NUMBER} 城市管理局\n群众说,有人让他改评价或撤诉求。\n承办单位看不到这条。"
    assert list(card.buttons) == ["联系群众", "记录在案"]
    assert len(to_the_unit(front)) == before
    await press(front, "撤回" if withdrawn else "接着办")
    assert (await appeal(front)).status == ("withdrawn" if withdrawn else "in_progress")
    assert [each.kind for each in await rows(front, Concern)] == ["forced"]
    told = [each.text for each in to_the_unit(front)[before:]]
    assert not any("有人" in text or "监督" in text for text in told)


async def test_the_withdrawal_itself_says_nothing_of_it(front: Front):
    await front.press(CITIZEN, 1, "c.forced:1")
    await press(front, "撤回")
    [event] = [each for each in await rows(front, AppealEvent) if each.what == "withdraw"]
    assert event.details == {"reason": "unsaid"}


async def test_saying_it_twice_makes_one_card(front: Front):
    await front.press(CITIZEN, 1, "c.forced:1")
    await front.press(CITIZEN, 1, "c.forced:1")
    assert len(await rows(front, Concern)) == 1


async def test_the_supervisor_gets_the_number_in_private_and_can_put_it_on_record(front: Front):
    await put(front, phone="13812345678")
    owed = await front.press(CITIZEN, 1, "c.forced:1")
    [card] = into(owed, SUPERVISION)
    owed = await front.press(SUPERVISION, card.id or 0, card.buttons["联系群众"], by=SUPERVISOR)
    [private] = into(owed, SUPERVISOR)
    assert "13812345678" in private.text
    assert not any("1381234" in str(each.payload) for each in into(front.calls, SUPERVISION))
    owed = await front.press(SUPERVISION, card.id or 0, card.buttons["记录在案"], by=SUPERVISOR)
    [edited] = into(owed, SUPERVISION)
    assert (edited.buttons, edited.text.split("\n")[-1]) == ({}, "小方已记录在案。")
    assert to_the_unit(front)[1:] == []


async def test_without_a_number_the_supervisor_writes_in_reply(front: Front):
    owed = await front.press(CITIZEN, 1, "c.forced:1")
    [card] = into(owed, SUPERVISION)
    owed = await front.press(SUPERVISION, card.id or 0, card.buttons["联系群众"], by=SUPERVISOR)
    assert toasts(owed) == ["群众没有留电话。请直接回复这张卡,写给群众的话。"]
    owed = await front.say(SUPERVISION, "别怕,接着办。", by=SUPERVISOR, reply_to=card.id)
    assert "别怕,接着办。" in into(owed, CITIZEN)[0].text


async def test_a_complaint_that_was_promised_an_answer_cannot_be_put_on_record(front: Front):
    await complained(front)
    await front.press(SUPERVISION, 1, "s.crecord:1", by=SUPERVISOR)
    assert (await rows(front, Concern))[0].state == "open"
