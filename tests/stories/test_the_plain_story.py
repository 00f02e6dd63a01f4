import pytest

from tests.support.filing import LAMP, agree, claimed, file
from tests.support.playing import Town, labels, reactions, text_of

pytestmark = pytest.mark.asyncio(loop_scope="session")
UNIT = "城市管理局"


async def test_from_the_first_word_to_the_closed_appeal(town: Town):
    filed = await file(town, LAMP, unit=UNIT)
    assert f"承办:{UNIT}" in text_of(filed.receipt)
    assert "最迟答复:" in text_of(filed.receipt)

    group, people, card = await claimed(town, filed, UNIT)
    assert labels(card) == ["答复办结", "先联系一下", "请补充", "会办", "更多"]
    await town.wait(filed.citizen, lambda m: filed.number in text_of(m) and "正在办" in text_of(m))

    reply = await town.say(group, "明天上午派人去看。", by=people[0], reply_to=card["message_id"])
    relayed = await town.wait(filed.citizen, "明天上午派人去看。")
    assert UNIT in text_of(relayed)
    await town.wait(group, lambda m: m["message_id"] == reply["message_id"] and "👍" in reactions(m), by=people[0])

    await town.say(filed.citizen, "好的,在东门等。", reply_to=relayed["message_id"])
    followed = await town.wait(group, "好的,在东门等。", by=people[0])
    assert "群众补充" in text_of(followed)

    await town.press(group, card, "答复办结", by=people[0])
    asked = await town.press_when_there(group, "已经解决", by=people[0], after=card["message_id"])
    written = await town.say(group, "昨天下午换了灯头,晚上试过,已经亮了。", by=people[0], reply_to=asked["message_id"])
    await town.press_when_there(group, "发出", by=people[0], after=written["message_id"] - 1)
    answer = await town.wait(filed.citizen, "昨天下午换了灯头")
    assert f"{UNIT}答复您了" in text_of(answer)
    for label in ("联系过", "解决了", "满意", "好了"):
        await town.press_when_there(filed.citizen, label, after=answer["message_id"])
    await town.wait(filed.citizen, "谢谢您,记下了。", after=answer["message_id"])
    await town.wait(filed.citizen, lambda m: filed.number in text_of(m) and "已结案" in text_of(m))
    await town.wait(group, lambda m: filed.number in text_of(m) and "已结案" in text_of(m), by=people[0])


async def test_an_ordinary_appeal_costs_the_citizen_at_most_six_new_messages(town: Town):
    citizen = await town.newcomer()
    await town.say(citizen, LAMP)
    await town.press_when_there(citizen, "同意")
    await town.wait(citizen, "这件事在什么地方")
    placed = await town.say(citizen, "北王村村小学东门")
    await town.press_when_there(citizen, "不留,在这里联系", after=placed["message_id"])
    await town.press_when_there(citizen, "提交")
    await town.wait(citizen, "交上去了")
    heard = [m for m in await town.messages(citizen) if m["from"]["is_bot"]]
    assert len(heard) <= 4, [text_of(m) for m in heard]


async def test_consent_after_the_first_message_keeps_what_was_said(town: Town):
    citizen = await town.newcomer()
    await town.say(citizen, LAMP)
    asked = await town.wait(citizen, "您刚才说的,我先替您留着。")
    assert labels(asked) == ["同意", "看详细说明", "不同意"]
    await town.press(citizen, asked, "同意")
    await town.wait(citizen, "这件事在什么地方")
    placed = await town.say(citizen, "桃园镇政府旁边")
    await town.press_when_there(citizen, "不留,在这里联系", after=placed["message_id"])
    assert LAMP in text_of(await town.wait_button(citizen, "提交"))


async def test_who_does_not_agree_is_told_where_else_to_go_and_nothing_is_kept(town: Town):
    citizen = await town.newcomer()
    await town.say(citizen, LAMP)
    await town.press_when_there(citizen, "不同意")
    await town.wait(citizen, "您刚才发的,我已经删掉了。")
    await agree(town, citizen)
    await town.say(citizen, "我的诉求")
    await town.wait(citizen, "您还没有诉求")
