"""The Bot API reads every form of request and refuses in Telegram's words."""

import json
from typing import Any

import aiohttp
import pytest

CITIZEN, OTHER, STAFF, COLLEAGUE, GROUP = 1001, 1002, 3001, 3002, -2001
KEYBOARD = {"inline_keyboard": [[{"text": "签收", "callback_data": "claim"}]]}


@pytest.fixture(autouse=True)
async def started(caller: Any) -> None:
    await caller.say(CITIZEN, CITIZEN, "/start")


async def test_a_request_may_come_in_any_form(caller: Any) -> None:
    address = f"{caller.address}bot1:sandbox/"
    markup = json.dumps(KEYBOARD)
    fields = {"chat_id": str(CITIZEN), "text": "[好]", "reply_markup": markup}
    parts = aiohttp.FormData(fields)
    parts._is_multipart = True
    forms: list[dict[str, Any]] = [{"data": fields}, {"json": fields}, {"params": fields}, {"data": parts}]
    for form in forms:
        async with caller.session.post(address + "SENDmessage", **form) as response:
            sent = (await response.json())["result"]
        assert (sent["text"], sent["reply_markup"]) == ("[好]", KEYBOARD)


async def test_a_file_may_come_in_the_field_itself_or_attached(caller: Any) -> None:
    for field, extra in (("photo", {}), ("mine", {"photo": "attach://mine"})):
        form = aiohttp.FormData({"chat_id": str(CITIZEN), **extra})
        form.add_field(field, b"picture", filename="a.jpg", content_type="image/jpeg")
        async with caller.session.post(f"{caller.address}bot1:sandbox/sendPhoto", data=form) as response:
            [size] = (await response.json())["result"]["photo"]
        again = await caller.result("sendPhoto", chat_id=CITIZEN, photo=size["file_id"])
        assert again["photo"] == [size]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"chat_id": 4, "text": "x"}, "400 Bad Request: chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "400 Bad Request: chat not found"),
        ({"chat_id": -9, "text": "x"}, "400 Bad Request: chat not found"),
        ({"text": "x"}, "400 Bad Request: chat_id is empty"),
        ({"chat_id": CITIZEN}, "400 Bad Request: message text is empty"),
        ({"chat_id": CITIZEN, "text": " \n"}, "400 Bad Request: message text is empty"),
        ({"chat_id": CITIZEN, "text": "长" * 4097}, "400 Bad Request: message is too long"),
        ({"chat_id": CITIZEN, "text": "😀" * 2049}, "400 Bad Request: message is too long"),
        ({"chat_id": OTHER, "text": "x"}, "403 Forbidden: bot can't initiate conversation with a user"),
        (
            {"chat_id": CITIZEN, "text": "x", "reply_parameters": {"message_id": 1}},
            "400 Bad Request: message to be replied not found",
        ),
        (
            {"chat_id": CITIZEN, "text": "<3", "parse_mode": "HTML"},
            '400 Bad Request: can\'t parse entities: Unsupported start tag "3" at byte offset 0',
        ),
        (
            {
                "chat_id": CITIZEN,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "签收", "callback_data": "签" * 22}]]},
            },
            "400 Bad Request: BUTTON_DATA_INVALID",
        ),
        (
            {"chat_id": CITIZEN, "text": "x", "reply_markup": {"inline_keyboard": [[{"text": "打", "url": "tel:1"}]]}},
            "400 Bad Request: inline keyboard button URL 'tel:1' is invalid: Unsupported URL protocol",
        ),
        (
            {"chat_id": CITIZEN, "text": "x", "reply_markup": "{"},
            "400 Bad Request: can't parse reply markup JSON object",
        ),
    ],
)
async def test_a_send_is_refused_in_telegrams_words(caller: Any, fields: dict[str, Any], error: str) -> None:
    assert await caller.error("sendMessage", **fields) == error


async def test_a_reply_whose_target_is_gone_goes_alone_if_it_may(caller: Any) -> None:
    target = {"message_id": 1, "allow_sending_without_reply": True}
    sent = await caller.result("sendMessage", chat_id=CITIZEN, text="x", reply_parameters=target)
    assert "reply_to_message" not in sent


