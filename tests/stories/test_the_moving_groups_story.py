"""Groups as they are: topics, deleted topics, upgrades, anonymous administrators, the bot put out and let in again."""

import re
from typing import Any

import pytest

from tests.stories.conftest import Played
from tests.support.filing import file
from tests.support.playing import Message, Town, labels, text_of

pytestmark = pytest.mark.asyncio(loop_scope="session")
ADMIN = 9001
HEATING, POWER, WATER_WORKS = "供热公司", "供电公司", "水利局"
TAX, CULTURE, VETERANS = "税务局", "文化和旅游局", "退役军人事务局"


async def _staff(town: Town, unit: str) -> list[int]:
    _, people = await town.staff(unit)
    return people[:2]


async def _found(town: Town, title: str, members: list[int], **fields: Any) -> int:
    founded = await town.call("POST", "/chats", {"title": title, "members": [ADMIN, *members], **fields})
    return int(founded["id"])


async def _seat(town: Town, chat: int, status: str, *, person: int = 1) -> None:
    await town.call("POST", f"/chats/{chat}/members", {"person": person, "status": status})


async def _say(town: Town, chat: int, text: str, *, by: int, **fields: Any) -> Message:
    said: Message = await town.call("POST", f"/chats/{chat}/messages", {"from": by, "text": text, **fields})
    return said


async def _bind(town: Town, chat: int, unit: str, *, thread: int | None = None) -> None:
    asked = await town.say(ADMIN, f"/bind {unit}")
    given = await town.wait(ADMIN, f"{unit}的绑定码:", after=asked["message_id"])
    code = re.search(r"/bind (\S+)", text_of(given))
    assert code
    fields = {"thread": thread} if thread else {}
    said = await _say(town, chat, f"/bind {code[1]}", by=ADMIN, **fields)
    bound = await town.wait(chat, f"本群已绑定:{unit}", by=ADMIN, after=said["message_id"])
    assert bound.get("message_thread_id") == thread


async def _topic(town: Town, chat: int, name: str) -> int:
    return int((await town.call("POST", f"/chats/{chat}/topics", {"name": name}))["id"])


async def _card(town: Town, chat: int, number: str, *, by: int, label: str = "签收", after: int = 0) -> Message:
    return await town.wait(chat, lambda m: number in text_of(m) and label in labels(m), by=by, after=after, seconds=30)


async def test_two_units_work_each_in_its_topic_of_one_forum(town: Town):
    warm, bright = (await _staff(town, HEATING))[0], (await _staff(town, POWER))[0]
    forum = await _found(town, "水电暖合用的群", [warm, bright], is_forum=True)
    places = {unit: await _topic(town, forum, unit) for unit in (HEATING, POWER)}
    for unit, thread in places.items():
        await _bind(town, forum, unit, thread=thread)
    first, second = await file(town, unit=HEATING), await file(town, unit=POWER)
    cold = await _card(town, forum, first.number, by=warm)
    dark = await _card(town, forum, second.number, by=bright)
    assert (cold["message_thread_id"], dark["message_thread_id"]) == (places[HEATING], places[POWER])

    refused = await town.press(forum, dark, "签收", by=warm)
    assert f"只有{POWER}的工作人员能办这一件。" in (refused["answer"] or "")
    await town.press(forum, cold, "签收", by=warm)
    await _say(town, forum, "话题里的闲话,不是回复", by=warm, thread=places[HEATING])
    await _say(town, forum, "暖气明天来修。", by=warm, thread=places[HEATING], reply_to=cold["message_id"])
    await town.wait(first.citizen, "暖气明天来修。")
    listed = await _say(town, forum, "/todo", by=bright, thread=places[POWER])
    shown = await town.wait(forum, f"【要办的】{POWER}", by=bright, after=listed["message_id"])
    assert second.number in text_of(shown)
    assert first.number not in text_of(shown)
    heard = "".join(text_of(m) for m in await town.messages(first.citizen))
    assert "闲话" not in heard


async def test_a_deleted_topic_is_made_again_and_the_work_goes_on_there(town: Town):
    staff = (await _staff(town, WATER_WORKS))[0]
    forum = await _found(town, "水利的群", [staff], is_forum=True)
    await _seat(town, forum, "administrator")
    thread = await _topic(town, forum, WATER_WORKS)
    await _bind(town, forum, WATER_WORKS, thread=thread)
    first = await file(town, unit=WATER_WORKS)
    await _card(town, forum, first.number, by=staff)
    await town.call("DELETE", f"/chats/{forum}/topics/{thread}")
    second = await file(town, unit=WATER_WORKS)
    cards = [await _card(town, forum, each.number, by=staff) for each in (second, first)]
    fresh = cards[0]["message_thread_id"]
    assert fresh != thread
    assert cards[1]["message_thread_id"] == fresh
    await town.wait(ADMIN, f"{WATER_WORKS}的话题不见了,我新建了一个")
    await town.press(forum, cards[1], "签收", by=staff)
    await _say(town, forum, "水渠明天清。", by=staff, thread=fresh, reply_to=cards[1]["message_id"])
    await town.wait(first.citizen, "水渠明天清。")


