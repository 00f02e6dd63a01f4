"""Claims: what people say and do, as the library reads it."""

from typing import Any

from tests.bot.platforms.sandbox.calling import CITIZEN, GROUP
from tests.bot.platforms.sandbox.conformance.scene import Scene, claim

_PATH = f"chats/{CITIZEN}/messages"


async def _showing(scene: Scene, name: str, mime: str, **fields: Any) -> Any:
    await scene.people.show(CITIZEN, CITIZEN, (name, mime, b"bytes"), **fields)
    return await scene.told()


@claim("a text arrives with its sender, chat and commands")
async def _(scene: Scene) -> None:
    await scene.people.say(CITIZEN, CITIZEN, "/help 😀")
    message = await scene.told()
    assert (message["from"]["first_name"], message["chat"]["type"]) == ("群众", "private")
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]


@claim("a text of 2,048 emoji arrives, and no phone sends a longer one")
async def _(scene: Scene) -> None:
    status, _ = await scene.people.refused("POST", _PATH, from_=CITIZEN, text="😀" * 2049)
    assert status == 400
    await scene.people.say(CITIZEN, CITIZEN, "😀" * 2048)
    assert len((await scene.told())["text"]) == 2048


@claim("an edit arrives as an edited message")
async def _(scene: Scene) -> None:
    said = await scene.people.say(CITIZEN, CITIZEN, "路灯坏")
    await scene.updates()
    await scene.people.ask("PATCH", f"{_PATH}/{said['message_id']}", from_=CITIZEN, text="路灯坏了")
    edited = await scene.told("edited_message")
    assert (edited["text"], edited["message_id"]) == ("路灯坏了", said["message_id"])


@claim("a caption and a picture that were edited arrive as an edited message")
async def _(scene: Scene) -> None:
    said = await scene.people.show(CITIZEN, CITIZEN, ("a.jpg", "image/jpeg", b"x"), text="旧")
    await scene.updates()
    where = f"/{said['message_id']}"
    await scene.people.show(CITIZEN, CITIZEN, ("b.jpg", "image/jpeg", b"y"), verb="PATCH", at=where, text="新")
    edited = await scene.told("edited_message")
    assert (edited["caption"], edited["photo"] != said["photo"]) == ("新", True)


@claim("a reply and a quote arrive")
async def _(scene: Scene) -> None:
    sent = await scene.call("sendMessage", text="请补充地点")
    await scene.people.say(CITIZEN, CITIZEN, "村口", reply_to=sent["message_id"], quote="地点")
    message = await scene.told()
    assert (message["reply_to_message"]["from"]["id"], message["quote"]["position"]) == (1, 3)


@claim("a photo with a caption arrives")
async def _(scene: Scene) -> None:
    message = await _showing(scene, "a.jpg", "image/jpeg", text="路灯")
    assert (message["caption"], message["photo"][-1]["file_size"]) == ("路灯", 5)


@claim("an album arrives as several messages of one group")
async def _(scene: Scene) -> None:
    await scene.people.show(CITIZEN, CITIZEN, *[("a.jpg", "image/jpeg", b"x")] * 3, text="三张")
    parts = [update["message"] for update in await scene.updates()]
    assert (len(parts), len({part["media_group_id"] for part in parts})) == (3, 1)
    assert ["caption" in part for part in parts] == [True, False, False]


@claim("a voice arrives with its duration")
async def _(scene: Scene) -> None:
    assert (await _showing(scene, "a.ogg", "audio/ogg", duration=61))["voice"]["duration"] == 61


@claim("a video and a video note arrive")
async def _(scene: Scene) -> None:
    assert (await _showing(scene, "a.mp4", "video/mp4"))["video"]["mime_type"] == "video/mp4"
    note = (await _showing(scene, "a.mp4", "video/mp4", kind="video_note", length=240))["video_note"]
    assert note["length"] == 240


@claim("an animation arrives as a document too")
async def _(scene: Scene) -> None:
    message = await _showing(scene, "a.gif", "image/gif")
    assert message["animation"]["file_id"] == message["document"]["file_id"]


