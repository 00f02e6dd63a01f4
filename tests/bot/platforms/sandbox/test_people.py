"""What people do in the sandbox, and what others and the bot get to see of it."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiogram.types import Update

from bot.platforms.sandbox import presses
from bot.platforms.sandbox.server import Sandbox

CITIZEN, OTHER, STAFF, COLLEAGUE, GROUP = 1001, 1002, 3001, 3002, -2001


async def test_the_private_chat_is_always_there_and_strangers_see_no_group(caller: Any) -> None:
    newcomer = await caller.ask("POST", "people", name="来客")
    assert newcomer == {"id": 10001, "name": "来客"}
    [private] = await caller.ask("GET", f"chats?as={newcomer['id']}")
    assert (private["id"], private["type"], private["members"]) == (10001, "private", [10001])
    status, _ = await caller.refused("GET", f"chats/{GROUP}/messages?as=10001")
    assert status == 403


async def test_a_new_group_has_the_bot_which_is_told(caller: Any) -> None:
    group = await caller.ask("POST", "chats", title="新群", members=[STAFF, CITIZEN])
    assert (group["type"], group["members"], group["bots"]) == ("group", [STAFF, CITIZEN], [1])
    joined, founded = await caller.updates()
    assert joined["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert founded["message"]["group_chat_created"] is True
    Update.model_validate(joined)


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("大家好", False),
        ("/help", True),
        ("/help@lianxin_bot", True),
        ("/help@other_bot", False),
        ("请看 @lianxin_bot", True),
        ("@lianxin_bots", False),
    ],
)
async def test_group_privacy_lets_the_bot_hear_only_what_is_meant_for_it(
    caller: Any, text: str, *, heard: bool
) -> None:
    await caller.say(GROUP, STAFF, text)
    assert len(await caller.updates()) == heard


async def test_an_administrator_bot_and_one_without_privacy_hear_everything(caller: Any) -> None:
    await caller.ask("POST", f"chats/{GROUP}/members", person=1, status="administrator")
    await caller.updates()
    await caller.say(GROUP, STAFF, "大家好")
    assert len(await caller.updates()) == 1
    group = await caller.ask("POST", "chats", title="公开", members=[STAFF], privacy=False)
    await caller.updates()
    await caller.say(group["id"], STAFF, "大家好")
    assert len(await caller.updates()) == 1


async def test_a_reply_to_the_bot_is_heard_and_a_reply_to_a_colleague_is_not(caller: Any) -> None:
    card = await caller.result("sendMessage", chat_id=GROUP, text="卡片")
    chatter = await caller.say(GROUP, COLLEAGUE, "这个归谁", reply_to=card["message_id"])
    assert [one["message"]["text"] for one in await caller.updates()] == ["这个归谁"]
    await caller.say(GROUP, STAFF, "归我", reply_to=chatter["message_id"])
    assert await caller.updates() == []


async def test_a_quote_is_placed_and_a_wrong_one_refused(caller: Any) -> None:
    first = await caller.say(CITIZEN, CITIZEN, "😀路灯坏了")
    answer = await caller.say(CITIZEN, CITIZEN, "就是", reply_to=first["message_id"], quote="路灯")
    assert answer["quote"] == {"text": "路灯", "position": 2, "is_manual": True}
    path = f"chats/{CITIZEN}/messages"
    status, _ = await caller.refused("POST", path, from_=CITIZEN, text="x", reply_to=first["message_id"], quote="无")
    assert status == 400


async def test_an_edit_is_shown_and_told(caller: Any) -> None:
    said = await caller.say(CITIZEN, CITIZEN, "路灯坏")
    await caller.updates()
    path = f"chats/{CITIZEN}/messages/{said['message_id']}"
    edited = await caller.ask("PATCH", path, from_=CITIZEN, text="路灯坏了")
    assert edited["text"] == "路灯坏了"
    assert "edit_date" in edited
    [update] = await caller.updates()
    assert update["edited_message"]["text"] == "路灯坏了"
    status, _ = await caller.refused("PATCH", path, from_=OTHER, text="别人的")
    assert status == 403


async def test_a_deleted_message_is_gone_and_no_bot_hears_of_it(caller: Any) -> None:
    said = await caller.say(CITIZEN, CITIZEN, "错了")
    await caller.updates()
    await caller.ask("DELETE", f"chats/{CITIZEN}/messages/{said['message_id']}", from_=CITIZEN)
    assert await caller.ask("GET", f"chats/{CITIZEN}/messages?as={CITIZEN}") == []
    assert await caller.updates() == []


async def test_an_administrator_deletes_what_the_bot_posted_and_others_do_not(caller: Any) -> None:
    card = await caller.result("sendMessage", chat_id=GROUP, text="卡片")
    path = f"chats/{GROUP}/messages/{card['message_id']}"
    status, _ = await caller.refused("DELETE", path, from_=COLLEAGUE)
    assert status == 403
    await caller.ask("DELETE", path, from_=STAFF)
    refusal = await caller.error("editMessageText", chat_id=GROUP, message_id=card["message_id"], text="x")
    assert refusal == "400 Bad Request: message to edit not found"
    await caller.say(CITIZEN, CITIZEN, "/start")
    sent = await caller.result("sendMessage", chat_id=CITIZEN, text="回执")
    await caller.ask("DELETE", f"chats/{CITIZEN}/messages/{sent['message_id']}", from_=CITIZEN)


async def test_an_anonymous_administrator_speaks_as_the_group(caller: Any) -> None:
    said = await caller.say(GROUP, STAFF, "/x", anonymous=True)
    assert (said["from"]["username"], said["sender_chat"]["id"]) == ("GroupAnonymousBot", GROUP)
    status, _ = await caller.refused("POST", f"chats/{GROUP}/messages", from_=COLLEAGUE, text="/x", anonymous=True)
    assert status == 403


async def test_several_files_make_an_album_with_a_caption(caller: Any) -> None:
    form = aiohttp.FormData({"from": str(CITIZEN), "text": "两张照片", "kind": "photo"})
    for content in (b"first", b"second"):
        form.add_field("file", content, filename="a.jpg", content_type="image/jpeg")
    async with caller.session.post(f"{caller.address}chats/{CITIZEN}/messages", data=form) as response:
        assert (await response.json())["caption"] == "两张照片"
    one, two = [update["message"] for update in await caller.updates()]
    assert one["media_group_id"] == two["media_group_id"]
    file_id = two["photo"][-1]["file_id"]
    path = (await caller.result("getFile", file_id=file_id))["file_path"]
    for address in (f"files/{file_id}", f"file/bot1:sandbox/{path}"):
        async with caller.session.get(caller.address + address) as response:
            assert await response.read() == b"second"


@pytest.mark.parametrize(
    ("mime", "kind"),
    [("audio/ogg", "voice"), ("video/mp4", "video"), ("application/pdf", "document"), ("image/svg+xml", "document")],
)
async def test_a_file_is_shown_as_what_it_is(caller: Any, mime: str, kind: str) -> None:
    form = aiohttp.FormData({"from": str(CITIZEN)})
    form.add_field("file", b"bytes", filename="file", content_type=mime)
    async with caller.session.post(f"{caller.address}chats/{CITIZEN}/messages", data=form) as response:
        assert (await response.json())[kind]["mime_type"] == mime
    [update] = await caller.updates()
    Update.model_validate(update)


async def test_a_place_and_a_contact_are_posted(caller: Any) -> None:
    path = f"chats/{CITIZEN}/messages"
    place = {"latitude": 30.5, "longitude": 114.25}
    assert (await caller.ask("POST", path, from_=CITIZEN, location=place))["location"] == place
    contact = {"phone_number": "13800000000", "user_id": CITIZEN}
    said = await caller.ask("POST", path, from_=CITIZEN, contact=contact)
    assert said["contact"] == {"first_name": "群众", **contact}
    for update in await caller.updates():
        Update.model_validate(update)


async def test_a_press_that_nobody_answers_ends_without_an_answer(caller: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presses, "PATIENCE", 0.05)
    keyboard = {"inline_keyboard": [[{"text": "签收", "callback_data": "claim"}, {"text": "看", "url": "https://a.b"}]]}
    card = await caller.result("sendMessage", chat_id=GROUP, text="卡片", reply_markup=keyboard)
    path = f"chats/{GROUP}/messages/{card['message_id']}/press"
    assert await caller.ask("POST", path, from_=STAFF, button="签收") == {"answer": None, "alert": False}
    opened = await caller.ask("POST", path, from_=STAFF, button="看")
    assert opened == {"answer": None, "alert": False, "url": "https://a.b"}
    [update] = await caller.updates()
    assert update["callback_query"]["data"] == "claim"
    Update.model_validate(update)
    status, answer = await caller.refused("POST", path, from_=STAFF, button="没有的")
    assert (status, "签收" in answer["error"]) == (404, True)


async def test_a_button_that_is_too_old_comes_without_its_message(caller: Any) -> None:
    keyboard = {"inline_keyboard": [[{"text": "签收", "callback_data": "claim"}]]}
    card = await caller.result("sendMessage", chat_id=GROUP, text="卡片", reply_markup=keyboard)
    path = f"chats/{GROUP}/messages/{card['message_id']}/press"
    pressing = asyncio.create_task(caller.ask("POST", path, from_=STAFF, button="签收", too_old=True))
    [update] = await caller.result("getUpdates", timeout=10)
    Update.model_validate(update)
    assert update["callback_query"]["message"] == {"chat": card["chat"], "message_id": card["message_id"], "date": 0}
    query = {"callback_query_id": update["callback_query"]["id"]}
    assert await caller.error("answerCallbackQuery", **query, text="长" * 201) == "400 Bad Request: MESSAGE_TOO_LONG"
    await caller.result("answerCallbackQuery", **query)
    assert await pressing == {"answer": None, "alert": False}


async def test_who_waits_for_messages_is_woken(caller: Any) -> None:
    said = await caller.say(CITIZEN, CITIZEN, "你好")
    after = f"chats/{CITIZEN}/messages?as={CITIZEN}&after={said['message_id']}&wait=30"
    waiting = asyncio.create_task(caller.ask("GET", after))
    await caller.result("sendMessage", chat_id=CITIZEN, text="您好")
    assert [message["text"] for message in await waiting] == ["您好"]


async def test_events_tell_people_what_happened_in_their_chats_only(caller: Any) -> None:
    since = (await caller.ask("GET", f"events?as={STAFF}"))["seq"]
    await caller.say(CITIZEN, CITIZEN, "秘密")
    card = await caller.result("sendMessage", chat_id=GROUP, text="卡片")
    await caller.result("sendChatAction", chat_id=GROUP, action="typing")
    await caller.result("editMessageText", chat_id=GROUP, message_id=card["message_id"], text="卡片二")
    react = f"chats/{GROUP}/messages/{card['message_id']}/react"
    await caller.ask("POST", react, from_=COLLEAGUE, emoji="👍")
    await caller.result("deleteMessage", chat_id=GROUP, message_id=card["message_id"])
    happened = await caller.ask("GET", f"events?as={STAFF}&since={since}&wait=5")
    kinds = [event["type"] for event in happened["events"]]
    assert kinds == ["message", "typing", "edited", "reaction", "deleted"]
    assert {event["chat_id"] for event in happened["events"]} == {GROUP}
    assert happened["events"][-1]["message_id"] == card["message_id"]
    assert happened["seq"] == happened["events"][-1]["seq"]


async def test_joining_and_leaving_are_told(caller: Any) -> None:
    await caller.ask("POST", f"chats/{GROUP}/members", person=CITIZEN, status="member")
    assert GROUP in [chat["id"] for chat in await caller.ask("GET", f"chats?as={CITIZEN}")]
    await caller.ask("POST", f"chats/{GROUP}/members", person=CITIZEN, status="left")
    assert GROUP not in [chat["id"] for chat in await caller.ask("GET", f"chats?as={CITIZEN}")]
    came, went = [update["message"] for update in await caller.updates()]
    assert (came["new_chat_members"][0]["id"], went["left_chat_member"]["id"]) == (CITIZEN, CITIZEN)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"from": 1001, "text": 5}',
        '{"from": 1001, "reply_to": "x", "text": "y"}',
        '{"from": 1001}',
        '{"from": "x", "text": "y"}',
        '{"text": "y"}',
    ],
)
async def test_a_broken_request_is_answered_in_a_sentence(caller: Any, body: str) -> None:
    async with caller.session.post(f"{caller.address}chats/{CITIZEN}/messages", data=body) as response:
        assert (response.status, (await response.json())["error"][-1]) == (400, ".")


async def test_half_a_character_is_refused(caller: Any) -> None:
    body = json.dumps({"from": CITIZEN, "text": "\ud800"})
    async with caller.session.post(f"{caller.address}chats/{CITIZEN}/messages", data=body) as response:
        assert response.status == 400


async def test_the_clock_is_moved_where_there_is_one(caller: Any, sandbox: Sandbox) -> None:
    assert (await caller.refused("POST", "clock", advance="P3D"))[0] == 404
    steps: list[timedelta] = []

    async def advance(step: timedelta) -> None:
        steps.append(step)

    sandbox.advance_clock = advance
    await caller.ask("POST", "clock", advance="P3D")
    assert steps == [timedelta(days=3)]
    assert (await caller.refused("POST", "clock", advance="soon"))[0] == 400


async def test_what_is_said_after_the_clock_was_moved_bears_the_later_time(caller: Any, sandbox: Sandbox) -> None:
    async def advance(_step: timedelta) -> None: ...

    sandbox.advance_clock = advance
    before = await caller.ask("POST", f"chats/{CITIZEN}/messages", **{"from": CITIZEN, "text": "早"})
    await caller.ask("POST", "clock", advance="P3D")
    after = await caller.ask("POST", f"chats/{CITIZEN}/messages", **{"from": CITIZEN, "text": "晚"})
    assert 0 <= after["date"] - before["date"] - 3 * 86_400 < 60


async def test_the_page_is_served_fresh_and_nothing_outside_it(caller: Any) -> None:
    async with caller.session.get(caller.address) as response:
        assert response.status == 200
    async with caller.session.get(f"{caller.address}static/%2e%2e/server.py") as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("verb", "path", "fields"),
    [
        ("POST", "chats", {"title": "x", "members": 5}),
        ("POST", "chats", {"title": "x", "members": []}),
        ("POST", "chats", {"title": "x", "members": [3001], "bots": ["y"]}),
        ("GET", "events?as=3001&since=x", {}),
        ("GET", "chats/1001/messages?after=x", {}),
        ("GET", "chats/1001/messages?wait=x", {}),
        ("POST", f"chats/{GROUP}/members", {"person": 3001, "status": "emperor"}),
        ("POST", "people/1001/block", {"bot": "x"}),
        ("POST", "faults", {"method": "*", "delay": "x"}),
    ],
)
async def test_a_wrong_field_is_answered_in_a_sentence(
    caller: Any, verb: str, path: str, fields: dict[str, Any]
) -> None:
    status, answer = await caller.refused(verb, path, **fields)
    assert (status, set(answer)) == (400, {"error"})
