"""Every kind of thing that Telegram lets people and bots send arrives as what it is."""

from typing import Any

import pytest
from aiogram.types import Update

CITIZEN, STAFF, GROUP = 1001, 3001, -2001
JPEG = ("a.jpg", "image/jpeg", b"picture")
PDF = ("a.pdf", "application/pdf", b"paper")


@pytest.fixture(autouse=True)
async def started(caller: Any) -> None:
    await caller.say(CITIZEN, CITIZEN, "/start")
    await caller.updates()


@pytest.mark.parametrize(
    ("kind", "file", "details"),
    [
        ("video_note", ("a.mp4", "video/mp4", b"round"), {"duration": 9, "length": 384}),
        ("animation", ("a.gif", "image/gif", b"moves"), {"duration": 3}),
        ("audio", ("a.mp3", "audio/mpeg", b"song"), {"duration": 200, "title": "夜曲", "performer": "田婶"}),
        ("sticker", ("a.webp", "image/webp", b"cat"), {"emoji": "👍"}),
        ("document", ("街道.docx", "application/msword", b"paper"), {}),
        ("voice", ("a.ogg", "audio/ogg", b"speech"), {"duration": 61}),
    ],
)
async def test_a_person_shows_a_file_of_each_kind(
    caller: Any, kind: str, file: tuple[str, str, bytes], details: dict[str, Any]
) -> None:
    said = await caller.show(CITIZEN, CITIZEN, file, kind=kind, **details)
    [update] = await caller.updates()
    Update.model_validate(update)
    assert {key: said[kind][key] for key in details} == details
    if kind in ("animation", "audio", "document"):
        assert said[kind]["file_name"] == file[0]


async def test_an_animation_is_told_as_a_document_too(caller: Any) -> None:
    said = await caller.show(CITIZEN, CITIZEN, ("a.gif", "image/gif", b"moves"))
    assert said["animation"]["file_id"] == said["document"]["file_id"]


async def test_a_file_may_be_called_larger_than_it_is(caller: Any) -> None:
    said = await caller.show(CITIZEN, CITIZEN, PDF, size=20 * 1024 * 1024 + 1)
    assert said["document"]["file_size"] == 20 * 1024 * 1024 + 1
    refusal = await caller.error("getFile", file_id=said["document"]["file_id"])
    assert refusal == "400 Bad Request: file is too big"
    again = await caller.result("sendDocument", chat_id=CITIZEN, document=said["document"]["file_id"])
    assert again["document"] == said["document"]


async def test_a_strange_name_of_a_file_is_kept(caller: Any) -> None:
    name = '<3 "好"\u202egpj.exe'
    said = await caller.show(CITIZEN, CITIZEN, PDF, kind="document", file_name=name)
    assert said["document"]["file_name"] == name


@pytest.mark.parametrize(
    "fields",
    [
        {"venue": {"latitude": 30.5, "longitude": 114.2, "title": "广场", "address": "中山路 1 号"}},
        {"poll": {"question": "修不修", "options": ["修", "不修"]}},
        {"dice": "🎲"},
    ],
)
async def test_a_person_posts_what_is_no_file(caller: Any, fields: dict[str, Any]) -> None:
    said = await caller.ask("POST", f"chats/{CITIZEN}/messages", from_=CITIZEN, **fields)
    [update] = await caller.updates()
    Update.model_validate(update)
    assert fields.keys() <= said.keys()


@pytest.mark.parametrize(
    ("kinds", "odd"),
    [
        (("photo", "video"), None),
        (("document", "document"), None),
        (("audio", "audio"), None),
        (("photo", "document"), "document"),
        (("document", "audio"), "document"),
        (("voice", "voice"), "voice"),
    ],
)
async def test_an_album_holds_only_what_goes_together(caller: Any, kinds: tuple[str, ...], odd: str | None) -> None:
    media = [{"type": kind, "media": f"attach://part{number}"} for number, kind in enumerate(kinds)]
    files = {f"part{number}": JPEG for number in range(len(kinds))}
    envelope = await caller.upload("sendMediaGroup", files, chat_id=CITIZEN, media=media)
    if odd is None:
        assert [kind in message for kind, message in zip(kinds, envelope["result"], strict=True)] == [True, True]
    elif odd == "voice":
        assert not envelope["ok"]
    else:
        assert envelope["description"] == f"Bad Request: {odd} can't be mixed with other media types"


