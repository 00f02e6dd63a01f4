"""Not solved: the same unit goes on, the third time under the supervisors' eyes, until two of them say it ends here."""

import pytest

from tests.support.acting import SUPERVISION, Somebody, Unit, begun, in_group
from tests.support.filing import Filed
from tests.support.playing import text_of
from tests.support.staging import Played

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def _again(filed: Filed, citizen: Somebody, staff: Unit, *, time: int) -> None:
    """Let the unit answer, the citizen say that it is not solved, and the unit sign for it again."""
    words = f"第{time}次去看,换了灯头,当晚试过,已经亮了。"
    await staff.answer(words)
    await citizen.hear(words)
    await citizen.press("联系过", "还没有", "接着办")
    staff.card = await staff.hear(f"【重办】{filed.number} 第{time}次", button="答复办结")


async def test_it_goes_on_with_a_new_promise_and_what_is_missing_reaches_the_unit(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    await _again(filed, citizen, staff, time=1)
    told = text_of(await citizen.hear("这是第1次重办,监督员也在看。"))
    assert "最迟" in told
    await citizen.say("灯亮了一晚上又灭了")
    await staff.hear("灯亮了一晚上又灭了")


async def test_the_third_time_the_supervisors_see_to_it_themselves(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    for time in (1, 2, 3):
        await _again(filed, citizen, staff, time=time)
    await citizen.hear("这件事办了3次还没办好,已经交给监督员")
    await staff.hear(f"【督办】{filed.number}")
    supervisor = await in_group(timed.town, SUPERVISION)
    await supervisor.hear(filed.number)


async def test_two_supervisors_end_what_cannot_be_had_as_unsolved_and_new_facts_open_it_again(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    for time in (1, 2):
        await _again(filed, citizen, staff, time=time)
    await staff.on_card("更多", "申请终结")
    await staff.reply("查到的情况是什么?", "灯杆在拆迁范围内,电源已经断开。")
    await staff.reply("依据哪条规定?", "市政设施管理条例第二十条。")
    await staff.reply("群众还可以找谁、走什么路?", "可以向区政府申请行政复议。")
    await staff.hear("终结申请交给监督员了,要两位同意。")
    first = await in_group(timed.town, SUPERVISION)
    second = await in_group(timed.town, SUPERVISION, second=True)
    card = await first.hear(f"【申请终结】{filed.number} 重办2次")
    await first.press_on(card, "同意")
    await first.reads(card, "还要一位。")
    assert "这里就不再重复办了" not in await citizen.read()
    await second.press_on(card, "同意")
    told = text_of(await citizen.hear("这里就不再重复办了。"))
    assert "您还可以:可以向区政府申请行政复议。" in told
    assert "不算解决" in told
    await staff.hear(f"{filed.number} 终结同意了,已结案,结果记为「未解决」。")
    await citizen.press("有新情况")
    await citizen.say("电源今天又接上了,灯还是不亮")
    await citizen.press("接着办")
    await staff.hear(f"【重办】{filed.number} 第3次")
