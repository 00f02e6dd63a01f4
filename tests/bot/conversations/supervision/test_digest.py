"""The supervisors' morning digest, what they do from it, and what units answer."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.services import concerns
from bot.services.moving import find
from bot.services.petitioning import Wish, petition
from storage.domain.city import City
from storage.domain.statuses import Status
from storage.repositories import events
from storage.tables import AppealEvent, Concern
from tests.support import databases
from tests.support.desking import Front, Owed
from tests.support.screens import found, last, press, rows, screen, toasts
from tests.support.watching import (
    GROUP,
    LI,
    SUPERVISION,
    SUPERVISOR,
    UNIT,
    appeal_now,
    closing,
    filed,
    morning_came,
    said_in,
)

FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
MONDAY_OPEN = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
SECOND, OTHER_GROUP, ZHOU, TRIAGE, DISPATCHER = 8102, -3001, 3001, -8000, 8001


@pytest.fixture
async def front(tmp_path: Path, city: City) -> AsyncIterator[Front]:
    async with databases.sqlite(tmp_path) as url, databases.opened(url) as database:
        made = Front(database, city, FRIDAY)
        await made.bind_cast({UNIT, "education"})
        made.now = MONDAY_OPEN
        yield made


async def late(front: Front, days: int = 3, **columns: Any) -> int:
    """File one whose answer was due so many days ago."""
    return await filed(front, **{"answer_due": closing(front, -days), **columns})


async def digest(front: Front) -> Owed:
    [said] = [each for each in await morning_came(front) if each.text.startswith("【督办早报】")]
    assert said.chat == SUPERVISION
    return said


async def history(front: Front, appeal_id: int) -> list[AppealEvent]:
    async with front.database.reading() as session:
        return list(await events.of_appeal(session, appeal_id))


async def test_the_digest_says_what_is_late_due_soon_and_how_many_are_not_as_they_should_be(front: Front):
    await late(front, urges=3, returns=1)
    await late(front, 4, level=2, unit="education", returns=2)
    await late(front, -1)
    await filed(front, claimed=False, sign_due=front.now, contacted_at=None, contact_due=front.now)
    await filed(front, reopens=1, last_reply="undelivered")
    async with front.database.writing() as session:
        asked = {"asked_by": None, "details": {}, "now": front.now}
        await petition(session, await find(session, 1), Wish.EXTENSION, None, **asked)
    said = await digest(front)
    assert said.text == (
        "【督办早报】11月23日(周一)\n"
        "红牌(已过期)共2件\n"
        "LX-20261123-0002 教育局 路灯坏了 过期2天 退2次 督办2级\n"
        "LX-20261123-0001 城市管理局 路灯坏了 过期1天 催3次 退1次\n"
        "黄牌(今天、明天到期)共1件\n"
        "LX-20261123-0003 城市管理局 路灯坏了\n"
        "没签收 1 · 没联系群众 1 · 退单两次以上 1\n"
        "重办 1 · 答复没送到 1 · 等您审批 1"
    )
    assert list(said.buttons) == ["看红牌", "看黄牌", "一起催办", "等我审批的"]


async def test_three_working_days_late_names_the_leader(front: Front):
    await late(front, 4)
    await late(front, 4, unit="education")
    assert "过问" not in (await digest(front)).text
    front.now += timedelta(days=1)
    assert (await digest(front)).text.splitlines()[2:4] == [
        "LX-20261123-0001 城市管理局 路灯坏了 过期3天 请分管副局长过问",
        "LX-20261123-0002 教育局 路灯坏了 过期3天 请单位负责人过问",
    ]


async def test_twenty_lines_are_shown_and_the_others_counted(front: Front):
    for _ in range(23):
        await late(front)
    text = (await digest(front)).text
    assert "红牌(已过期)共23件" in text
    assert text.count("过期1天") == 20
    assert "……还有3件" in text


async def test_a_morning_without_late_ones_says_so(front: Front):
    await late(front, 0)
    said = await digest(front)
    assert said.text == "【督办早报】11月23日(周一)\n没有过期的。今天、明天到期1件。"
    assert list(said.buttons) == ["看黄牌"]


async def test_before_a_weekend_the_next_working_day_has_its_date(front: Front):
    front.now = MONDAY_OPEN + timedelta(days=4)
    assert "今天、11月30日(周一)到期0件" in (await digest(front)).text


async def test_what_is_paused_or_stopped_is_not_late_here_either(front: Front):
    await late(front, status=Status.AWAITING_CITIZEN)
    await late(front, stopped_at=front.now, last_reply="undelivered")
    assert "没有过期的。今天、明天到期0件。" in (await digest(front)).text


async def test_a_confidential_one_stands_there_without_its_title(front: Front):
    await late(front, confidential=True, title="书记收钱", kind="report")
    assert "LX-20261123-0001 城市管理局 保密件 举报 过期1天" in (await digest(front)).text


async def test_numbers_in_a_title_are_masked(front: Front):
    await late(front, title="打13812345678没人接")
    assert "13812345678" not in (await digest(front)).text


async def test_it_comes_once_a_working_day_and_never_on_days_off(front: Front):
    await digest(front)
    assert await morning_came(front) == []
    front.now = MONDAY_OPEN + timedelta(days=5)
    assert await morning_came(front) == []
    front.now = MONDAY_OPEN + timedelta(days=14, hours=4)
    assert len(said_in(await morning_came(front), SUPERVISION)) == 1


async def test_all_late_ones_are_leafed_through_in_place(front: Front):
    for days in (3, 4, 5, 6, 7, 10):
        await late(front, days)
    shown = await digest(front)
    await press(front, "看红牌", SUPERVISION, by=SUPERVISOR)
    first = screen(front, SUPERVISION)[shown.id or 0]
    assert first.text.startswith("红牌(已过期)共6件 第1页,共2页\nLX-20261123-0006")
    assert len([label for label in first.buttons if label.startswith("督办1级")]) == 5
    await press(front, "下一页", SUPERVISION, by=SUPERVISOR)
    assert last(front, SUPERVISION).text.splitlines()[1:] == ["LX-20261123-0001 城市管理局 路灯坏了 过期1天"]
    await press(front, "上一页", SUPERVISION, by=SUPERVISOR)
    await press(front, "回早报", SUPERVISION, by=SUPERVISOR)
    assert screen(front, SUPERVISION)[shown.id or 0].text == shown.text


async def test_what_is_due_soon_has_pages_without_pressing(front: Front):
    await late(front, 0)
    await digest(front)
    await press(front, "看黄牌", SUPERVISION, by=SUPERVISOR)
    assert list(last(front, SUPERVISION).buttons) == ["回早报"]


async def test_all_units_are_reminded_once_a_working_day_with_their_own_late_ones(front: Front):
    mine, theirs = await late(front), await late(front, 4, unit="education")
    await digest(front)
    owed = await press(front, "一起催办", SUPERVISION, by=SUPERVISOR)
    assert toasts(owed) == ["已经提醒2个单位。"]
    assert said_in(owed, GROUP) == [
        "【催办】城市管理局\n1件已过期,请今天内答复,或写明原因:\nLX-20261123-0001 路灯坏了 过期1天 督办1级"
    ]
    assert len(said_in(owed, OTHER_GROUP)) == 1
    for each in (mine, theirs):
        assert (await appeal_now(front, each)).level == 1
        assert [(e.what, e.details["level"]) for e in await history(front, each)] == [("supervise", 1)]
    again = await press(front, "一起催办", SUPERVISION, by=SECOND)
    assert toasts(again) == ["今天已经催过了,每个单位一个工作日催一次。"]
    assert said_in(again, GROUP) == []
    front.now += timedelta(days=1)
    assert said_in(await press(front, "一起催办", SUPERVISION, by=SUPERVISOR), GROUP) != []


async def test_a_higher_level_is_not_lowered_by_reminding(front: Front):
    mine = await late(front, level=2)
    await digest(front)
    await press(front, "一起催办", SUPERVISION, by=SUPERVISOR)
    assert (await appeal_now(front, mine)).level == 2


async def test_with_nothing_late_any_more_nobody_is_reminded(front: Front):
    await late(front)
    await digest(front)
    async with front.database.writing() as session:
        (await find(session, 1)).status = Status.ANSWERED
    owed = await press(front, "一起催办", SUPERVISION, by=SUPERVISOR)
    assert toasts(owed) == ["现在没有过期的,不用催。"]
    assert said_in(owed, GROUP) == []


async def test_the_reason_a_unit_writes_goes_to_the_supervisors_and_not_to_the_citizen(front: Front):
    await late(front)
    await digest(front)
    await press(front, "一起催办", SUPERVISION, by=SUPERVISOR)
    [told] = toasts(await press(front, "写原因", GROUP, by=LI))
    assert told.startswith("请直接回复这条消息,写明原因。只给监督员看")
    asked = found(front, "【催办】", GROUP)
    owed = await front.say(GROUP, "等配件,问13812345678", by=LI, reply_to=asked.id)
    assert said_in(owed, SUPERVISION) == ["【城市管理局说明】小李\nLX-20261123-0001\n等配件,问138****5678"]
    assert said_in(owed, GROUP) == ["记下了,已经转给监督员。"]
    assert said_in(owed, 1001) == []
    [kept] = [each for each in await rows(front, AppealEvent) if each.what == "lateness_explained"]
    assert kept.details["words"] == "等配件,问138****5678"


@pytest.mark.parametrize("text", ["// 群里说说", "/todo"])
async def test_notes_and_commands_are_no_reasons(front: Front, text: str):
    await late(front)
    await digest(front)
    await press(front, "一起催办", SUPERVISION, by=SUPERVISOR)
    owed = await front.say(GROUP, text, by=LI, reply_to=found(front, "【催办】", GROUP).id)
    assert said_in(owed, SUPERVISION) == []
    assert said_in(owed, 1001) == []


async def test_nobody_else_answers_for_the_unit(front: Front):
    await late(front)
    await digest(front)
    await press(front, "一起催办", SUPERVISION, by=SUPERVISOR)
    asked = found(front, "【催办】", GROUP)
    owed = await front.say(GROUP, "我来说", by=ZHOU, reply_to=asked.id)
    assert said_in(owed, SUPERVISION) == []
    assert said_in(owed, GROUP) == ["只有城市管理局的工作人员能办这一件。要加人,请找管理员。"]
    [told] = toasts(await front.press(OTHER_GROUP, 7, asked.buttons["写原因"], by=LI))
    assert told.startswith("只有城市管理局")


async def test_a_forged_question_of_the_supervisors_is_none(front: Front):
    await late(front)
    assert toasts(await front.press(GROUP, 7, "o.explain:1", by=LI)) == ["这条没有要回复监督员的。请看最新的消息。"]


async def test_a_supervisor_raises_the_level_and_the_unit_is_told_under_its_card(front: Front):
    mine = await late(front, level=1)
    await digest(front)
    await press(front, "看红牌", SUPERVISION, by=SUPERVISOR)
    owed = await press(front, "督办2级 LX-20261123-0001", SUPERVISION, by=SUPERVISOR)
    assert said_in(owed, GROUP) == [
        "【督办】LX-20261123-0001 2级\n城市管理局:路灯坏了\n请分管副局长亲自过问,11月24日(周二)前回复监督组。"
    ]
    assert "督办3级 LX-20261123-0001" in last(front, SUPERVISION).buttons
    assert (await appeal_now(front, mine)).level == 2
    asked = found(front, "【督办】", GROUP)
    answered = await front.say(GROUP, "局长今天去现场", by=LI, reply_to=asked.id)
    assert said_in(answered, SUPERVISION) == ["【城市管理局说明】小李\nLX-20261123-0001\n局长今天去现场"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("s.raise:1:0", "刚才已经有人督办了这一件"),
        ("s.raise:1:x", "刚才已经有人督办了这一件"),
        ("s.raise:2:3", "这件已经是最高一级督办了"),
        ("s.raise:3:0", "这一步刚才已经办过了"),
    ],
)
async def test_a_level_is_raised_by_one_from_the_one_seen_to_three_at_most(front: Front, data: str, said: str):
    await late(front, level=1)
    await late(front, level=3)
    await late(front, status=Status.ANSWERED)
    owed = await front.press(SUPERVISION, 7, data, by=SUPERVISOR)
    assert toasts(owed)[0].startswith(said)
    assert said_in(owed, GROUP) == []
    assert [(await appeal_now(front, each)).level for each in (1, 2, 3)] == [1, 3, 0]


@pytest.mark.parametrize(
    "data", ["s.red:0", "s.yellow:0", "s.digest:0", "s.press:0", "s.raise:1:0", "s.waiting:0", "s.owed:0"]
)
@pytest.mark.parametrize(("chat", "by"), [(SUPERVISION, LI), (GROUP, SUPERVISOR), (TRIAGE, DISPATCHER)])
async def test_only_supervisors_in_their_own_group_supervise(front: Front, data: str, chat: int, by: int):
    await late(front)
    owed = await front.press(chat, 7, data, by=by)
    assert [each.method for each in owed] == ["answerCallbackQuery"]
    assert toasts(owed) == ["只有经办的人能按这个按钮。要加人,请找管理员。"]
    assert (await appeal_now(front, 1)).level == 0


async def test_what_waits_for_a_decision_is_shown_on_demand(front: Front):
    await late(front)
    async with front.database.writing() as session:
        details = {"reason": "等配件", "days": 2, "old_due": front.now.isoformat(), "until": front.now.isoformat()}
        asked = {"asked_by": None, "details": details, "now": front.now}
        await petition(session, await find(session, 1), Wish.UNREACHABLE, None, **asked)
    await digest(front)
    owed = await press(front, "等我审批的", SUPERVISION, by=SUPERVISOR)
    assert [each.role for each in owed if each.chat == SUPERVISION] == ["approval"]


async def test_of_a_confidential_one_only_its_handler_hears_and_answers_in_private(front: Front):
    await late(front, confidential=True, title="书记收钱", kind="report")
    await digest(front)
    await press(front, "看红牌", SUPERVISION, by=SUPERVISOR)
    owed = await press(front, "督办1级 LX-20261123-0001", SUPERVISION, by=SUPERVISOR)
    assert [each.text for each in owed if each.chat == GROUP and "督办" in each.text] == []
    [asked] = [each for each in owed if each.chat == LI]
    assert asked.text.startswith("【督办】LX-20261123-0001 1级\n城市管理局:保密件 举报\n")
    answered = await front.say(LI, "已在核实", reply_to=asked.id)
    assert said_in(answered, SUPERVISION) == ["【城市管理局说明】小李\nLX-20261123-0001\n已在核实"]


async def told_supervisors(front: Front, **columns: Any) -> int:
    """Let the citizen of an appeal turn to the supervisors a week ago; return the appeal's id."""
    appeal_id = await filed(front, **columns)
    async with front.database.writing() as session:
        appeal = await find(session, appeal_id)
        week, calendar = front.now - timedelta(days=7), front.house.calendar(front.now)
        await concerns.complain(session, appeal, text="没人理我", now=week, calendar=calendar)
        events.take_fresh(session)
    return appeal_id


