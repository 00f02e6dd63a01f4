"""Claims: groups, who is in them, forums, supergroups, channels."""

from typing import Any

from tests.bot.platforms.sandbox.calling import CITIZEN, COLLEAGUE, GROUP, STAFF
from tests.bot.platforms.sandbox.conformance.scene import Scene, claim


async def _seat(scene: Scene, person: int, status: str, chat: int = GROUP) -> None:
    await scene.people.ask("POST", f"chats/{chat}/members", person=person, status=status)


async def _found(scene: Scene, *, led: bool = True, **fields: Any) -> int:
    """Found a chat of STAFF and COLLEAGUE, the bot its administrator."""
    fields = {"title": "新群", "members": [STAFF, COLLEAGUE], **fields}
    chat = int((await scene.people.ask("POST", "chats", **fields))["id"])
    if led:
        await _seat(scene, 1, "administrator", chat)
    await scene.updates()
    return chat


@claim("with privacy on, only commands, mentions and true answers are heard")
async def _(scene: Scene) -> None:
    card = await scene.call("sendMessage", chat_id=GROUP, text="卡片")
    await scene.people.say(GROUP, STAFF, "闲聊")
    await scene.people.say(GROUP, STAFF, "/todo")
    await scene.people.say(GROUP, STAFF, "@lianxin_bot 在吗")
    await scene.people.say(GROUP, STAFF, "办好了", reply_to=card["message_id"])
    heard = [update["message"]["text"] for update in await scene.updates()]
    assert heard == ["/todo", "@lianxin_bot 在吗", "办好了"]


@claim("chat, members and administrators are read")
async def _(scene: Scene) -> None:
    assert (await scene.call("getChat", chat_id=GROUP))["title"] == "城市管理局"
    assert (await scene.call("getChatMember", chat_id=GROUP, user_id=COLLEAGUE))["status"] == "member"
    [chief] = await scene.call("getChatAdministrators", chat_id=GROUP)
    assert (chief["status"], chief["user"]["id"]) == ("creator", STAFF)
    assert await scene.call("getChatMemberCount", chat_id=GROUP) == 3


@claim("the bot is told when it is added, led up, thrown out and added again")
async def _(scene: Scene) -> None:
    for status in ("administrator", "kicked", "member"):
        await _seat(scene, 1, status)
        assert (await scene.told("my_chat_member"))["new_chat_member"]["status"] == status


@claim("comings and goings of people are told by service messages")
async def _(scene: Scene) -> None:
    await _seat(scene, CITIZEN, "member")
    await _seat(scene, CITIZEN, "left")
    came, went = [update["message"] for update in await scene.updates()]
    assert (came["new_chat_members"][0]["id"], went["left_chat_member"]["id"]) == (CITIZEN, CITIZEN)


@claim("a bot that leads and asks is told of every change of a seat")
async def _(scene: Scene) -> None:
    await _seat(scene, 1, "administrator")
    await scene.updates(allowed_updates=["chat_member"])
    await scene.updates()
    await _seat(scene, CITIZEN, "member")
    change = await scene.told("chat_member")
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("left", "member")


@claim("a leading bot bans, lets in again, promotes")
async def _(scene: Scene) -> None:
    group = await _found(scene)
    assert await scene.call("banChatMember", chat_id=group, user_id=COLLEAGUE)
    assert await scene.call("unbanChatMember", chat_id=group, user_id=COLLEAGUE)
    await _seat(scene, COLLEAGUE, "member", group)
    assert await scene.call("promoteChatMember", chat_id=group, user_id=COLLEAGUE, can_pin_messages=True)
    member = await scene.call("getChatMember", chat_id=group, user_id=COLLEAGUE)
    assert (member["status"], member["can_pin_messages"]) == ("administrator", True)


@claim("a leading bot pins and takes the pin out")
async def _(scene: Scene) -> None:
    group = await _found(scene)
    sent = await scene.call("sendMessage", chat_id=group, text="须知")
    assert await scene.call("pinChatMessage", chat_id=group, message_id=sent["message_id"])
    assert (await scene.call("getChat", chat_id=group))["pinned_message"]["text"] == "须知"
    assert await scene.call("unpinChatMessage", chat_id=group, message_id=sent["message_id"])


@claim("a bot leaves a group")
async def _(scene: Scene) -> None:
    assert await scene.call("leaveChat", chat_id=GROUP)
    assert (await scene.refused("sendMessage", chat_id=GROUP, text="x")).kind == "forbidden"


