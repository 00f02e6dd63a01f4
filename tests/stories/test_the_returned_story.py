"""不归我管 that does not help: refused by a dispatcher, by silence, or ended by a supervisor who names the lead."""

from datetime import timedelta

import pytest

from tests.support.acting import OTHER, SUPERVISION, TRIAGE, UNIT, Somebody, citizen_of, in_group, later
from tests.support.filing import Filed, file
from tests.support.playing import Message, Town, labels, text_of
from tests.support.staging import Played

pytestmark = pytest.mark.asyncio(loop_scope="session")
RULE = "路灯在小区里面,归物业。"


async def _returned(town: Town, filed: Filed, unit: str = UNIT) -> tuple[Somebody, Message]:
    """Let a unit ask to give it back, not knowing whose it is."""
    staff = await in_group(town, unit)
    card = await staff.hear(filed.number, button="不归我管")
    staff.at = card["message_id"]
    await staff.press_on(card, "不归我管")
    await staff.press("不是我们的职责", "不知道")
    await staff.reply("依据哪条职责", RULE)
    await staff.hear("退单申请交上去了。")
    return staff, card


async def _request(town: Town, filed: Filed) -> tuple[Somebody, Message]:
    dispatcher = await in_group(town, TRIAGE)
    return dispatcher, await dispatcher.hear(f"【退单】{filed.number}")


async def test_a_dispatcher_refuses_and_the_unit_reads_why_and_keeps_it(timed: Played):
    filed = await file(timed.town, unit=UNIT)
    staff, card = await _returned(timed.town, filed)
    dispatcher, request = await _request(timed.town, filed)
    assert RULE in text_of(request)
    await dispatcher.press_on(request, "驳回退单")
    shown = await dispatcher.reads(request, "", button="返回")
    await dispatcher.press(next(each for each in labels(shown) if each != "返回"))
    await staff.hear(f"{filed.number} 退单没有同意,还请{UNIT}办。")
    assert labels(await staff.reads(card, "【新诉求】"))[0] == "签收"
    await staff.press_on(card, "不归我管")
    assert "为什么不归你们管" not in text_of((await timed.town.messages(staff.chat, by=staff.by))[-1])


async def test_silence_for_half_a_day_is_a_no(timed: Played):
    filed = await file(timed.town, unit=UNIT)
    staff, _ = await _returned(timed.town, filed)
    await later(timed, timedelta(hours=23))
    await staff.hear(f"{filed.number} 退单没有同意,还请{UNIT}办。")
    triage = await in_group(timed.town, TRIAGE)
    left = await timed.town.wait(triage.chat, "到时候没有人定,按没同意算", by=triage.by)
    assert (filed.number in text_of(left), labels(left)) == (True, [])
    assert "现在换成" not in await (await citizen_of(timed.town, filed)).read()


async def test_after_the_second_return_a_supervisor_names_the_lead_and_nobody_can_give_it_back(timed: Played):
    filed = await file(timed.town, unit=UNIT)
    for unit, following in ((UNIT, OTHER), (OTHER, "供电公司")):
        await _returned(timed.town, filed, unit)
        dispatcher, request = await _request(timed.town, filed)
        await dispatcher.press_on(request, "别的单位")
        await dispatcher.press("打字搜")
        await dispatcher.reply("单位名字", following)
        await dispatcher.press(following)
    await _returned(timed.town, filed, "供电公司")
    supervisor = await in_group(timed.town, SUPERVISION)
    card = await supervisor.hear(f"【定主办】{filed.number} 退过2次")
    await supervisor.press_on(card, "别的单位")
    await supervisor.press_on(card, UNIT)
    staff = await in_group(timed.town, UNIT)
    again = await staff.hear(filed.number, button="签收")
    assert "不能再退" in await staff.press_on(again, "不归我管")
    await timed.town.wait(filed.citizen, f"现在换成{UNIT}办。")


async def test_dispatchers_ask_a_supervisor_who_leaves_it_with_its_unit(timed: Played):
    filed = await file(timed.town, unit=UNIT)
    staff, card = await _returned(timed.town, filed)
    dispatcher, request = await _request(timed.town, filed)
    await dispatcher.press_on(request, "请监督员定")
    await staff.hear(f"{filed.number} 派单员请监督员定主办单位了。")
    supervisor = await in_group(timed.town, SUPERVISION)
    await supervisor.press_on(await supervisor.hear(f"【定主办】{filed.number}"), UNIT)
    await staff.hear(f"{filed.number} 监督员定了,由{UNIT}主办,不能再退。")
    assert "不能再退" in await staff.press_on(card, "不归我管")
