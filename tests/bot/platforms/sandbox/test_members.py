"""Who comes, goes, leads and is thrown out, and which bots are told."""

from typing import Any

import pytest
from aiogram.types import Update

CITIZEN, OTHER, STAFF, COLLEAGUE, GROUP = 1001, 1002, 3001, 3002, -2001


async def _seat(caller: Any, person: int, status: str, **fields: Any) -> Any:
    return await caller.ask("POST", f"chats/{GROUP}/members", person=person, status=status, **fields)


def _change(update: dict[str, Any], kind: str) -> tuple[str, str]:
    Update.model_validate(update)
    change = update[kind]
    return change["old_chat_member"]["status"], change["new_chat_member"]["status"]


@pytest.fixture
async def led(caller: Any) -> int:
    """The group, in which the bot is administrator and hears of all changes of membership."""
    await _seat(caller, 1, "administrator")
    await caller.result("getUpdates", allowed_updates=["message", "chat_member", "my_chat_member"])
    await caller.updates()
    return GROUP


@pytest.mark.parametrize(
    ("status", "seen"),
    [("administrator", ("member", "administrator")), ("kicked", ("member", "kicked")), ("left", ("member", "left"))],
)
async def test_a_bot_is_told_of_every_change_of_its_own_seat(caller: Any, status: str, seen: tuple[str, str]) -> None:
    await _seat(caller, 1, status)
    [told] = await caller.updates()
    assert _change(told, "my_chat_member") == seen
    await _seat(caller, 1, "member")
    back = await caller.updates()
    assert _change(back[0], "my_chat_member") == (status, "member")


async def test_a_bot_added_again_sees_itself_among_the_new_members(caller: Any) -> None:
    await _seat(caller, 1, "kicked")
    await caller.updates()
    await _seat(caller, 1, "member")
    _, came = await caller.updates()
    assert [user["id"] for user in came["message"]["new_chat_members"]] == [1]


async def test_an_administrator_bot_that_asks_is_told_of_the_changes_of_others(caller: Any, led: int) -> None:
    await _seat(caller, CITIZEN, "member")
    await _seat(caller, CITIZEN, "administrator")
    await _seat(caller, CITIZEN, "kicked", by=STAFF)
    changes = [_change(update, "chat_member") for update in await caller.updates() if "chat_member" in update]
    assert changes == [("left", "member"), ("member", "administrator"), ("administrator", "kicked")]
    member = await caller.result("getChatMember", chat_id=led, user_id=CITIZEN)
    assert member["status"] == "kicked"


async def test_a_plain_member_bot_is_not_told_of_others(caller: Any) -> None:
    await caller.result("getUpdates", allowed_updates=["chat_member"])
    await _seat(caller, CITIZEN, "member")
    assert await caller.updates() == []


async def test_an_administrator_may_have_some_rights_only(caller: Any) -> None:
    await _seat(caller, 1, "administrator", rights=["can_delete_messages"])
    own = await caller.result("getChatMember", chat_id=GROUP, user_id=1)
    assert (own["can_delete_messages"], own["can_pin_messages"]) == (True, False)
    said = await caller.say(GROUP, STAFF, "x")
    refusal = await caller.error("pinChatMessage", chat_id=GROUP, message_id=said["message_id"])
    assert refusal == "400 Bad Request: not enough rights to manage pinned messages in the chat"
    status, _ = await caller.refused("POST", f"chats/{GROUP}/members", person=1, status="administrator", rights=["x"])
    assert status == 400


async def test_a_seat_and_its_rights_move_into_the_supergroup(caller: Any) -> None:
    await _seat(caller, 1, "administrator", rights=["can_pin_messages"])
    fresh = (await caller.ask("POST", f"chats/{GROUP}/upgrade"))["id"]
    own = await caller.result("getChatMember", chat_id=fresh, user_id=1)
    assert (own["status"], own["can_pin_messages"], own["can_manage_topics"]) == ("administrator", True, False)
    assert (await caller.result("getChatMember", chat_id=fresh, user_id=STAFF))["status"] == "creator"


async def test_a_bot_bans_and_lets_in_again(caller: Any, led: int) -> None:
    await _seat(caller, CITIZEN, "member")
    assert await caller.result("banChatMember", chat_id=led, user_id=CITIZEN)
    shown = await caller.ask("GET", f"chats/{led}/messages?as={STAFF}")
    assert shown[-1]["left_chat_member"]["id"] == CITIZEN
    assert led not in [chat["id"] for chat in await caller.ask("GET", f"chats?as={CITIZEN}")]
    assert await caller.result("unbanChatMember", chat_id=led, user_id=CITIZEN)
    assert (await caller.result("getChatMember", chat_id=led, user_id=CITIZEN))["status"] == "left"


async def test_whom_a_bot_may_not_ban(caller: Any, led: int) -> None:
    refusal = await caller.error("banChatMember", chat_id=led, user_id=STAFF)
    assert refusal == "400 Bad Request: user is an administrator of the chat"
    await _seat(caller, 1, "member")
    refusal = await caller.error("banChatMember", chat_id=led, user_id=COLLEAGUE)
    assert refusal == "400 Bad Request: not enough rights to restrict/unrestrict chat member"


