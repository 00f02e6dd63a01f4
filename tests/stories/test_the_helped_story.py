"""The lead goes up to a superior (上报), or asks another unit for help (会办): it stays the one that answers."""

import pytest

from tests.support.acting import OTHER, UNIT, Somebody, Unit, begun, in_group
from tests.support.filing import Filed
from tests.support.playing import Message, labels, text_of
from tests.support.staging import Played

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_goes_up_is_still_answered_by_the_unit_and_the_citizen_hears_so(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    await staff.on_card("更多", "上报")
    await staff.reply("上报给谁?", "市住建局")
    await staff.reply("为什么要上报?", "整条街的线路要改,本单位没有这笔钱。")
    await staff.hear(f"{filed.number} 已上报市住建局,群众已经知道。")
    told = text_of(await citizen.hear("已经上报市住建局。"))
    assert f"还是由{UNIT}答复您" in told
    assert "没有这笔钱" not in told
    await staff.reads(staff.card, "上报件")


async def _invited(timed: Played) -> tuple[Filed, Somebody, Unit, Somebody, Message]:
    """Let a unit ask another one for help; return the appeal, citizen, lead, helper and the helper's card."""
    filed, citizen, staff = await begun(timed.town)
    await staff.on_card("会办", "搜一个单位")
    await staff.reply("哪个单位?", OTHER)
    await staff.press(OTHER)
    await staff.reply(f"请{OTHER}做什么?", "看看灯杆下面有没有漏水。")
    await staff.hear(f"已经请{OTHER}协助")
    helper = await in_group(timed.town, OTHER)
    card = await helper.hear(f"【会办】{filed.number} 主办:{UNIT}")
    assert labels(card) == ["签收", "不归我管"]
    return filed, citizen, staff, helper, card


async def test_a_unit_that_is_asked_for_help_signs_tells_the_lead_and_never_the_citizen(timed: Played):
    filed, citizen, staff, helper, card = await _invited(timed)
    await helper.press_on(card, "签收")
    await helper.reply_to(card, "挖开看过,没有漏水。")
    await staff.hear("挖开看过,没有漏水。")
    await helper.press_on(card, "答完了")
    await staff.hear(f"{filed.number} {OTHER}答完了会办。请由本单位答复群众。")
    await timed.service.quiet()
    heard = await citizen.read()
    assert "漏水" not in heard
    assert OTHER not in heard


async def test_a_unit_that_will_not_help_tells_the_lead_why(timed: Played):
    filed, _, staff, helper, card = await _invited(timed)
    await helper.press_on(card, "不归我管")
    await helper.reply("为什么不归你们管?", "那一段的水管归物业。")
    await staff.hear(f"{filed.number} {OTHER}说会办不归他们:那一段的水管归物业。")
    assert labels(await helper.reads(card, "不归本单位")) == []