async def test_what_the_supervisors_owe_an_answer_stands_there_and_is_put_before_them_again(front: Front):
    await told_supervisors(front)
    await filed(front, unit=None, status=Status.DECLINED, objection_due=front.now, declined={"reason": "law"})
    await filed(front, unit=None, status=Status.DECLINED, objection_due=front.now + timedelta(days=1))
    said = await digest(front)
    assert said.text == (
        "【督办早报】11月23日(周一)\n没有过期的。今天、明天到期0件。\n监督组过了时间没答复群众的共2件\n"
        "LX-20261123-0001 城市管理局 路灯坏了 找监督员\nLX-20261123-0002 路灯坏了 请再看一次"
    )
    assert list(said.buttons) == ["看没答复的"]
    owed = await press(front, "看没答复的", SUPERVISION, by=SUPERVISOR)
    assert [each.text.split("\n")[0] for each in owed if each.chat == SUPERVISION and each.method == "sendMessage"] == [
        "【群众反映】LX-20261123-0001 城市管理局",
        "【请再看】LX-20261123-0002",
    ]
    assert "回复群众" in found(front, "【群众反映】", SUPERVISION).buttons


async def test_once_they_answered_there_is_nothing_to_put_before_them(front: Front):
    await told_supervisors(front)
    await digest(front)
    async with front.database.writing() as session:
        [concern] = (await session.execute(select(Concern))).scalars()
        concern.state = "answered"
    owed = await press(front, "看没答复的", SUPERVISION, by=SUPERVISOR)
    assert toasts(owed)[-1] == "都答复了,没有过时间的。"