async def test_a_bot_promotes_and_demotes(caller: Any, led: int) -> None:
    who = {"chat_id": led, "user_id": COLLEAGUE}
    assert await caller.result("promoteChatMember", **who, can_pin_messages=True)
    promoted = await caller.result("getChatMember", **who)
    assert (promoted["status"], promoted["can_pin_messages"], promoted["can_change_info"]) == (
        "administrator",
        True,
        False,
    )
    assert len(await caller.result("getChatAdministrators", chat_id=led)) == 3
    assert await caller.result("promoteChatMember", **who)
    assert (await caller.result("getChatMember", **who))["status"] == "member"


async def test_pins_of_bots_and_people_are_told(caller: Any, led: int) -> None:
    said = await caller.say(led, STAFF, "请看")
    assert await caller.result("pinChatMessage", chat_id=led, message_id=said["message_id"])
    assert (await caller.result("getChat", chat_id=led))["pinned_message"]["text"] == "请看"
    assert await caller.result("unpinChatMessage", chat_id=led)
    await caller.updates()
    await caller.ask("POST", f"chats/{led}/messages/{said['message_id']}/pin", from_=STAFF)
    [told] = await caller.updates()
    Update.model_validate(told)
    assert told["message"]["pinned_message"]["message_id"] == said["message_id"]
    status, _ = await caller.refused("POST", f"chats/{led}/messages/{said['message_id']}/pin", from_=COLLEAGUE)
    assert status == 403


async def test_a_new_title_is_told(caller: Any, led: int) -> None:
    assert await caller.result("setChatTitle", chat_id=led, title="新名")
    assert (await caller.result("getChat", chat_id=led))["title"] == "新名"
    shown = await caller.ask("GET", f"chats/{led}/messages?as={STAFF}")
    assert shown[-1]["new_chat_title"] == "新名"


async def test_what_a_bot_says_of_itself_is_kept_by_language(caller: Any) -> None:
    assert (await caller.result("getMyName"))["name"] == "Lianxin"
    assert await caller.result("setMyDescription", description="群众诉求", language_code="zh")
    assert await caller.result("setMyDescription", description="Appeals")
    told = [await caller.result("getMyDescription", language_code=code) for code in ("zh", "fr")]
    assert told == [{"description": "群众诉求"}, {"description": "Appeals"}]
    assert await caller.result("getChatMenuButton") == {"type": "commands"}
    assert await caller.result("setChatMenuButton", menu_button={"type": "default"})
    assert await caller.result("getChatMenuButton") == {"type": "default"}


@pytest.fixture
async def channel(caller: Any) -> int:
    """A channel of STAFF, linked to the group; the bot leads both."""
    await _seat(caller, 1, "administrator")
    fields = {"title": "公告频道", "type": "channel", "members": [STAFF, OTHER], "linked": GROUP}
    channel = await caller.ask("POST", "chats", **fields)
    await caller.updates()
    return int(channel["id"])


async def test_an_administrator_of_a_channel_speaks_in_its_name(caller: Any, channel: int) -> None:
    said = await caller.say(GROUP, STAFF, "以频道名义", sender_chat=channel)
    assert (said["sender_chat"]["id"], said["from"]["username"]) == (channel, "Channel_Bot")
    [update] = await caller.updates()
    Update.model_validate(update)
    path = f"chats/{GROUP}/messages"
    assert (await caller.refused("POST", path, from_=COLLEAGUE, text="x", sender_chat=channel))[0] == 403
    assert (await caller.refused("POST", path, from_=STAFF, text="x", sender_chat=-77))[0] == 404


async def test_a_channel_post_is_told_without_a_sender_and_goes_on_to_the_linked_group(
    caller: Any, channel: int
) -> None:
    post = await caller.say(channel, STAFF, "公告")
    assert ("from" in post, post["sender_chat"]["id"]) == (False, channel)
    posted, forwarded = await caller.updates()
    assert posted["channel_post"]["text"] == "公告"
    assert forwarded["message"]["is_automatic_forward"] is True
    assert forwarded["message"]["from"]["id"] == 777000
    assert forwarded["message"]["forward_origin"]["message_id"] == post["message_id"]
    await caller.ask("PATCH", f"chats/{channel}/messages/{post['message_id']}", from_=STAFF, text="更正")
    [edited] = await caller.updates()
    assert edited["edited_channel_post"]["text"] == "更正"
    for update in (posted, forwarded, edited):
        Update.model_validate(update)
    assert (await caller.result("getChat", chat_id=channel))["linked_chat_id"] == GROUP
    assert (await caller.refused("POST", f"chats/{channel}/messages", from_=OTHER, text="x"))[0] == 403


async def test_a_bot_posts_in_a_channel_as_its_administrator_only(caller: Any, channel: int) -> None:
    sent = await caller.result("sendMessage", chat_id=channel, text="公告")
    assert ("from" in sent, sent["chat"]["type"]) == (False, "channel")
    edited = await caller.result("editMessageText", chat_id=channel, message_id=sent["message_id"], text="更正")
    assert edited["text"] == "更正"
    await caller.ask("POST", f"chats/{channel}/members", person=1, status="member")
    refusal = await caller.error("sendMessage", chat_id=channel, text="x")
    assert refusal == "400 Bad Request: need administrator rights in the channel chat"


async def test_a_supergroup_is_founded_before_the_bot_is_added(caller: Any) -> None:
    await caller.ask("POST", "chats", title="大群", members=[STAFF], type="supergroup")
    _, told = await caller.updates()
    assert [user["id"] for user in told["message"]["new_chat_members"]] == [1]
    assert (await caller.refused("POST", "chats", title="x", members=[STAFF], type="party"))[0] == 400
