"""The unit asks for what is missing (请补充): the clock stands until it comes, cannot, or is waited for no more."""

import re

import pytest

from tests.support.acting import SUPERVISION, begun, in_group, morning
from tests.support.playing import labels, text_of
from tests.support.staging import Played

pytestmark = pytest.mark.asyncio(loop_scope="session")
QUESTION = "请告诉我们灯杆上的编号。"


async def _asked(timed: Played):  # noqa: ANN202 - as `begun`
    filed, citizen, staff = await begun(timed.town)
    await staff.on_card("请补充", "我来写")
    await staff.reply("要群众补什么?", QUESTION)
    await staff.press("发出")
    await citizen.hear(QUESTION)
    await staff.reads(staff.card, "等群众补充")
    return filed, citizen, staff


async def test_what_the_citizen_adds_reaches_the_unit_and_the_time_goes_on(timed: Played):
    _, citizen, staff = await _asked(timed)
    asked = await citizen.hear(QUESTION)
    assert "办理时间先停一停" in text_of(asked)
    await citizen.reply_to(asked, "编号是 17 号")
    await citizen.hear("收到,已经转给")
    await staff.hear("编号是 17 号")
    await staff.reads(staff.card, "【办理中】", button="答复办结")
    assert "已经请群众补充过一次了" in await staff.press_on(staff.card, "请补充")


async def test_who_has_nothing_to_add_says_so_and_the_unit_goes_on_without(timed: Played):
    filed, citizen, staff = await _asked(timed)
    await citizen.press("我没有这个")
    await citizen.hear("知道了,已经告诉")
    await staff.hear(f"{filed.number} 群众说「我没有这个」,请按现有的情况接着办。")
    await staff.reads(staff.card, "【办理中】", button="答复办结")


async def test_a_silent_citizen_is_waited_for_five_working_days(timed: Played):
    filed, citizen, staff = await _asked(timed)
    await morning(timed, workdays=4)
    await staff.reads(staff.card, "【待补充】")
    await morning(timed, workdays=2)
    await citizen.hear("没等到您的补充")
    await staff.hear(f"{filed.number} 没等到群众补充,请先按现有的情况办。")
    await staff.reads(staff.card, "【办理中】", button="答复办结")


async def test_on_the_last_day_a_supervisor_decides_whether_it_may_still_be_asked(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    await staff.tell("明天上午去看。")
    left = re.search(r"还有(\d+)个工作日", text_of(await staff.reads(staff.card, "还有")))
    assert left
    await morning(timed, workdays=int(left[1]) - 1)
    await staff.on_card("请补充", "申请")
    await staff.reply("要群众补什么?", QUESTION)
    await staff.press("申请")
    supervisor = await in_group(timed.town, SUPERVISION)
    card = await supervisor.hear(f"【申请请补充】{filed.number}")
    assert labels(card) == ["同意", "不同意"]
    assert QUESTION not in text_of(await citizen.hear("明天上午去看。"))
    await supervisor.press_on(card, "同意")
    await citizen.hear(QUESTION)
    await staff.reads(staff.card, "等群众补充")