@claim("an audio arrives with title and performer")
async def _(scene: Scene) -> None:
    audio = (await _showing(scene, "a.mp3", "audio/mpeg", title="夜曲", performer="田婶"))["audio"]
    assert (audio["title"], audio["performer"], audio["file_name"]) == ("夜曲", "田婶", "a.mp3")


@claim("a document arrives with its name and type")
async def _(scene: Scene) -> None:
    document = (await _showing(scene, "街道.pdf", "application/pdf"))["document"]
    assert (document["file_name"], document["mime_type"]) == ("街道.pdf", "application/pdf")


@claim("a sticker arrives with its emoji")
async def _(scene: Scene) -> None:
    sticker = (await _showing(scene, "a.webp", "image/webp", kind="sticker", emoji="👍"))["sticker"]
    assert (sticker["emoji"], sticker["type"]) == ("👍", "regular")


@claim("a place, a named place and a contact arrive")
async def _(scene: Scene) -> None:
    point = {"latitude": 30.5, "longitude": 114.25}
    await scene.people.ask("POST", _PATH, from_=CITIZEN, location=point)
    await scene.people.ask("POST", _PATH, from_=CITIZEN, venue={**point, "title": "广场", "address": "中山路"})
    contact = {"phone_number": "13800000000", "user_id": CITIZEN}
    await scene.people.ask("POST", _PATH, from_=CITIZEN, contact=contact)
    place, venue, card = [update["message"] for update in await scene.updates()]
    assert (place["location"]["latitude"], venue["venue"]["title"]) == (30.5, "广场")
    assert (card["contact"]["user_id"], card["contact"]["phone_number"]) == (CITIZEN, "13800000000")


@claim("a poll and a die arrive, for a bot to refuse")
async def _(scene: Scene) -> None:
    await scene.people.ask("POST", _PATH, from_=CITIZEN, poll={"question": "修吗", "options": ["修", "不"]})
    await scene.people.ask("POST", _PATH, from_=CITIZEN, dice="🎲")
    poll, die = [update["message"] for update in await scene.updates()]
    assert (poll["poll"]["question"], die["dice"]["emoji"]) == ("修吗", "🎲")


@claim("a forwarded message tells its origin, or only a name where that is hidden")
async def _(scene: Scene) -> None:
    for name, hides in (("大方", False), ("不露面", True)):
        person = await scene.people.ask("POST", "people", name=name, hides_forwards=hides)
        await scene.people.ask("POST", f"chats/{GROUP}/members", person=person["id"], status="member")
        said = await scene.people.say(GROUP, person["id"], "群里的话")
        await scene.people.ask("POST", f"chats/{GROUP}/members", person=CITIZEN, status="member")
        await scene.updates()
        forward = {"chat": GROUP, "message": said["message_id"]}
        await scene.people.ask("POST", _PATH, from_=CITIZEN, forward=forward)
        origin = (await scene.told())["forward_origin"]
        assert origin["type"] == ("hidden_user" if hides else "user")
        assert (origin.get("sender_user_name") or origin["sender_user"]["first_name"]) == name


@claim("a reaction is told to who asks for reactions")
async def _(scene: Scene) -> None:
    sent = await scene.call("sendMessage", text="答复")
    await scene.updates(allowed_updates=["message", "message_reaction"])
    await scene.people.ask("POST", f"{_PATH}/{sent['message_id']}/react", from_=CITIZEN, emoji="👍")
    reaction = await scene.told("message_reaction")
    assert [one["emoji"] for one in reaction["new_reaction"]] == ["👍"]


@claim("blocking and unblocking the bot are told")
async def _(scene: Scene) -> None:
    for blocked, status in ((True, "kicked"), (False, "member")):
        await scene.people.ask("POST", f"people/{CITIZEN}/block", blocked=blocked)
        assert (await scene.told("my_chat_member"))["new_chat_member"]["status"] == status