async def test_a_reply_carries_what_it_answers_but_no_chain(caller: Any) -> None:
    first = await caller.say(CITIZEN, CITIZEN, "一")
    second = await caller.say(CITIZEN, CITIZEN, "二", reply_to=first["message_id"])
    target = {"message_id": second["message_id"]}
    third = await caller.result("sendMessage", chat_id=CITIZEN, text="三", reply_parameters=target)
    assert third["reply_to_message"]["text"] == "二"
    assert "reply_to_message" not in third["reply_to_message"]


async def test_edits_are_refused_when_nothing_changes_or_nothing_is_there(caller: Any) -> None:
    sent = await caller.result("sendMessage", chat_id=CITIZEN, text="x", reply_markup=KEYBOARD)
    where = {"chat_id": CITIZEN, "message_id": sent["message_id"]}
    same = await caller.error("editMessageText", **where, text="x", reply_markup=KEYBOARD)
    assert same.startswith("400 Bad Request: message is not modified: specified new message content")
    assert "reply_markup" not in await caller.result("editMessageText", **where, text="x")
    assert "reply_markup" in await caller.result("editMessageReplyMarkup", **where, reply_markup=KEYBOARD)
    assert await caller.error("editMessageText", chat_id=CITIZEN, message_id=1, text="y") == (
        "400 Bad Request: message to edit not found"
    )
    said = await caller.say(CITIZEN, CITIZEN, "我的话")
    assert await caller.error("editMessageText", chat_id=CITIZEN, message_id=said["message_id"], text="y") == (
        "400 Bad Request: message can't be edited"
    )


async def test_a_photo_has_a_caption_but_no_text_to_edit(caller: Any) -> None:
    form = aiohttp.FormData({"chat_id": str(CITIZEN), "caption": "旧"})
    form.add_field("photo", b"picture", filename="a.jpg", content_type="image/jpeg")
    async with caller.session.post(f"{caller.address}bot1:sandbox/sendPhoto", data=form) as response:
        sent = (await response.json())["result"]
    where = {"chat_id": CITIZEN, "message_id": sent["message_id"]}
    refusal = await caller.error("editMessageText", **where, text="新")
    assert refusal == "400 Bad Request: there is no text in the message to edit"
    assert (await caller.result("editMessageCaption", **where, caption="新"))["caption"] == "新"


async def test_a_blocked_bot_is_refused_until_it_is_let_in_again(caller: Any) -> None:
    await caller.updates()
    await caller.ask("POST", f"people/{CITIZEN}/block", blocked=True)
    assert await caller.error("sendMessage", chat_id=CITIZEN, text="x") == "403 Forbidden: bot was blocked by the user"
    status, answer = await caller.refused("POST", f"chats/{CITIZEN}/messages", from_=CITIZEN, text="x")
    assert (status, answer) == (403, {"error": "You have blocked this bot; unblock it before you write to it."})
    await caller.ask("POST", f"people/{CITIZEN}/block", blocked=False)
    assert (await caller.result("sendMessage", chat_id=CITIZEN, text="x"))["text"] == "x"
    changes = [update["my_chat_member"] for update in await caller.updates()]
    seats = [(change["old_chat_member"]["status"], change["new_chat_member"]["status"]) for change in changes]
    assert seats == [("member", "kicked"), ("kicked", "member")]


async def test_a_kicked_bot_is_refused(caller: Any) -> None:
    await caller.ask("POST", f"chats/{GROUP}/members", person=1, status="kicked")
    refusal = await caller.error("sendMessage", chat_id=GROUP, text="x")
    assert refusal == "403 Forbidden: bot was kicked from the group chat"


async def test_an_upgraded_group_tells_its_new_id(caller: Any) -> None:
    fresh = (await caller.ask("POST", f"chats/{GROUP}/upgrade"))["id"]
    envelope = await caller.call("sendMessage", chat_id=GROUP, text="x")
    assert (envelope["error_code"], envelope["parameters"]) == (400, {"migrate_to_chat_id": fresh})
    assert (await caller.result("sendMessage", chat_id=fresh, text="x"))["chat"]["type"] == "supergroup"
    told = [update["message"] for update in await caller.updates()][1:]
    assert [(one.get("migrate_to_chat_id"), one.get("migrate_from_chat_id")) for one in told] == [
        (fresh, None),
        (None, GROUP),
    ]


