"""Claims: what a bot sends, edits, deletes, copies."""

import asyncio

from tests.bot.platforms.sandbox.calling import CITIZEN, GROUP, STAFF
from tests.bot.platforms.sandbox.conformance.scene import JPEG, KEYBOARD, Scene, claim


@claim("the bot is told who it is")
async def _(scene: Scene) -> None:
    me = await scene.call("getMe")
    assert (me["id"], me["is_bot"], me["username"]) == (1, True, "lianxin_bot")


@claim("HTML becomes entities, placed in UTF-16 units")
async def _(scene: Scene) -> None:
    sent = await scene.call("sendMessage", text="😀<b>急</b> &lt;3", parse_mode="HTML")
    assert (sent["text"], sent["entities"]) == ("😀急 <3", [{"type": "bold", "offset": 2, "length": 1}])


@claim("MarkdownV2 becomes entities")
async def _(scene: Scene) -> None:
    sent = await scene.call("sendMessage", text="*急* 1\\.5", parse_mode="MarkdownV2")
    assert (sent["text"], sent["entities"]) == ("急 1.5", [{"type": "bold", "offset": 0, "length": 1}])


@claim("entities that are given are kept")
async def _(scene: Scene) -> None:
    entity = {"type": "italic", "offset": 2, "length": 2}
    assert (await scene.call("sendMessage", text="😀好的", entities=[entity]))["entities"] == [entity]


@claim("a link preview may be switched off")
async def _(scene: Scene) -> None:
    sent = await scene.call("sendMessage", text="https://a.b/", link_preview_options={"is_disabled": True})
    assert sent["entities"][0]["type"] == "url"


@claim("a message has buttons, and a press is answered")
async def _(scene: Scene) -> None:
    sent = await scene.call("sendMessage", text="卡片", reply_markup=KEYBOARD)
    assert sent["reply_markup"] == KEYBOARD
    path = f"chats/{CITIZEN}/messages/{sent['message_id']}/press"
    pressing = asyncio.create_task(scene.people.ask("POST", path, from_=CITIZEN, button="签收"))
    [update] = await scene.client.call("getUpdates", timeout=10)
    press = update["callback_query"]
    assert (press["data"], press["from"]["id"], press["message"]["text"]) == ("claim", CITIZEN, "卡片")
    assert await scene.call("answerCallbackQuery", callback_query_id=press["id"], text="已签收", show_alert=True)
    assert await pressing == {"answer": "已签收", "alert": True}


@claim("a keyboard below the input field is shown and taken away")
async def _(scene: Scene) -> None:
    keyboard = {"keyboard": [[{"text": "提诉求"}]], "resize_keyboard": True}
    await scene.call("sendMessage", text="请选", reply_markup=keyboard)
    await scene.call("sendMessage", text="好", reply_markup={"remove_keyboard": True})
    _, offered, removed = await scene.shown()
    assert offered["reply_markup"]["keyboard"][0][0]["text"] == "提诉求"
    assert removed["reply_markup"]["remove_keyboard"] is True


@claim("a reply names what it answers, and a quote its place in UTF-16 units")
async def _(scene: Scene) -> None:
    said = await scene.people.say(CITIZEN, CITIZEN, "😀路灯坏了")
    target = {"message_id": said["message_id"], "quote": "路灯"}
    sent = await scene.call("sendMessage", text="就是这盏？", reply_parameters=target)
    assert sent["reply_to_message"]["text"] == "😀路灯坏了"
    assert (sent["quote"]["text"], sent["quote"]["position"]) == ("路灯", 2)