async def test_people_make_albums_of_documents_but_not_of_a_photo_and_a_document(caller: Any) -> None:
    said = await caller.show(CITIZEN, CITIZEN, PDF, PDF, text="两份")
    one, two = [update["message"] for update in await caller.updates()]
    assert (said["caption"], one["media_group_id"]) == ("两份", two["media_group_id"])
    assert (await caller.show(CITIZEN, CITIZEN, JPEG, PDF))["error"].endswith("a document in it.")


async def test_a_person_edits_a_caption_and_a_picture(caller: Any) -> None:
    said = await caller.show(CITIZEN, CITIZEN, JPEG, text="旧")
    where = f"/{said['message_id']}"
    await caller.ask("PATCH", f"chats/{CITIZEN}/messages{where}", from_=CITIZEN, text="新")
    await caller.show(CITIZEN, CITIZEN, ("b.jpg", "image/jpeg", b"another"), verb="PATCH", at=where, text="更新")
    _, worded, shown = await caller.updates()
    assert (worded["edited_message"]["caption"], shown["edited_message"]["caption"]) == ("新", "更新")
    assert shown["edited_message"]["photo"][0]["file_id"] != said["photo"][0]["file_id"]


@pytest.mark.parametrize(
    ("method", "kind", "fields"),
    [
        ("sendVideoNote", "video_note", {"duration": 7, "length": 240}),
        ("sendAnimation", "animation", {"caption": "动"}),
        ("sendAudio", "audio", {"title": "歌", "performer": "人"}),
        ("sendDocument", "document", {"caption": "附件"}),
        ("sendVoice", "voice", {"duration": 3}),
        ("sendSticker", "sticker", {}),
    ],
)
async def test_a_bot_sends_each_kind_in_the_field_attached_and_by_id(
    caller: Any, method: str, kind: str, fields: dict[str, Any]
) -> None:
    direct = await caller.upload(method, {kind: PDF}, chat_id=CITIZEN, **fields)
    attached = await caller.upload(method, {"mine": PDF}, chat_id=CITIZEN, **{kind: "attach://mine"}, **fields)
    assert attached["ok"]
    file_id = direct["result"][kind]["file_id"]
    again = await caller.result(method, chat_id=CITIZEN, **{kind: file_id})
    assert again[kind] == direct["result"][kind]


async def test_a_bot_sends_a_venue_a_poll_and_a_die(caller: Any) -> None:
    where = {"latitude": 30.5, "longitude": 114.2, "title": "广场", "address": "中山路"}
    venue = await caller.result("sendVenue", chat_id=CITIZEN, **where)
    assert venue["location"] == venue["venue"]["location"]
    poll = await caller.result("sendPoll", chat_id=CITIZEN, question="修吗", options=["修", {"text": "不修"}])
    stopped = await caller.result("stopPoll", chat_id=CITIZEN, message_id=poll["message_id"])
    assert (stopped["question"], stopped["is_closed"]) == ("修吗", True)
    assert (await caller.result("sendDice", chat_id=CITIZEN))["dice"]["value"] in range(1, 7)


async def test_a_photo_cannot_be_sent_as_a_file_and_a_voice_stays_a_voice(caller: Any) -> None:
    photo = (await caller.show(CITIZEN, CITIZEN, JPEG))["photo"][0]["file_id"]
    voice = (await caller.show(CITIZEN, CITIZEN, ("a.ogg", "audio/ogg", b"x")))["voice"]["file_id"]
    refusal = await caller.error("sendDocument", chat_id=CITIZEN, document=photo)
    assert refusal == "400 Bad Request: can't use file of type Photo as Document"
    assert "voice" in await caller.result("sendDocument", chat_id=CITIZEN, document=voice)