async def test_a_group_that_is_upgraded_keeps_its_unit_its_cards_and_its_work(town: Town, played: Played):
    staff = (await _staff(town, TAX))[0]
    group = await _found(town, "税务的群", [staff])
    await _bind(town, group, TAX)
    filed = await file(town, unit=TAX)
    card = await _card(town, group, filed.number, by=staff)
    await town.press(group, card, "签收", by=staff)
    await _card(town, group, filed.number, by=staff, label="答复办结")
    fresh = int((await town.call("POST", f"/chats/{group}/upgrade"))["id"])
    there = await _card(town, fresh, filed.number, by=staff, label="答复办结")
    await town.wait(ADMIN, f"{TAX}的群升级成了超级群")
    await _say(town, fresh, "税票今天开好。", by=staff, reply_to=there["message_id"])
    await town.wait(filed.citizen, "税票今天开好。")
    assert await played.service.quiet()
    said = [text_of(m) for m in await town.messages(ADMIN) if f"{TAX}的群升级" in text_of(m)]
    cards = [m for m in await town.messages(fresh, by=staff) if filed.number in text_of(m) and labels(m)]
    assert (len(said), len([m for m in cards if "答复办结" in labels(m)])) == (1, 1)


async def test_an_anonymous_administrator_answers_as_the_group_and_a_channel_is_told_why_not(town: Town):
    staff = (await _staff(town, CULTURE))[0]
    group = await _found(town, "文旅的群", [staff], type="supergroup")
    await _bind(town, group, CULTURE)
    await _seat(town, group, "administrator", person=staff)
    filed = await file(town, unit=CULTURE)
    card = await _card(town, group, filed.number, by=staff)
    await _say(town, group, "演出改到周六。", by=staff, anonymous=True, reply_to=card["message_id"])
    await town.wait(filed.citizen, "演出改到周六。")
    working = await _card(town, group, filed.number, by=staff, label="答复办结")
    assert "承办:匿名管理员" in text_of(working)

    channel = await town.call("POST", "/chats", {"title": "某频道", "members": [staff], "type": "channel"})
    said = await _say(town, group, "频道里的话", by=staff, sender_chat=channel["id"], reply_to=card["message_id"])
    await town.wait(group, "这条是用频道的名义发的", by=staff, after=said["message_id"])
    assert "频道里的话" not in "".join(text_of(m) for m in await town.messages(filed.citizen))


async def test_a_bot_put_out_and_let_in_again_says_what_waited(town: Town, played: Played):
    staff = (await _staff(town, VETERANS))[0]
    group = await _found(town, "退役军人的群", [staff])
    await _bind(town, group, VETERANS)
    filed = await file(town, unit=VETERANS)
    card = await _card(town, group, filed.number, by=staff)
    await _seat(town, group, "kicked")
    await town.wait(ADMIN, f"{VETERANS}的群用不了了")
    await town.say(filed.citizen, "补充一句:证书也丢了", reply_to=filed.receipt["message_id"])
    assert await played.service.quiet()
    asked = await town.say(ADMIN, "/health")
    health = await town.wait(ADMIN, "群或话题用不了", after=asked["message_id"])
    assert f"{VETERANS}。留着1条没发" in text_of(health)
    await _seat(town, group, "member")
    followed = await town.wait(group, "证书也丢了", by=staff)
    assert followed["reply_to_message"]["message_id"] == card["message_id"]
    await town.wait(ADMIN, f"{VETERANS}的群又能用了")
    await town.press(group, card, "签收", by=staff)
    await _card(town, group, filed.number, by=staff, label="答复办结")


async def test_a_strange_group_is_told_once_and_left(town: Town):
    stranger = await town.newcomer("路过的")
    group = (await town.call("POST", "/chats", {"title": "不相干的群", "members": [stranger]}))["id"]
    await town.wait(group, "这个群没有绑定,我先退出。请管理员发绑定码。", by=stranger)

    def left(message: Message) -> bool:
        return bool(message.get("left_chat_member", {}).get("is_bot"))

    await town.wait(group, left, by=stranger)
    said = [m for m in await town.messages(group, by=stranger) if "没有绑定" in text_of(m)]
    assert len(said) == 1


async def test_who_leaves_the_group_hands_over_what_they_signed_for(town: Town):
    first, second = await _staff(town, "司法局")
    group, _ = await town.staff("司法局")
    filed = await file(town, unit="司法局")
    card = await _card(town, group, filed.number, by=first)
    await town.press(group, card, "签收", by=first)
    await _card(town, group, filed.number, by=first, label="答复办结")
    await _seat(town, group, "left", person=first)
    await town.press_when_there(group, f"我来接 {filed.number}", by=second)
    name = next(each["name"] for each in await town.call("GET", "/people") if each["id"] == second)
    await town.wait(group, lambda m: f"承办:{name}" in text_of(m) and filed.number in text_of(m), by=second)
    await _seat(town, group, "member", person=first)
    refused = await town.press(group, card, "答复办结", by=first)
    assert "只有司法局的工作人员能办这一件。" in (refused["answer"] or "")
