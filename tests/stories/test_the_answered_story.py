"""An answer that ends it: 办不了 passes a supervisor; one that does not arrive is no answer until somebody called."""

import pytest

from tests.support.acting import SUPERVISION, Unit, begun, in_group
from tests.support.playing import text_of
from tests.support.staging import Played

pytestmark = pytest.mark.asyncio(loop_scope="session")
ANSWER = "今天上午换了灯头,晚上试过,已经亮了。"
NO = "这段路规划明年改造,按市政设施管理条例改造前不新装,可以找街道办事处反映。"


async def _lost(timed: Played):  # noqa: ANN202 - as `begun`
    """Let the citizen stop the bot before the answer comes."""
    filed, citizen, staff = await begun(timed.town, phone="13900001111")
    await timed.town.call("POST", f"/people/{filed.citizen}/block", {"blocked": True})
    await staff.answer(ANSWER)
    await staff.hear(f"【没送到】{filed.number}")
    return filed, citizen, staff


async def _back(timed: Played, citizen: int) -> None:
    await timed.town.call("POST", f"/people/{citizen}/block", {"blocked": False})
    await timed.town.say(citizen, "你好")


async def test_a_no_goes_only_after_a_supervisor_has_read_it(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    await staff.on_card("更多", "办不了")
    await staff.reply("请写明办不了的原因", NO)
    await staff.press("发出")
    await staff.hear(f"{filed.number}的答复等监督员审。")
    assert NO not in await citizen.read()
    supervisor = await in_group(timed.town, SUPERVISION)
    card = await supervisor.hear(f"{filed.number}的答复等监督员审。")
    assert NO in text_of(card)
    await supervisor.press_on(card, "同意发出")
    await citizen.hear(NO)
    await staff.reads(staff.card, "等群众评价")


async def test_who_was_told_by_telephone_reads_the_answer_and_is_asked_on_coming_back(timed: Played):
    filed, citizen, staff = await _lost(timed)
    assert "已答复" not in text_of(await staff.reads(staff.card, ""))
    await _told_by_phone(staff)
    await staff.reads(staff.card, "【已答复】")
    await _back(timed, filed.citizen)
    answer = await citizen.hear(ANSWER)
    citizen.at = answer["message_id"]
    await citizen.press("联系过", "解决了", "满意", "好了")
    await staff.reads(staff.card, "【已结案】")


async def _told_by_phone(staff: Unit) -> None:
    await staff.press("已电话告知")
    await staff.reply("什么时候打的?", "今天下午三点打的,本人说灯亮了。")
    await staff.hear("记下了,算已答复。")


async def test_the_clock_stops_for_who_cannot_be_reached_only_when_a_supervisor_agrees(timed: Played):
    filed, citizen, staff = await _lost(timed)
    await staff.press("联系不上")
    await staff.reply("请写明联系过几次", "上午下午各打两次,上门一次,都没有人。")
    await staff.hear("核实之前,时间照常算。")
    supervisor = await in_group(timed.town, SUPERVISION)
    await supervisor.press_on(await supervisor.hear(f"【核实联系不上】{filed.number}"), "同意")
    await staff.hear(f"{filed.number} 监督员核实了,联系不上,停止计时。这件不算已答复")
    await staff.reads(staff.card, "停止计时")
    await _back(timed, filed.citizen)
    await citizen.hear(ANSWER)
    await staff.hear(f"{filed.number}的答复,刚才补发到了。")
    await staff.reads(staff.card, "【已答复】")
