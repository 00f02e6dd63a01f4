"""The unit needs more days (延期): a supervisor decides, the citizen hears why; without a yes the promise stands."""

import pytest

from tests.support.acting import SUPERVISION, begun, in_group
from tests.support.playing import text_of
from tests.support.staging import Played

pytestmark = pytest.mark.asyncio(loop_scope="session")
REASON = "灯头缺货,厂家下周一发货。"


async def _wanted(timed: Played):  # noqa: ANN202 - as `begun`
    filed, citizen, staff = await begun(timed.town)
    await staff.on_card("更多", "申请延期")
    asked = await staff.hear("延几个工作日?")
    label = next(b["text"] for row in asked["reply_markup"]["inline_keyboard"] for b in row if "3天" in b["text"])
    await staff.press(label)
    await staff.reply("为什么要延?", REASON)
    await staff.hear("没批之前,期限不变")
    supervisor = await in_group(timed.town, SUPERVISION)
    card = await supervisor.hear(f"【申请延期】{filed.number}")
    return filed, citizen, staff, supervisor, card, label.split("到")[1]


async def test_a_supervisor_agrees_and_the_citizen_reads_why_and_until_when(timed: Played):
    filed, citizen, staff, supervisor, card, day = await _wanted(timed)
    assert REASON in text_of(card)
    await supervisor.press_on(card, "同意")
    told = text_of(await citizen.hear("要多办几天,监督员同意了。"))
    assert f"原因:{REASON}" in told
    assert f"现在最迟{day}" in told.replace(" ", "")
    await staff.hear(f"{filed.number} 延期同意了")
    await staff.reads(staff.card, day)


async def test_a_supervisor_refuses_and_nothing_changes(timed: Played):
    filed, citizen, staff, supervisor, card, day = await _wanted(timed)
    await supervisor.press_on(card, "不同意")
    await staff.hear(f"{filed.number} 延期没有同意,请接着办。期限不变")
    await timed.service.quiet()
    assert "要多办几天" not in await citizen.read()
    assert day not in text_of(await staff.reads(staff.card, ""))