@claim("an anonymous administrator speaks as the group")
async def _(scene: Scene) -> None:
    await scene.people.say(GROUP, STAFF, "/todo", anonymous=True)
    message = await scene.told()
    assert (message["sender_chat"]["id"], message["from"]["username"]) == (GROUP, "GroupAnonymousBot")


@claim("who speaks as a channel is told as that channel")
async def _(scene: Scene) -> None:
    channel = await _found(scene, led=False, type="channel")
    await scene.people.say(GROUP, STAFF, "/todo", sender_chat=channel)
    message = await scene.told()
    assert (message["sender_chat"]["type"], message["sender_chat"]["id"]) == ("channel", channel)


@claim("a channel post has no sender, and goes on to the linked group")
async def _(scene: Scene) -> None:
    await _seat(scene, 1, "administrator")
    channel = await _found(scene, led=False, type="channel", linked=GROUP)
    await scene.people.say(channel, STAFF, "公告")
    posted, forwarded = await scene.updates()
    assert ("from" in posted["channel_post"], posted["channel_post"]["chat"]["id"]) == (False, channel)
    assert forwarded["message"]["is_automatic_forward"] is True


@claim("a group that becomes a supergroup tells both ids, by messages and by the refusal of the old one")
async def _(scene: Scene) -> None:
    fresh = (await scene.people.ask("POST", f"chats/{GROUP}/upgrade"))["id"]
    left, came = [update["message"] for update in await scene.updates()]
    assert (left["migrate_to_chat_id"], came["migrate_from_chat_id"]) == (fresh, GROUP)
    refusal = await scene.refused("sendMessage", chat_id=GROUP, text="x")
    assert (refusal.kind, refusal.number) == ("moved", fresh)
    assert (await scene.call("sendMessage", chat_id=fresh, text="x"))["chat"]["type"] == "supergroup"


@claim("a bot opens, renames, closes, reopens and deletes a topic")
async def _(scene: Scene) -> None:
    forum = await _found(scene, is_forum=True)
    topic = await scene.call("createForumTopic", chat_id=forum, name="供水公司")
    where = {"chat_id": forum, "message_thread_id": topic["message_thread_id"]}
    assert await scene.call("editForumTopic", **where, name="自来水")
    for method in ("closeForumTopic", "reopenForumTopic", "deleteForumTopic"):
        assert await scene.call(method, **where)


@claim("in a topic, what answers nothing seems to answer the message that opened it")
async def _(scene: Scene) -> None:
    forum = await _found(scene, is_forum=True)
    topic = (await scene.people.ask("POST", f"chats/{forum}/topics", name="供水公司"))["id"]
    await scene.people.say(forum, STAFF, "大家好", thread=topic)
    opened, said = [update["message"] for update in await scene.updates()]
    assert opened["forum_topic_created"]["name"] == "供水公司"
    assert said["reply_to_message"]["message_id"] == said["message_thread_id"] == topic
    assert said["is_topic_message"] is True
    sent = await scene.call("sendMessage", chat_id=forum, text="卡片", message_thread_id=topic)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)


@claim("General has no thread")
async def _(scene: Scene) -> None:
    forum = await _found(scene, is_forum=True)
    sent = await scene.call("sendMessage", chat_id=forum, text="x")
    assert not {"message_thread_id", "is_topic_message"} & sent.keys()


@claim("a deleted topic and a closed one refuse, in different words")
async def _(scene: Scene) -> None:
    forum = await _found(scene, led=False, is_forum=True)
    topics = [(await scene.people.ask("POST", f"chats/{forum}/topics", name=name))["id"] for name in "一二"]
    await scene.people.ask("DELETE", f"chats/{forum}/topics/{topics[0]}")
    await scene.people.ask("POST", f"chats/{forum}/topics/{topics[1]}/close")
    words = [
        (await scene.refused("sendMessage", chat_id=forum, text="x", message_thread_id=topic)).words for topic in topics
    ]
    assert words == ["message thread not found", "topic_closed"]


@claim("what was meant for a topic may land in General, and says so by its missing thread")
async def _(scene: Scene) -> None:
    forum = await _found(scene, is_forum=True)
    topic = (await scene.people.ask("POST", f"chats/{forum}/topics", name="供水公司"))["id"]
    await scene.people.ask("POST", "faults", method="sendMessage", general=True)
    sent = await scene.call("sendMessage", chat_id=forum, text="卡片", message_thread_id=topic)
    assert "message_thread_id" not in sent
