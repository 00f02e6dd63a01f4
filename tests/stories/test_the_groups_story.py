import asyncio

import pytest

from tests.support.filing import agree, claimed, file, tell
from tests.support.playing import PlayedError, Town, labels, reactions, text_of
from tests.support.staging import Played

pytestmark = pytest.mark.asyncio(loop_scope="session")
LAMPS = "城市管理局"
WATER = "供水公司"


async def _everything_heard(town: Town, citizen: int) -> str:
    return "\n".join(text_of(m) for m in await town.messages(citizen) if m["from"]["is_bot"])


async def test_an_unsure_appeal_goes_to_the_dispatchers_and_from_them_to_the_right_unit(town: Town):
    citizen = await town.newcomer()
    await agree(town, citizen)
    summary = await tell(town, citizen, "那边的事拖了很久也不见有人来管一管,到底归哪里")
    assert "交给:还说不准,由工作人员来定" in text_of(summary)
    await town.press(citizen, summary, "提交")
    receipt = await town.wait(citizen, "正在找该管的单位")
    number = text_of(receipt).split("编号:")[1].split("\n")[0]

    group, people = await town.staff("派单群")
    card = await town.wait(group, lambda m: number in text_of(m) and "别的单位" in labels(m), by=people[0])
    assert "机器估计" in text_of(card)
    await town.press(group, card, "别的单位", by=people[0])
    asked = await town.wait(group, lambda m: "返回" in " ".join(labels(m)) or LAMPS in labels(m), by=people[0])
    if LAMPS not in labels(asked):
        said = await town.say(group, LAMPS, by=people[0], reply_to=asked["message_id"])
        asked = await town.wait_button(group, LAMPS, by=people[0], after=said["message_id"] - 1)
    await town.press(group, asked, LAMPS, by=people[0])

    told = await town.wait(citizen, f"您的{number},交给{LAMPS}办了。")
    assert "最迟答复:" in text_of(told)
    unit, staff = await town.staff(LAMPS)
    await town.wait(unit, lambda m: number in text_of(m) and "签收" in labels(m), by=staff[0])


async def test_chatter_in_the_group_never_reaches_the_citizen(town: Town):
    filed = await file(town, unit=LAMPS)
    group, people, card = await claimed(town, filed, LAMPS)
    first, second = people[0], people[1]
    everybody = {person["id"]: person for person in await town.call("GET", "/people")}
    colleague = everybody[second]["username"]

    await town.say(group, "中午吃什么", by=first)
    await town.say(group, "// 这家人不好说话", by=first, reply_to=card["message_id"])
    await town.wait(group, "记下了,只在群里。", by=first)
    await town.say(group, "// 全角也算备注", by=first, reply_to=card["message_id"])
    mention = await town.say(group, f"@{colleague} 你去看看这个麻烦的", by=first, reply_to=card["message_id"])
    await town.wait(group, "这句里提到了同事,没有发给群众。", by=first, after=mention["message_id"])
    reply = await town.say(group, "已经安排人去看了", by=first, reply_to=card["message_id"])
    await town.say(group, "别理他了", by=second, reply_to=reply["message_id"])
    number = await town.say(group, "打这个电话13800138000找老王", by=first, reply_to=card["message_id"])
    await town.wait(group, "这句里有电话或证件号,没有发出去。", by=first, after=number["message_id"])

    await town.wait(filed.citizen, "已经安排人去看了")
    last = await town.say(group, "明天上午十点到", by=first, reply_to=card["message_id"])
    await town.press_when_there(group, "现在发", by=first, after=last["message_id"])
    await town.wait(filed.citizen, "明天上午十点到")
    heard = await _everything_heard(town, filed.citizen)
    for inside in ("吃什么", "不好说话", "全角", "麻烦", "别理他", "13800138000", "老王"):
        assert inside not in heard


async def test_a_reply_can_be_taken_back_while_it_waits(town: Town):
    filed = await file(town, unit=LAMPS)
    group, people, card = await claimed(town, filed, LAMPS)
    reply = await town.say(group, "这句说错了", by=people[0], reply_to=card["message_id"])
    held = await town.wait_button(group, "不发了", by=people[0], after=reply["message_id"])
    assert "秒后发给群众" in text_of(held)
    await town.press(group, held, "不发了", by=people[0])
    again = await town.say(group, "这句说对了", by=people[0], reply_to=card["message_id"])
    await town.wait(filed.citizen, "这句说对了")
    assert "这句说错了" not in await _everything_heard(town, filed.citizen)
    await town.wait(group, lambda m: m["message_id"] == again["message_id"] and "👍" in reactions(m), by=people[0])


async def test_two_staff_press_claim_together_and_the_second_is_told_who_won(town: Town):
    filed = await file(town, unit=WATER)
    group, people = await town.staff(WATER)
    card = await town.wait(group, lambda m: filed.number in text_of(m) and "签收" in labels(m), by=people[0])
    answers = await asyncio.gather(*(town.press(group, card, "签收", by=person) for person in people[:2]))
    said = [answer["answer"] or "" for answer in answers]
    assert sum("先联系群众" in words for words in said) == 1, said
    assert sum(f"{filed.number}已经由" in words for words in said) == 1, said


