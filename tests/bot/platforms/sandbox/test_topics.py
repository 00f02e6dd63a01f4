"""Forums: topics opened, closed and deleted on either face, and where messages stand in them."""

from typing import Any

import pytest
from aiogram.types import Update

CITIZEN, STAFF, COLLEAGUE, GROUP = 1001, 3001, 3002, -2001


@pytest.fixture
async def forum(caller: Any) -> int:
    """A forum whose founder is STAFF; the bot is an ordinary member."""
    chat = await caller.ask("POST", "chats", title="话题群", members=[STAFF, COLLEAGUE], is_forum=True)
    assert (chat["type"], chat["is_forum"], chat["topics"][0]["name"]) == ("supergroup", True, "General")
    await caller.updates()
    return int(chat["id"])


@pytest.fixture
async def led(caller: Any, forum: int) -> int:
    """The same forum, the bot its administrator."""
    await caller.ask("POST", f"chats/{forum}/members", person=1, status="administrator")
    await caller.updates()
    return forum


@pytest.fixture
async def topic(caller: Any, forum: int) -> int:
    return int((await caller.ask("POST", f"chats/{forum}/topics", name="供水公司"))["id"])


async def test_a_topic_opened_by_a_person_is_told_by_a_message_of_its_own_id(caller: Any, forum: int) -> None:
    topic = await caller.ask("POST", f"chats/{forum}/topics", name="供水公司")
    [update] = await caller.updates()
    Update.model_validate(update)
    opened = update["message"]
    assert opened["forum_topic_created"]["name"] == "供水公司"
    assert topic["id"] == opened["message_id"] == opened["message_thread_id"]
    assert (opened["is_topic_message"], opened["chat"]["is_forum"]) == (True, True)


async def test_what_answers_nothing_in_a_topic_seems_to_answer_its_first_message(
    caller: Any, led: int, topic: int
) -> None:
    said = await caller.say(led, COLLEAGUE, "大家好", thread=topic)
    assert said["reply_to_message"]["message_id"] == said["message_thread_id"] == topic
    assert "forum_topic_created" in said["reply_to_message"]
    answer = await caller.say(led, STAFF, "收到", reply_to=said["message_id"])
    assert (answer["message_thread_id"], answer["reply_to_message"]["text"]) == (topic, "大家好")
    for update in await caller.updates():
        Update.model_validate(update)


async def test_general_has_no_thread(caller: Any, forum: int) -> None:
    said = await caller.say(forum, STAFF, "/help")
    assert not {"message_thread_id", "is_topic_message", "reply_to_message"} & said.keys()
    sent = await caller.result("sendMessage", chat_id=forum, text="x")
    assert "message_thread_id" not in sent
    refusal = await caller.error("sendMessage", chat_id=forum, text="x", message_thread_id=1)
    assert refusal == "400 Bad Request: message thread not found"


async def test_a_bot_writes_and_answers_in_a_topic(caller: Any, forum: int, topic: int) -> None:
    sent = await caller.result("sendMessage", chat_id=forum, text="卡片", message_thread_id=topic)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    target = {"message_id": sent["message_id"]}
    answer = await caller.result("sendMessage", chat_id=forum, text="补充", reply_parameters=target)
    assert (answer["message_thread_id"], answer["reply_to_message"]["text"]) == (topic, "卡片")


async def test_only_a_true_answer_in_a_topic_of_the_bot_is_heard(caller: Any, led: int) -> None:
    topic = (await caller.result("createForumTopic", chat_id=led, name="群众"))["message_thread_id"]
    await caller.ask("POST", f"chats/{led}/members", person=1, status="member")
    card = await caller.result("sendMessage", chat_id=led, text="卡片", message_thread_id=topic)
    await caller.updates()
    await caller.say(led, STAFF, "闲聊", thread=topic)
    await caller.say(led, STAFF, "答复", reply_to=card["message_id"])
    assert [update["message"]["text"] for update in await caller.updates()] == ["答复"]


async def test_a_deleted_topic_is_gone_with_its_messages_and_refuses_more(caller: Any, forum: int, topic: int) -> None:
    await caller.say(forum, STAFF, "会没的", thread=topic)
    await caller.ask("DELETE", f"chats/{forum}/topics/{topic}")
    shown = await caller.ask("GET", f"chats/{forum}/messages?as={STAFF}")
    assert [message for message in shown if message.get("message_thread_id") == topic] == []
    refusal = await caller.error("sendMessage", chat_id=forum, text="x", message_thread_id=topic)
    assert refusal == "400 Bad Request: message thread not found"
    status, _ = await caller.refused("POST", f"chats/{forum}/messages", from_=STAFF, text="x", thread=topic)
    assert status == 404


