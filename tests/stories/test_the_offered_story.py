"""An offer to another unit (协商转办) that nothing comes of: the unit keeps the appeal, and reads why."""

from datetime import timedelta

import pytest

from tests.support.acting import OTHER, UNIT, Somebody, Unit, begun, in_group, later
from tests.support.filing import Filed
from tests.support.playing import Message, labels
from tests.support.staging import Played

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _offered(timed: Played, filed: Filed, staff: Unit) -> tuple[Somebody, Message]:
    """Let the unit ask the other one to take it over; return somebody there and the question."""
    await staff.on_card("更多", "协商转办", "搜一个单位")
    await staff.reply("哪个单位?", OTHER)
    await staff.press(OTHER)
    await staff.reply("为什么归他们?", "灯在水厂院里。")
    await staff.hear(f"已经请{OTHER}接手")
    there = await in_group(timed.town, OTHER)
    return there, await there.hear(f"【请接手】{filed.number}", button="接手")


async def test_an_offer_that_is_refused_taken_back_or_left_lying_changes_nothing(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    there, question = await _offered(timed, filed, staff)
    await there.press_on(question, "不接,写理由")
    await there.reply("为什么不接?", "院墙外面的灯不归我们。")
    await staff.hear(f"{filed.number} {OTHER}不接:院墙外面的灯不归我们。\n还由{UNIT}办。")

    there, question = await _offered(timed, filed, staff)
    await staff.press("撤回转办")
    assert labels(await there.reads(question, f"{UNIT}撤回了转办")) == []

    there, question = await _offered(timed, filed, staff)
    await later(timed, timedelta(hours=23))
    await staff.hear(f"{filed.number} {OTHER}没有回音,不再等了。还由{UNIT}办。")
    assert labels(await there.reads(question, "没有回音")) == []
    await staff.reads(staff.card, "【办理中】", button="答复办结")
    assert "现在换成" not in await citizen.read()
