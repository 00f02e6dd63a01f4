"""What cannot be done now goes into the plan (列入计划): promised, told of monthly, taken up at its day."""

from datetime import timedelta

import pytest

from tests.support.acting import SUPERVISION, begun, in_group, later, morning
from tests.support.playing import text_of
from tests.support.staging import Played

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_plan_is_agreed_to_reported_on_and_taken_up_at_its_day(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    day = (timed.service.clock() + timedelta(days=50)).date()
    await staff.on_card("更多", "列入计划")
    await staff.reply("为什么现在办不成?", "今年没有这笔钱。")
    await staff.reply("打算怎么办?", "把整条路的灯换掉。")
    await staff.reply("哪天办成?", f"{day.year}年{day.month}月{day.day}日")
    supervisor = await in_group(timed.town, SUPERVISION)
    await supervisor.press_on(await supervisor.hear(f"【申请列入计划】{filed.number}"), "同意")
    told = text_of(await citizen.hear("眼下办不成。"))
    assert "原因:今年没有这笔钱。" in told
    assert "这件不算办完" in told
    await timed.town.wait(citizen.chat, "现在:列入计划")

    await later(timed, timedelta(days=30))
    await morning(timed)
    await staff.hear(f"【报进展】{filed.number}")
    await staff.press("写进展")
    await staff.reply("现在到哪一步,会发给群众。\n写的时候", "已经招标,下月进场。")
    await citizen.hear(f"{filed.number} 有进展:已经招标,下月进场。")

    await later(timed, timedelta(days=20))
    await morning(timed)
    await citizen.hear("承诺的日子到了,已经接着办。")
    await staff.reads(staff.card, "【办理中】", button="答复办结")


async def test_a_citizen_who_does_not_agree_to_the_plan_finds_the_supervisors(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    await staff.on_card("更多", "列入计划")
    await staff.reply("为什么现在办不成?", "今年没有这笔钱。")
    await staff.reply("打算怎么办?", "明年换灯。")
    await staff.reply("哪天办成?", f"{timed.service.clock().year + 1}年5月1日")
    supervisor = await in_group(timed.town, SUPERVISION)
    await supervisor.press_on(await supervisor.hear(f"【申请列入计划】{filed.number}"), "同意")
    await citizen.press("我不同意,找监督员")
    await citizen.hear("您想跟监督员说什么?")
    await citizen.say("晚上老人摔过跤,等不到明年。")
    await citizen.hear("监督员收到了")
    card = await supervisor.hear(f"【群众反映】{filed.number}")
    assert "等不到明年" in text_of(card)
    assert "等不到明年" not in await staff.read()
