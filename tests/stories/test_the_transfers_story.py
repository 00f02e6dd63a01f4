"""An appeal changes hands twice over: once by a return the dispatchers agree to, once by two units that agree."""

import re

import pytest

from tests.stories.conftest import Played
from tests.support.filing import Filed, claimed, file
from tests.support.playing import Message, Town, labels, text_of

pytestmark = pytest.mark.asyncio(loop_scope="session")
_PROMISE = re.compile(r"最迟答复:(.*?周.\))")
LAMPS, WATER = "城市管理局", "供水公司"


def _due(filed: Filed) -> str:
    found = _PROMISE.search(text_of(filed.receipt))
    assert found, text_of(filed.receipt)
    return found[1]


async def _answered(town: Town, filed: Filed, unit: str, words: str) -> None:
    """Let the unit sign, answer, and the citizen read it."""
    group, people, card = await claimed(town, filed, unit)
    await town.press(group, card, "答复办结", by=people[0])
    asked = await town.press_when_there(group, "已经解决", by=people[0], after=card["message_id"])
    written = await town.say(group, words, by=people[0], reply_to=asked["message_id"])
    await town.press_when_there(group, "发出", by=people[0], after=written["message_id"] - 1)
    answer = await town.wait(filed.citizen, words)
    assert f"{unit}答复您了" in text_of(answer)
    await town.press_when_there(filed.citizen, "联系过", after=answer["message_id"])
    await town.press_when_there(filed.citizen, "解决了", after=answer["message_id"])


async def _new_card(town: Town, filed: Filed, unit: str) -> Message:
    group, people = await town.staff(unit)
    return await town.wait(group, lambda m: filed.number in text_of(m) and "签收" in labels(m), by=people[0])


async def test_a_return_that_is_agreed_to_goes_to_the_other_unit_which_answers(town: Town, played: Played):
    filed = await file(town, unit=LAMPS)
    group, people = await town.staff(LAMPS)
    card = await _new_card(town, filed, LAMPS)
    await town.press(group, card, "不归我管", by=people[0])
    await town.press_when_there(group, "不是我们的职责", by=people[0], after=card["message_id"])
    asked = await town.press_when_there(group, "搜一个单位", by=people[0], after=card["message_id"])
    await town.wait(group, lambda m: m["message_id"] == asked["message_id"] and "哪个单位" in text_of(m), by=people[0])
    typed = await town.say(group, WATER, by=people[0], reply_to=asked["message_id"])
    found = await town.press_when_there(group, WATER, by=people[0], after=typed["message_id"])
    await town.wait(group, lambda m: m["message_id"] == found["message_id"] and "依据哪条" in text_of(m), by=people[0])
    await town.say(group, "灯杆在水厂院里,归供水公司", by=people[0], reply_to=found["message_id"])
    await town.wait(group, "退单申请交上去了。", by=people[0], after=typed["message_id"])

    triage, dispatchers = await town.staff("派单群")
    request = await town.wait(triage, f"【退单】{filed.number}", by=dispatchers[0])
    assert "依据:灯杆在水厂院里,归供水公司" in text_of(request)
    await town.press(triage, request, "同意改派", by=dispatchers[0])

    await town.wait(filed.citizen, f"现在换成{WATER}办。\n最迟答复:{_due(filed)},没有往后推。")
    old = await town.wait(group, f"{filed.number} 改派给{WATER},你们不用办了。", by=people[0])
    assert (old["message_id"], labels(old)) == (card["message_id"], [])
    await town.say(group, "灯杆编号是 17 号", by=people[0], reply_to=card["message_id"])
    await town.wait(group, f"这件已经转给{WATER}了。这句记作备注", by=people[0])
    there, water = await town.staff(WATER)
    await town.wait(there, "灯杆编号是 17 号", by=water[0])
    await _answered(town, filed, WATER, "今天上午换了新灯头,试过,已经亮了。")
    assert await played.service.quiet()
    heard = [text_of(m) for m in await town.messages(filed.citizen)]
    assert not any("17 号" in each for each in heard)
    assert sum("现在换成" in each for each in heard) == 1


async def test_an_offer_that_is_taken_over_needs_no_dispatcher(town: Town, played: Played):
    filed = await file(town, unit=LAMPS)
    group, people, card = await claimed(town, filed, LAMPS)
    await town.press(group, card, "更多", by=people[0])
    await town.press_when_there(group, "协商转办", by=people[0], after=card["message_id"])
    asked = await town.press_when_there(group, "搜一个单位", by=people[0], after=card["message_id"])
    await town.wait(group, lambda m: m["message_id"] == asked["message_id"] and "哪个单位" in text_of(m), by=people[0])
    typed = await town.say(group, WATER, by=people[0], reply_to=asked["message_id"])
    found = await town.press_when_there(group, WATER, by=people[0], after=typed["message_id"])
    await town.wait(group, lambda m: m["message_id"] == found["message_id"] and "为什么归" in text_of(m), by=people[0])
    await town.say(group, "灯在水厂院里", by=people[0], reply_to=found["message_id"])

    there, water = await town.staff(WATER)
    question = await town.wait(there, f"【请接手】{filed.number}", by=water[0])
    assert "理由:灯在水厂院里" in text_of(question)
    held = await town.say(group, "我们明天去看", by=people[0], reply_to=card["message_id"])
    await town.press(there, question, "接手", by=water[0])
    await town.wait(group, f"{filed.number} 由{WATER}接手了,你们不用办了。", by=people[0])
    await town.wait(group, f"没有发给群众:这件已经转给{WATER}了。", by=people[0], after=held["message_id"])
    shown = await town.wait(there, lambda m: m["message_id"] == question["message_id"] and not labels(m), by=water[0])
    assert "接手了,诉求卡在下面。" in text_of(shown)
    await _answered(town, filed, WATER, "今天又换了新灯,晚上试过,亮了一夜。")
    assert await played.service.quiet()
    heard = [text_of(m) for m in await town.messages(filed.citizen)]
    assert not any("我们明天去看" in each for each in heard)
    assert any(f"现在换成{WATER}办。\n最迟答复:{_due(filed)},没有往后推。" in each for each in heard)