async def test_a_bot_shows_another_file_in_its_message(caller: Any) -> None:
    sent = await caller.upload("sendPhoto", {"photo": JPEG}, chat_id=CITIZEN, caption="旧")
    where = {"chat_id": CITIZEN, "message_id": sent["result"]["message_id"]}
    media = {"type": "document", "media": "attach://new", "caption": "新"}
    edited = (await caller.upload("editMessageMedia", {"new": PDF}, media=media, **where))["result"]
    assert (edited["document"]["file_name"], edited["caption"], "photo" in edited) == ("a.pdf", "新", False)
    text = await caller.result("sendMessage", chat_id=CITIZEN, text="没有说明文字")
    refusal = await caller.error("editMessageCaption", chat_id=CITIZEN, message_id=text["message_id"], caption="x")
    assert refusal == "400 Bad Request: there is no caption in the message to edit"


async def test_what_is_protected_is_not_sent_on(caller: Any) -> None:
    sent = await caller.result("sendMessage", chat_id=CITIZEN, text="机密", protect_content=True)
    assert sent["has_protected_content"] is True
    fields = {"chat_id": GROUP, "from_chat_id": CITIZEN, "message_id": sent["message_id"]}
    assert await caller.error("forwardMessage", **fields) == "400 Bad Request: message can't be forwarded"
    assert await caller.error("copyMessage", **fields) == "400 Bad Request: message can't be copied"
    forward = {"chat": CITIZEN, "message": sent["message_id"]}
    status, _ = await caller.refused("POST", f"chats/{CITIZEN}/messages", from_=CITIZEN, forward=forward)
    assert status == 403


async def test_a_copied_album_is_a_new_album_and_a_forwarded_one_tells_its_origin(caller: Any) -> None:
    await caller.show(CITIZEN, CITIZEN, JPEG, JPEG, text="两张")
    parts = [update["message"] for update in await caller.updates()]
    which = {"chat_id": GROUP, "from_chat_id": CITIZEN, "message_ids": [part["message_id"] for part in parts]}
    await caller.result("copyMessages", remove_caption=True, **which)
    await caller.result("forwardMessages", **which)
    shown = await caller.ask("GET", f"chats/{GROUP}/messages?as={STAFF}")
    assert len({message["media_group_id"] for message in [*parts, *shown]}) == 3
    assert ["caption" in message for message in shown] == [False, False, True, False]
    assert [message.get("forward_origin", {}).get("type") for message in shown] == [None, None, "user", "user"]


async def test_a_forward_hides_whom_it_must_hide_and_keeps_the_first_origin(caller: Any) -> None:
    shy = await caller.ask("POST", "people", name="不露面", hides_forwards=True)
    said = await caller.say(shy["id"], shy["id"], "匿名的话")
    sent = await caller.result("forwardMessage", chat_id=GROUP, from_chat_id=shy["id"], message_id=said["message_id"])
    assert sent["forward_origin"] == {"type": "hidden_user", "sender_user_name": "不露面", "date": said["date"]}
    forward = {"chat": GROUP, "message": sent["message_id"]}
    again = await caller.ask("POST", f"chats/{STAFF}/messages", from_=STAFF, forward=forward)
    assert again["forward_origin"] == sent["forward_origin"]
    for update in await caller.updates():
        Update.model_validate(update)


@pytest.mark.parametrize(
    "fields",
    [
        {"venue": 5},
        {"venue": {"latitude": 1, "longitude": 2}},
        {"poll": {"question": "x", "options": []}},
        {"dice": "🎈"},
        {"location": {"latitude": "x"}},
        {"forward": {"chat": CITIZEN, "message": 5}},
        {"forward": {"chat": GROUP, "message": 5}},
    ],
)
async def test_what_no_phone_could_send_is_refused_in_a_sentence(caller: Any, fields: dict[str, Any]) -> None:
    status, answer = await caller.refused("POST", f"chats/{CITIZEN}/messages", from_=CITIZEN, **fields)
    assert (status // 100, answer["error"][-1]) == (4, ".")