async def test_a_supergroup_counts_its_messages_anew_and_knows_none_of_the_old(caller: Any) -> None:
    first, second = [await caller.result("sendMessage", chat_id=GROUP, text=text) for text in ("一", "二")]
    fresh = (await caller.ask("POST", f"chats/{GROUP}/upgrade"))["id"]
    sent = await caller.result("sendMessage", chat_id=fresh, text="三")
    assert sent["message_id"] in (first["message_id"], second["message_id"])
    for method, fields in (("editMessageText", {"text": "x"}), ("deleteMessage", {})):
        envelope = await caller.call(method, chat_id=GROUP, message_id=first["message_id"], **fields)
        assert envelope["parameters"] == {"migrate_to_chat_id": fresh}
    status, answer = await caller.refused("POST", f"chats/{GROUP}/messages", from_=STAFF, text="x")
    assert (status, str(fresh) in answer["error"]) == (410, True)


async def test_strange_tokens_and_methods_are_refused(caller: Any) -> None:
    assert await caller.error("getMe", token="nonsense") == "401 Unauthorized"
    assert await caller.error("getNothing") == "404 Not Found"
    assert (await caller.error("sendGame", chat_id=1)).startswith("404 Not Found: this sandbox does not know sendGame")


async def test_entities_are_counted_in_utf16_units(caller: Any) -> None:
    sent = await caller.result("sendMessage", chat_id=CITIZEN, text="😀<b>重</b> /help", parse_mode="HTML")
    assert sent["entities"] == [
        {"type": "bold", "offset": 2, "length": 1},
        {"type": "bot_command", "offset": 4, "length": 5},
    ]


async def test_a_bot_deletes_in_private_what_it_likes_and_in_a_group_its_own(caller: Any) -> None:
    said = await caller.say(CITIZEN, CITIZEN, "x")
    assert await caller.result("deleteMessages", chat_id=CITIZEN, message_ids=[said["message_id"], 5])
    spoken = await caller.say(GROUP, STAFF, "/x")
    where = {"chat_id": GROUP, "message_id": spoken["message_id"]}
    assert await caller.error("deleteMessage", **where) == "400 Bad Request: message can't be deleted"
    await caller.ask("POST", f"chats/{GROUP}/members", person=1, status="administrator")
    assert await caller.result("deleteMessage", **where)
    assert await caller.error("deleteMessage", **where) == "400 Bad Request: message to delete not found"


async def test_reactions_are_only_those_telegram_has(caller: Any) -> None:
    said = await caller.say(CITIZEN, CITIZEN, "x")
    where = {"chat_id": CITIZEN, "message_id": said["message_id"]}
    tick = [{"type": "emoji", "emoji": "✅"}]
    assert await caller.error("setMessageReaction", **where, reaction=tick) == "400 Bad Request: REACTION_INVALID"


async def test_a_copy_has_a_new_id_and_no_past(caller: Any) -> None:
    said = await caller.say(CITIZEN, CITIZEN, "原话")
    copy = await caller.result("copyMessage", chat_id=GROUP, from_chat_id=CITIZEN, message_id=said["message_id"])
    [shown] = await caller.ask("GET", f"chats/{GROUP}/messages?as={STAFF}")
    assert (shown["message_id"], shown["text"], shown["from"]["id"]) == (copy["message_id"], "原话", 1)


async def test_commands_are_kept_by_scope(caller: Any) -> None:
    commands = [{"command": "start", "description": "开始"}]
    await caller.result("setMyCommands", commands=commands)
    assert await caller.result("getMyCommands") == commands
    assert await caller.result("getMyCommands", scope={"type": "all_group_chats"}) == []
    await caller.result("deleteMyCommands")
    assert await caller.result("getMyCommands") == []


@pytest.mark.parametrize(
    ("command", "description", "error"),
    [("Start", "开始", "BOT_COMMAND_INVALID"), ("start", "长" * 257, "BOT_COMMAND_DESCRIPTION_INVALID")],
)
async def test_a_command_is_plain_and_its_description_short(
    caller: Any, command: str, description: str, error: str
) -> None:
    commands = [{"command": command, "description": description}]
    assert await caller.error("setMyCommands", commands=commands) == f"400 Bad Request: {error}"


async def test_an_old_press_cannot_be_answered(caller: Any) -> None:
    refusal = await caller.error("answerCallbackQuery", callback_query_id="77")
    assert refusal.startswith("400 Bad Request: query is too old")


async def test_a_bot_leaves_a_group_and_can_no_longer_write(caller: Any) -> None:
    await caller.result("leaveChat", chat_id=GROUP)
    refusal = await caller.error("sendMessage", chat_id=GROUP, text="x")
    assert refusal == "403 Forbidden: bot is not a member of the group chat"