async def test_a_stranger_in_the_group_can_neither_press_nor_answer(town: Town):
    filed = await file(town, unit=WATER)
    group, people = await town.staff(WATER)
    stranger = await town.newcomer("路过的")
    await town.call("POST", f"/chats/{group}/members", {"person": stranger, "status": "member"})
    card = await town.wait(group, lambda m: filed.number in text_of(m) and "签收" in labels(m), by=people[0])
    answer = await town.press(group, card, "签收", by=stranger)
    assert f"只有{WATER}的工作人员能办这一件。" in (answer["answer"] or "")
    said = await town.say(group, "我来回一句", by=stranger, reply_to=card["message_id"])
    await town.wait(group, f"只有{WATER}的工作人员能办这一件。", by=people[0], after=said["message_id"])
    await town.press(group, card, "签收", by=people[0])
    await town.wait(filed.citizen, lambda m: filed.number in text_of(m) and "正在办" in text_of(m))
    assert "我来回一句" not in await _everything_heard(town, filed.citizen)


async def test_the_staff_of_another_unit_can_not_press_either(town: Town):
    filed = await file(town, unit=WATER)
    group, people = await town.staff(WATER)
    _, others = await town.staff(LAMPS)
    await town.call("POST", f"/chats/{group}/members", {"person": others[0], "status": "member"})
    card = await town.wait(group, lambda m: filed.number in text_of(m) and "签收" in labels(m), by=people[0])
    answer = await town.press(group, card, "签收", by=others[0])
    assert f"只有{WATER}的工作人员能办这一件。" in (answer["answer"] or "")


async def test_an_answer_to_a_citizen_who_blocked_the_bot_is_not_counted_as_given_and_comes_when_they_return(
    town: Town,
):
    filed = await file(town, unit=WATER)
    group, people, card = await claimed(town, filed, WATER)
    await town.call("POST", f"/people/{filed.citizen}/block", {"blocked": True})
    await town.press(group, card, "答复办结", by=people[0])
    asked = await town.press_when_there(group, "已经解决", by=people[0], after=card["message_id"])
    written = await town.say(group, "水压今天上午调好了,二楼三楼都试过。", by=people[0], reply_to=asked["message_id"])
    await town.press_when_there(group, "发出", by=people[0], after=written["message_id"] - 1)
    await town.wait(group, lambda m: f"【没送到】{filed.number}" in text_of(m), by=people[0])
    assert not [m for m in await town.messages(group, by=people[0]) if f"{filed.number} 已答复,已送到" in text_of(m)]

    await town.call("POST", f"/people/{filed.citizen}/block", {"blocked": False})
    await town.say(filed.citizen, "你好")
    answer = await town.wait(filed.citizen, "水压今天上午调好了")
    assert "您不在的时候" in text_of(answer) or "答复您了" in text_of(answer)
    await town.wait(group, f"{filed.number}的答复,刚才补发到了。", by=people[0])
    await town.press_when_there(filed.citizen, "联系过", after=answer["message_id"] - 1)
    await town.press_when_there(filed.citizen, "解决了", after=answer["message_id"] - 1)


async def test_a_malformed_update_and_a_busy_platform_do_not_lose_an_appeal(town: Town, played: Played):
    citizen = await town.newcomer()
    await town.say(citizen, "家里自来水停了两天,一滴都没有")
    await town.call("POST", "/updates", {"message": {"message_id": "what", "chat": 5}})
    await town.call("POST", "/updates", {"callback_query": {"id": 7, "from": {"id": citizen}, "data": "d.submit:1"}})
    await town.call("POST", "/faults", {"method": "*", "status": 429, "times": 2, "retry_after": 1})
    await town.press_when_there(citizen, "同意")
    await town.wait(citizen, "这件事在什么地方")
    placed = await town.say(citizen, "桃园镇桃园社区")
    await town.call("POST", "/faults", {"method": "editMessageText", "status": 502, "times": 2})
    await town.press_when_there(citizen, "不留,在这里联系", after=placed["message_id"])
    await town.press_when_there(citizen, "提交")
    await town.wait(citizen, "交上去了")
    assert await played.service.quiet()
    receipts = [m for m in await town.messages(citizen) if "交上去了" in text_of(m)]
    assert len(receipts) == 1


async def test_a_forged_or_foreign_button_changes_nothing(town: Town):
    filed = await file(town, unit=WATER)
    thief = await town.newcomer("别人")
    await town.say(thief, "你好")
    with pytest.raises(PlayedError):
        await town.press(thief, filed.receipt, "撤回")
    person = {"id": thief, "is_bot": False, "first_name": "别人"}
    for data in ("c.withdrawn:1:solved", "o.claim:1", "t.to:1:water", "c.withdraw:999999", ":::", "o.claim:x"):
        query = {"id": f"forged{data}", "from": person, "chat_instance": "1", "data": data}
        await town.call("POST", "/updates", {"callback_query": query})
    group, people = await town.staff(WATER)
    await town.wait(group, lambda m: filed.number in text_of(m) and "签收" in labels(m), by=people[0])
    status = await town.messages(filed.citizen)
    assert "已撤回" not in "".join(text_of(m) for m in status)


async def test_a_very_long_appeal_reaches_the_unit_whole(town: Town):
    words = "家里自来水停了。" + "".join(f"第{n}天还是没有水。" for n in range(1, 360))
    filed = await file(town, words, unit=WATER)
    group, people = await town.staff(WATER)
    await town.wait(group, "第359天还是没有水。", by=people[0])
    card = await town.wait(group, lambda m: filed.number in text_of(m) and "签收" in labels(m), by=people[0])
    after = [m for m in await town.messages(group, by=people[0]) if m["message_id"] > card["message_id"]]
    assert any(m.get("reply_to_message", {}).get("message_id") == card["message_id"] for m in after)
