"""Claims: what is refused, and as which of its own errors the library raises it."""

from tests.bot.platforms.sandbox.calling import CITIZEN, GROUP, OTHER
from tests.bot.platforms.sandbox.conformance.scene import JPEG, KEYBOARD, Scene, claim


@claim("a chat that nobody knows is a bad request")
async def _(scene: Scene) -> None:
    refusal = await scene.refused("sendMessage", chat_id=77, text="x")
    assert (refusal.kind, refusal.words) == ("bad request", "chat not found")


@claim("writing first, to who blocked the bot, and where it was thrown out is forbidden")
async def _(scene: Scene) -> None:
    refusal = await scene.refused("sendMessage", chat_id=OTHER, text="x")
    assert (refusal.kind, "initiate conversation" in refusal.words) == ("forbidden", True)
    await scene.people.ask("POST", f"people/{CITIZEN}/block", blocked=True)
    refusal = await scene.refused("sendMessage", text="x")
    assert (refusal.kind, "blocked by the user" in refusal.words) == ("forbidden", True)
    await scene.people.ask("POST", f"chats/{GROUP}/members", person=1, status="kicked")
    refusal = await scene.refused("sendMessage", chat_id=GROUP, text="x")
    assert (refusal.kind, "kicked from the group chat" in refusal.words) == ("forbidden", True)


@claim("a text holds 4,096 UTF-16 units, not one more")
async def _(scene: Scene) -> None:
    assert await scene.call("sendMessage", text="😀" * 2048)
    assert (await scene.refused("sendMessage", text="😀" * 2048 + "x")).words == "message is too long"


@claim("a caption holds 1,024 UTF-16 units, not one more")
async def _(scene: Scene) -> None:
    assert await scene.call("sendPhoto", photo=JPEG, caption="😀" * 512)
    refusal = await scene.refused("sendPhoto", photo=JPEG, caption="😀" * 512 + "x")
    assert refusal.words == "message caption is too long"


@claim("a text of nothing but blanks is empty")
async def _(scene: Scene) -> None:
    assert (await scene.refused("sendMessage", text=" \n ")).words == "message text is empty"


@claim("markup that is none cannot be parsed")
async def _(scene: Scene) -> None:
    for text, mode in (("<3", "HTML"), ("1.5", "MarkdownV2")):
        assert (await scene.refused("sendMessage", text=text, parse_mode=mode)).words.startswith("can't parse entities")


@claim("callback data holds 64 bytes, of which a Chinese character takes three")
async def _(scene: Scene) -> None:
    for data, words in (("签" * 21 + "x", None), ("签" * 22, "button_data_invalid")):
        keyboard = {"inline_keyboard": [[{"text": "签收", "callback_data": data}]]}
        if words is None:
            assert await scene.call("sendMessage", text="x", reply_markup=keyboard)
        else:
            assert (await scene.refused("sendMessage", text="x", reply_markup=keyboard)).words == words


@claim("an edit that changes nothing is refused")
async def _(scene: Scene) -> None:
    sent = await scene.call("sendMessage", text="x", reply_markup=KEYBOARD)
    fields = {"message_id": sent["message_id"], "text": "x", "reply_markup": KEYBOARD}
    assert (await scene.refused("editMessageText", **fields)).words.startswith("message is not modified")


@claim("what is gone cannot be edited, deleted or answered, and what others wrote cannot be edited")
async def _(scene: Scene) -> None:
    assert (await scene.refused("editMessageText", message_id=5, text="x")).words == "message to edit not found"
    assert (await scene.refused("deleteMessage", message_id=5)).words == "message to delete not found"
    refusal = await scene.refused("sendMessage", text="x", reply_parameters={"message_id": 5})
    assert refusal.words == "message to be replied not found"
    said = await scene.people.say(CITIZEN, CITIZEN, "我的话")
    refusal = await scene.refused("editMessageText", message_id=said["message_id"], text="x")
    assert refusal.words == "message can't be edited"


@claim("a press that is over cannot be answered")
async def _(scene: Scene) -> None:
    assert (await scene.refused("answerCallbackQuery", callback_query_id="5")).words.startswith("query is too old")


@claim("an emoji that is no reaction is refused")
async def _(scene: Scene) -> None:
    said = await scene.people.say(CITIZEN, CITIZEN, "x")
    reaction = [{"type": "emoji", "emoji": "✅"}]
    refusal = await scene.refused("setMessageReaction", message_id=said["message_id"], reaction=reaction)
    assert refusal.words == "reaction_invalid"


@claim("the fourth message at once to a chat is too many, and says how long to wait", limits=True)
async def _(scene: Scene) -> None:
    for text in "一二三":
        await scene.call("sendMessage", text=text)
    refusal = await scene.refused("sendMessage", text="四")
    assert (refusal.kind, refusal.number) == ("too many requests", 3)


@claim("an album counts as many messages as it has parts, and edits count too", limits=True)
async def _(scene: Scene) -> None:
    sent = await scene.call("sendMessage", chat_id=GROUP, text="x")
    await scene.call("editMessageText", chat_id=GROUP, message_id=sent["message_id"], text="y")
    media = [{"type": "photo", "media": JPEG}] * 2
    assert (await scene.refused("sendMediaGroup", chat_id=GROUP, media=media)).kind == "too many requests"
    assert await scene.call("sendMessage", chat_id=GROUP, text="z")


@claim("a server that fails is a server's failure, not the caller's")
async def _(scene: Scene) -> None:
    await scene.people.ask("POST", "faults", method="sendMessage", status=502)
    assert (await scene.refused("sendMessage", text="x")).kind == "server"
    assert await scene.call("sendMessage", text="x")


@claim("an answer that is lost is the network's failure, and the message stands all the same")
async def _(scene: Scene) -> None:
    await scene.people.ask("POST", "faults", method="sendMessage", drop="after")
    assert (await scene.refused("sendMessage", text="到了")).kind == "network"
    assert (await scene.shown())[-1]["text"] == "到了"
