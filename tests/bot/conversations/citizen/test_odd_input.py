"""What nobody types on purpose is read all the same, or answered, and never breaks the conversation."""

import pytest

from tests.bot.conversations.citizen.conftest import CITIZEN, SURE, Phone

BACKSLASHED = "\\u0000"  # six characters that look like an escaped NUL, and are none


@pytest.mark.parametrize("odd", [BACKSLASHED, f"C:{BACKSLASHED}", "\0", "\ud83d", "\u202e\u200b", "\\", '"'])
async def test_odd_characters_are_no_reason_not_to_hear_an_appeal(phone: Phone, odd: str):
    await phone.say(SURE + odd)
    await phone.press("同意")
    assert (await phone.draft()).text.startswith(SURE)


async def test_what_is_typed_with_a_backslash_is_kept_to_the_letter(phone: Phone):
    await phone.say(f"{SURE}{BACKSLASHED}")
    await phone.press("同意")
    assert (await phone.draft()).text == f"{SURE}{BACKSLASHED}"


async def test_four_thousand_emoji_are_an_appeal_with_one_word_more(phone: Phone):
    appeal = await phone.file("\U0001f4a1" * 2000 + "坏了")
    assert len(appeal.text) == 2002


async def test_a_press_on_an_inaccessible_message_is_served(phone: Phone):
    await phone.say(SURE)
    gone = {"message_id": 77, "date": 0, "chat": {"id": CITIZEN, "type": "private"}}
    query = {"id": "1", "from": {"id": CITIZEN, "is_bot": False, "first_name": "x"}, "chat_instance": "1"}
    await phone._update(callback_query=query | {"message": gone, "data": "c.agree:0"})
    assert "在什么地方" in phone.screen[77].text


@pytest.mark.parametrize(
    "data", ["c.agree:0", "c.mine:0", "d.next:1", "o.claim:1", "t.send:1:education", "a.bind:0:@x"]
)
async def test_a_press_on_an_inline_message_is_answered(phone: Phone, data: str):
    query = {"id": "1", "from": {"id": CITIZEN, "is_bot": False, "first_name": "x"}, "chat_instance": "1"}
    await phone._update(callback_query=query | {"inline_message_id": "abc", "data": data})
    assert phone.toasts or phone.screen


@pytest.mark.parametrize(
    "data", ["", ":", "c.mine:999999999999999999", "c.see:999999999999999999:list", "d.town:1:😀", "x"]
)
async def test_a_forged_button_is_answered(phone: Phone, data: str):
    await phone.say("/start")
    await phone.press("同意,开始说")
    before = dict(phone.screen)
    await phone.press_data(data)
    assert phone.toasts or phone.screen != before


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"text": " "},
        {"text": "\u200b"},
        {"caption": "路灯坏了", "photo": [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"contact": {"phone_number": "13812345678", "first_name": "x"}},
        {"location": {"latitude": 1.5, "longitude": 2.5}},
    ],
)
async def test_whatever_is_sent_is_answered(phone: Phone, fields: dict[str, object]):
    await phone.send(**fields)
    assert phone.last.text


async def test_what_the_platform_itself_says_is_not_answered(phone: Phone):
    await phone.send(pinned_message={"message_id": 1, "date": 0, "chat": {"id": CITIZEN, "type": "private"}})
    assert phone.screen == {}
