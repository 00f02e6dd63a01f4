"""Words beside the loop: citizens urge or turn to the supervisors, units note and set right, supervisors press."""

import pytest

from tests.support.acting import SUPERVISION, UNIT, Somebody, begun, in_group, morning
from tests.support.filing import agree, tell
from tests.support.playing import labels, text_of
from tests.support.staging import Played

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_citizen_urges_once_a_working_day(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    card = await timed.town.wait_button(citizen.chat, "催一下")
    await citizen.press_on(card, "催一下")
    await citizen.hear(f"替您催了,{UNIT}会看到。")
    await staff.hear(f"{filed.number} 群众催办,第1次。")
    await staff.reads(staff.card, "催过1次")
    await citizen.press_on(card, "催一下")
    await citizen.hear("今天已经替您催过了", button="找监督员")
    await morning(timed)
    await citizen.press_on(card, "催一下")
    await staff.hear(f"{filed.number} 群众催办,第2次。")


async def test_a_word_to_the_supervisors_is_answered_by_them_and_unseen_by_the_unit(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    card = await timed.town.wait_button(citizen.chat, "催一下")
    for _ in range(2):
        await citizen.press_on(card, "催一下")
    await citizen.press("找监督员")
    await citizen.hear(f"这些话{UNIT}看不到。")
    await citizen.say("他们的人让我自己去买灯泡")
    await citizen.hear("监督员收到了,最迟")
    supervisor = await in_group(timed.town, SUPERVISION)
    put = await supervisor.hear(f"【群众反映】{filed.number}")
    await supervisor.reply_to(put, "我们已经问过他们,灯泡由他们换。")
    await citizen.hear("监督员答复您:\n\n我们已经问过他们,灯泡由他们换。")
    assert "买灯泡" not in await staff.read()


async def test_a_note_stays_inside_and_a_kind_set_right_brings_the_answer_sooner(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    await staff.reply_to(staff.card, "// 这户人家以前也报过")
    await staff.hear("记下了,只在群里。")
    await staff.on_card("更多", "改类别")
    offered = labels(await staff.hear("改成哪一类?"))
    sooner = next(each for each in offered if "监督员" not in each and each != "取消")
    await staff.press(sooner)
    await staff.hear(f"{filed.number} 改为{sooner}。")
    told = text_of(await citizen.hear("最迟答复提前到"))
    assert sooner in told
    assert "以前也报过" not in await citizen.read()


async def test_the_unit_corrects_the_handling_class(timed: Played):
    filed, citizen, staff = await begun(timed.town)
    await staff.on_card("更多", "改办件类型", "补办件")
    await staff.hear(f"{filed.number} 改成补办件了。")
    await staff.reads(staff.card, "·补办件")
    assert "补办件" not in await citizen.read()


async def test_what_is_late_is_supervised_and_the_unit_answers_for_it(timed: Played):
    filed, _, staff = await begun(timed.town)
    await staff.tell("明天上午去看。")
    await morning(timed, workdays=12)
    supervisor = await in_group(timed.town, SUPERVISION)
    digest = await supervisor.hear("【督办早报】", button="看红牌")
    await supervisor.press_on(digest, "看红牌")
    await supervisor.press(f"督办1级 {filed.number}")
    ordered = await staff.hear(f"【督办】{filed.number} 1级")
    assert "亲自过问" in text_of(ordered)
    await staff.reply_to(ordered, "灯头今天到货,明天换。")
    await supervisor.hear("灯头今天到货,明天换。")


async def test_praise_is_passed_on_thanked_and_closed(timed: Played):
    town = timed.town
    citizen = Somebody(town, who := await town.newcomer(), who)
    await agree(town, who)
    summary = await tell(town, who, "表扬城市管理局的师傅,半夜冒雨把路灯修好了,谢谢他们")
    if "类别:表扬" not in text_of(summary):
        await town.press(who, summary, "改类别")
        await citizen.press("表扬")
    await citizen.press("提交")
    await citizen.hear(f"谢谢您。您的表扬已经转给{UNIT},他们会看到。")
    staff = await in_group(town, UNIT)
    assert "半夜冒雨" in text_of(await staff.hear("【表扬】"))