@claim("a reply whose target is gone goes alone if it may")
async def _(scene: Scene) -> None:
    target = {"message_id": 5, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await scene.call("sendMessage", text="x", reply_parameters=target)


@claim("an own text is edited, with its buttons")
async def _(scene: Scene) -> None:
    sent = await scene.call("sendMessage", text="旧", reply_markup=KEYBOARD)
    edited = await scene.call("editMessageText", message_id=sent["message_id"], text="新")
    assert (edited["text"], "edit_date" in edited, "reply_markup" in edited) == ("新", True, False)


@claim("buttons alone are edited")
async def _(scene: Scene) -> None:
    sent = await scene.call("sendMessage", text="卡片")
    edited = await scene.call("editMessageReplyMarkup", message_id=sent["message_id"], reply_markup=KEYBOARD)
    assert edited["reply_markup"] == KEYBOARD


@claim("a message is deleted, several at once too")
async def _(scene: Scene) -> None:
    sent = [await scene.call("sendMessage", text=text) for text in "一二三"]
    assert await scene.call("deleteMessage", message_id=sent[0]["message_id"])
    assert await scene.call("deleteMessages", message_ids=[one["message_id"] for one in sent[1:]])
    assert [message["text"] for message in await scene.shown()] == ["/start"]


@claim("a reaction is set and taken back")
async def _(scene: Scene) -> None:
    said = await scene.people.say(CITIZEN, CITIZEN, "谢谢")
    thumb = [{"type": "emoji", "emoji": "👍"}]
    assert await scene.call("setMessageReaction", message_id=said["message_id"], reaction=thumb)
    assert (await scene.shown())[-1]["reactions"] == [{"from": 1, "emoji": "👍"}]
    assert await scene.call("setMessageReaction", message_id=said["message_id"], reaction=[])
    assert (await scene.shown())[-1]["reactions"] == []


@claim("people see that the bot is typing")
async def _(scene: Scene) -> None:
    since = (await scene.people.ask("GET", f"events?as={CITIZEN}"))["seq"]
    assert await scene.call("sendChatAction", action="typing")
    [event] = (await scene.people.ask("GET", f"events?as={CITIZEN}&since={since}"))["events"]
    assert (event["type"], event["action"]) == ("typing", "typing")


@claim("a copy does not tell where it comes from, a forward does")
async def _(scene: Scene) -> None:
    said = await scene.people.say(CITIZEN, CITIZEN, "原话")
    where = {"chat_id": GROUP, "from_chat_id": CITIZEN, "message_id": said["message_id"]}
    assert (await scene.call("copyMessage", **where))["message_id"]
    forward = await scene.call("forwardMessage", **where)
    assert forward["forward_origin"]["sender_user"]["id"] == CITIZEN
    copy, _ = await scene.shown(GROUP, STAFF)
    assert (copy["text"], "forward_origin" in copy) == ("原话", False)


@claim("several messages are copied and forwarded at once")
async def _(scene: Scene) -> None:
    ids = [(await scene.people.say(CITIZEN, CITIZEN, text))["message_id"] for text in "一二"]
    where = {"chat_id": GROUP, "from_chat_id": CITIZEN, "message_ids": ids}
    assert len(await scene.call("copyMessages", **where)) == 2
    assert len(await scene.call("forwardMessages", **where)) == 2


@claim("what is protected says so and is not forwarded")
async def _(scene: Scene) -> None:
    sent = await scene.call("sendMessage", text="机密", protect_content=True)
    assert sent["has_protected_content"] is True
    fields = {"chat_id": GROUP, "from_chat_id": CITIZEN, "message_id": sent["message_id"]}
    assert (await scene.refused("forwardMessage", **fields)).words == "message can't be forwarded"


@claim("a place is sent, a named one too")
async def _(scene: Scene) -> None:
    point = {"latitude": 30.5, "longitude": 114.25}
    assert (await scene.call("sendLocation", **point))["location"]["latitude"] == 30.5
    venue = await scene.call("sendVenue", **point, title="广场", address="中山路 1 号")
    assert (venue["venue"]["title"], venue["location"]["longitude"]) == ("广场", 114.25)


@claim("a contact is sent")
async def _(scene: Scene) -> None:
    sent = await scene.call("sendContact", phone_number="13800000000", first_name="热线")
    assert (sent["contact"]["phone_number"], sent["contact"]["first_name"]) == ("13800000000", "热线")


@claim("a poll is sent and stopped")
async def _(scene: Scene) -> None:
    sent = await scene.call("sendPoll", question="修吗", options=["修", "不修"])
    assert [option["text"] for option in sent["poll"]["options"]] == ["修", "不修"]
    stopped = await scene.call("stopPoll", chat_id=CITIZEN, message_id=sent["message_id"])
    assert stopped["is_closed"] is True


@claim("a die is thrown")
async def _(scene: Scene) -> None:
    assert (await scene.call("sendDice", emoji="🎲"))["dice"]["value"] in range(1, 7)


@claim("commands, name and descriptions are kept")
async def _(scene: Scene) -> None:
    commands = [{"command": "start", "description": "开始"}]
    assert await scene.call("setMyCommands", commands=commands)
    assert await scene.call("getMyCommands") == commands
    assert await scene.call("setMyDescription", description="群众诉求")
    assert (await scene.call("getMyDescription"))["description"] == "群众诉求"
    assert (await scene.call("getMyName"))["name"] == "Lianxin"


@claim("a caption under a picture is sent and edited")
async def _(scene: Scene) -> None:
    sent = await scene.call("sendPhoto", photo=JPEG, caption="<i>旧</i>", parse_mode="HTML")
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("旧", "italic")
    edited = await scene.call("editMessageCaption", message_id=sent["message_id"], caption="新")
    assert (edited["caption"], "caption_entities" in edited) == ("新", False)