async def test_a_closed_topic_lets_only_administrators_write(caller: Any, forum: int, topic: int) -> None:
    await caller.ask("POST", f"chats/{forum}/topics/{topic}/close")
    to_it = {"chat_id": forum, "text": "x", "message_thread_id": topic}
    assert await caller.error("sendMessage", **to_it) == "400 Bad Request: TOPIC_CLOSED"
    status, _ = await caller.refused("POST", f"chats/{forum}/messages", from_=COLLEAGUE, text="x", thread=topic)
    assert status == 403
    await caller.say(forum, STAFF, "管理员可以", thread=topic)
    await caller.ask("POST", f"chats/{forum}/members", person=1, status="administrator")
    assert (await caller.result("sendMessage", **to_it))["message_thread_id"] == topic


async def test_a_reopened_topic_takes_messages_again(caller: Any, forum: int, topic: int) -> None:
    await caller.ask("POST", f"chats/{forum}/topics/{topic}/close")
    await caller.ask("POST", f"chats/{forum}/topics/{topic}/reopen")
    assert await caller.result("sendMessage", chat_id=forum, text="x", message_thread_id=topic)
    kinds = [
        update["message"].keys() & {"forum_topic_closed", "forum_topic_reopened"} for update in await caller.updates()
    ]
    assert kinds == [set(), {"forum_topic_closed"}, {"forum_topic_reopened"}]


async def test_a_bot_leads_topics_as_an_administrator_only(caller: Any, forum: int, topic: int) -> None:
    refusal = await caller.error("createForumTopic", chat_id=forum, name="x")
    assert refusal == "400 Bad Request: not enough rights to create a topic"
    refusal = await caller.error("closeForumTopic", chat_id=forum, message_thread_id=topic)
    assert refusal == "400 Bad Request: not enough rights to edit the topic"
    assert await caller.error("createForumTopic", chat_id=GROUP, name="x") == "400 Bad Request: the chat is not a forum"


async def test_a_bot_opens_renames_closes_reopens_and_deletes_a_topic(caller: Any, led: int) -> None:
    opened = await caller.result("createForumTopic", chat_id=led, name="一号")
    where = {"chat_id": led, "message_thread_id": opened["message_thread_id"]}
    assert await caller.result("editForumTopic", **where, name="二号")
    assert await caller.result("closeForumTopic", **where)
    assert await caller.error("closeForumTopic", **where) == "400 Bad Request: TOPIC_NOT_MODIFIED"
    [_, shown] = await caller.ask("GET", f"chats/{led}/topics")
    assert shown == {"id": opened["message_thread_id"], "name": "二号", "closed": True}
    assert await caller.result("reopenForumTopic", **where)
    assert await caller.result("deleteForumTopic", **where)
    assert await caller.error("editForumTopic", **where, name="x") == "400 Bad Request: TOPIC_ID_INVALID"


async def test_general_is_renamed_closed_and_hidden_by_methods_of_its_own(caller: Any, led: int) -> None:
    assert await caller.result("editGeneralForumTopic", chat_id=led, name="大厅")
    assert await caller.result("closeGeneralForumTopic", chat_id=led)
    status, _ = await caller.refused("POST", f"chats/{led}/messages", from_=COLLEAGUE, text="x")
    assert status == 403
    assert await caller.result("hideGeneralForumTopic", chat_id=led)
    assert await caller.result("unhideGeneralForumTopic", chat_id=led)
    assert await caller.result("reopenGeneralForumTopic", chat_id=led)
    await caller.say(led, COLLEAGUE, "又开了")


async def test_what_was_meant_for_a_topic_may_be_made_to_land_in_general(caller: Any, forum: int, topic: int) -> None:
    await caller.ask("POST", "faults", method="sendMessage", general=True)
    sent = [await caller.result("sendMessage", chat_id=forum, text="x", message_thread_id=topic) for _ in range(2)]
    assert [message.get("message_thread_id") for message in sent] == [None, topic]


async def test_an_answer_in_a_supergroup_names_a_thread_that_is_no_topic(caller: Any) -> None:
    group = await caller.ask("POST", "chats", title="大群", members=[STAFF], type="supergroup")
    first = await caller.say(group["id"], STAFF, "一")
    second = await caller.say(group["id"], STAFF, "二", reply_to=first["message_id"])
    third = await caller.say(group["id"], STAFF, "三", reply_to=second["message_id"])
    assert [one.get("message_thread_id") for one in (first, second, third)] == [None] + [first["message_id"]] * 2
    assert "is_topic_message" not in third


async def test_a_group_that_is_no_forum_has_no_topics(caller: Any) -> None:
    status, answer = await caller.refused("POST", f"chats/{GROUP}/topics", name="x")
    assert (status, answer["error"]) == (400, "This chat is no forum; found one with is_forum.")
    refusal = await caller.error("sendMessage", chat_id=GROUP, text="x", message_thread_id=5)
    assert refusal == "400 Bad Request: message thread not found"


async def test_a_group_can_become_a_forum_when_it_becomes_a_supergroup(caller: Any) -> None:
    fresh = (await caller.ask("POST", f"chats/{GROUP}/upgrade", is_forum=True))["id"]
    topic = await caller.ask("POST", f"chats/{fresh}/topics", name="供水公司")
    renamed = await caller.ask("PATCH", f"chats/{fresh}/topics/{topic['id']}", name="自来水")
    assert renamed["name"] == "自来水"
