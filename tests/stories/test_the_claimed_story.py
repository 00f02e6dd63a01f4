"""Somebody of the unit signs for it: by a button or by a reply; a colleague goes on; what is left lying falls back."""

import pytest

from tests.support.acting import UNIT, Unit, begun, citizen_of, in_group, morning
from tests.support.filing import file
from tests.support.playing import labels, text_of
from tests.support.staging import Played

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_reply_to_a_card_nobody_signed_for_goes_to_the_citizen_and_signs_for_it(timed: Played):
    filed = await file(timed.town, unit=UNIT)
    citizen, staff = await citizen_of(timed.town, filed), await in_group(timed.town, UNIT)
    card = await staff.hear(filed.number, button="签收")
    await Unit(timed.town, staff.chat, staff.by, staff.at, card).tell("今天下午过去看。")
    await citizen.hear("今天下午过去看。")
    shown = await staff.reads(card, "签收)", button="答复办结")
    assert "承办:" in text_of(shown)
    await citizen.reads(await timed.town.wait(citizen.chat, "正在办"), filed.number)


async def test_a_colleague_goes_on_and_the_card_says_who(timed: Played):
    _, _, staff = await begun(timed.town)
    await staff.on_card("更多", "转给同事")
    asked = await staff.hear("转给谁?")
    colleague = next(each for each in labels(asked) if each != "取消")
    await staff.press(colleague)
    await staff.hear(f"现在由{colleague}承办。")
    await staff.reads(staff.card, f"承办:{colleague}")


async def test_after_a_working_day_what_nobody_touched_waits_to_be_signed_for_and_what_was_talked_about_does_not(
    timed: Played,
):
    _, _, idle = await begun(timed.town)
    _, citizen, busy = await begun(timed.town)
    await busy.on_card("先联系一下")
    await busy.reply("先跟群众说一句什么?", "我们接手了,明天上午去看。")
    await busy.press("现在发")
    await citizen.hear("我们接手了,明天上午去看。")
    await morning(timed, workdays=2)
    await idle.reads(idle.card, "【新诉求】", button="签收")
    assert "【办理中】" in text_of(await busy.reads(busy.card, "", button="答复办结"))
