"""Where a bot may write: chats found by id, rights and limits, in the words Telegram refuses with."""

from typing import Any

from bot.platforms.sandbox.calls import Call
from bot.platforms.sandbox.chats import ADMINISTRATORS, PRESENT, Chat, has_right, status_of
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.records import Record
from bot.platforms.sandbox.store import Json

_KIND_NAMES = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat"}
_LONGEST_CALLBACK = 64
_SCHEMES = ("http://", "https://", "tg://")


def known_chat(call: Call, chat_id: int | str) -> Chat:
    """Return a chat this bot has met; raise "chat not found" otherwise."""
    world = call.platform.world
    try:
        number = int(chat_id)
    except ValueError:
        raise ApiError(400, "Bad Request: chat not found") from None
    if number > 0 and number in world.people:
        return world.private_chat(number, call.bot_id)
    chat = world.chat(str(number)) if number < 0 else None
    if chat is None or str(call.bot_id) not in chat["bots"]:
        raise ApiError(400, "Bad Request: chat not found")
    return chat


def joined_chat(call: Call, chat_id: int | str) -> Chat:
    """Return a chat that the bot may still act in; raise ApiError if it was blocked, kicked or never written to."""
    chat = known_chat(call, chat_id)
    if chat["moved_to"]:
        reason = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, reason, migrate_to_chat_id=chat["moved_to"])
    status = status_of(chat, call.bot_id, bot=True)
    if chat["type"] == "private":
        if status not in PRESENT:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if not chat["started"]:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    elif status not in PRESENT:
        how = "was kicked from" if status == "kicked" else "is not a member of"
        raise ApiError(403, f"Forbidden: bot {how} the {_KIND_NAMES[chat['type']]}")
    return chat


def charge(call: Call, chat: Chat, count: int = 1) -> None:
    """Count so many messages against the limits; raise 429 if they are too many."""
    wait = call.platform.limits.charge(call.bot_id, chat["key"], group=chat["type"] != "private", count=count)
    if wait is not None:
        raise ApiError(429, f"Too Many Requests: retry after {wait}", retry_after=wait)


def found_message(call: Call, chat: Chat, message_id: Any, missing: str) -> Record:
    """Return a message of the chat; raise "Bad Request: `missing`" otherwise."""
    record = call.platform.world.messages(chat).get(message_id)
    if record is None:
        raise ApiError(400, f"Bad Request: {missing}")
    return record


def own_message(call: Call, chat: Chat, message_id: Any) -> Record:
    """Return a message that this bot sent and may edit."""
    record = found_message(call, chat, message_id, "message to edit not found")
    if not record["by_bot"] or record["author"] != call.bot_id:
        raise ApiError(400, "Bad Request: message can't be edited")
    return record


def is_administrator(call: Call, chat: Chat) -> bool:
    """Tell whether the bot is an administrator of this chat."""
    return status_of(chat, call.bot_id, bot=True) in ADMINISTRATORS


def check_right(call: Call, chat: Chat, right: str, refusal: str) -> None:
    """Raise "Bad Request: `refusal`" if the bot may not do this as an administrator of the chat."""
    if not has_right(chat, call.bot_id, right, bot=True):
        raise ApiError(400, f"Bad Request: {refusal}")


def keyboard_of(call: Call) -> Json | None:
    """Return the reply markup of a call, as it came; raise ApiError for buttons that Telegram refuses."""
    markup: Json | None = call.parameters.get("reply_markup")
    if not markup:
        return None
    for row in markup.get("inline_keyboard", []):
        for button in row:
            _check_button(button)
    return None if markup.get("inline_keyboard") == [] else markup


def _check_button(button: Json) -> None:
    callback = button.get("callback_data")
    url = button.get("url")
    if not str(button.get("text", "")).strip():
        raise ApiError(400, "Bad Request: text is empty in the inline keyboard button")
    if callback is not None and not 1 <= len(str(callback).encode()) <= _LONGEST_CALLBACK:
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    if url is not None and not str(url).startswith(_SCHEMES):
        raise ApiError(400, f"Bad Request: inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if len(button) == 1:
        raise ApiError(400, "Bad Request: text buttons are unallowed in the inline keyboard")
