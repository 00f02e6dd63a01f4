"""Bot API methods that write: send, edit, copy, delete, react."""

from typing import Any

from aiogram import methods

from bot.platforms.sandbox.answering import answers
from bot.platforms.sandbox.bot_chats import (
    charge,
    found_message,
    is_administrator,
    joined_chat,
    keyboard_of,
    own_message,
)
from bot.platforms.sandbox.calls import Call, as_json, given
from bot.platforms.sandbox.contents import quote_of, reply_fields, with_caption
from bot.platforms.sandbox.entities import marked, utf16_length
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.reactions import known_reaction
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.world import Chat, Record

LONGEST_TEXT = 4096
_HEADING = frozenset(
    {"message_id", "date", "edit_date", "chat", "from", "sender_chat", "reply_to_message", "quote", "reply_markup"}
    | {"media_group_id", "is_topic_message", "message_thread_id", "forward_origin"}
)
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def text_content(method: Any) -> Json:
    """Return the text and entities of a call; raise ApiError if the text is empty or too long."""
    entities = as_json(method.entities) if method.entities else None
    text, marks = marked(method.text, parse_mode=given(method.parse_mode), entities=entities)
    if not text:
        raise ApiError(400, "Bad Request: message text is empty")
    if utf16_length(text) > LONGEST_TEXT:
        raise ApiError(400, "Bad Request: message is too long")
    return {"text": text, **({"entities": marks} if marks else {})}


def post(call: Call, method: Any, content: Json) -> Json:
    """Send a message with this content to where the method says, and return it."""
    chat = joined_chat(call, method.chat_id)
    if given(getattr(method, "message_thread_id", None)):
        raise ApiError(400, "Bad Request: message thread not found")
    reply = _reply(call, chat, method)
    keyboard = keyboard_of(call)
    charge(call, chat)
    return call.platform.office.send(chat, call.bot_id, {**reply, **content}, keyboard)["message"]


def _reply(call: Call, chat: Chat, method: Any) -> Json:
    asked = getattr(method, "reply_parameters", None)
    target = asked.message_id if asked else getattr(method, "reply_to_message_id", None)
    if not target:
        return {}
    alone = given(asked.allow_sending_without_reply) if asked else method.allow_sending_without_reply
    record = call.platform.world.messages(chat).get(target)
    if record is None:
        if alone:
            return {}
        raise ApiError(400, "Bad Request: message to be replied not found")
    quote = quote_of(record, asked.quote) if asked and given(asked.quote) else None
    if asked and given(asked.quote) and quote is None:
        raise ApiError(400, "Bad Request: QUOTE_TEXT_INVALID")
    return reply_fields(record, quote)


@answers(methods.SendMessage)
async def send_message(call: Call, method: methods.SendMessage) -> Json:
    """Send a text."""
    return post(call, method, text_content(method))


@answers(methods.EditMessageText)
async def edit_message_text(call: Call, method: methods.EditMessageText) -> Json:
    """Change the text of an own message; a keyboard that is not given again goes."""
    chat = joined_chat(call, _required(method.chat_id))
    record = own_message(call, chat, method.message_id)
    if "text" not in record["message"]:
        raise ApiError(400, "Bad Request: there is no text in the message to edit")
    changes = {"entities": None, **text_content(method)}
    return _edit(call, chat, record, changes)


@answers(methods.EditMessageCaption)
async def edit_message_caption(call: Call, method: methods.EditMessageCaption) -> Json:
    """Change the words under an own photo, file or voice."""
    chat = joined_chat(call, _required(method.chat_id))
    record = own_message(call, chat, method.message_id)
    return _edit(call, chat, record, {"caption": None, "caption_entities": None, **with_caption(method)})


@answers(methods.EditMessageReplyMarkup)
async def edit_message_reply_markup(call: Call, method: methods.EditMessageReplyMarkup) -> Json:
    """Change or take away the buttons of an own message."""
    chat = joined_chat(call, _required(method.chat_id))
    return _edit(call, chat, own_message(call, chat, method.message_id), {})


def _edit(call: Call, chat: Chat, record: Record, changes: Json) -> Json:
    keyboard = keyboard_of(call)
    stands = {key: record["message"].get(key) for key in changes}
    if stands == changes and record["message"].get("reply_markup") == keyboard:
        raise ApiError(400, f"Bad Request: {_NOT_MODIFIED}")
    charge(call, chat)
    return call.platform.office.edit(chat, record, changes, keyboard)["message"]


@answers(methods.DeleteMessage)
async def delete_message(call: Call, method: methods.DeleteMessage) -> bool:
    """Delete an own message, any in a private chat, any in a group as its administrator."""
    chat = joined_chat(call, method.chat_id)
    record = found_message(call, chat, method.message_id, "message to delete not found")
    own = record["by_bot"] and record["author"] == call.bot_id
    if not own and chat["type"] != "private" and not is_administrator(call, chat):
        raise ApiError(400, "Bad Request: message can't be deleted")
    call.platform.office.delete(chat, method.message_id)
    return True


@answers(methods.DeleteMessages)
async def delete_messages(call: Call, method: methods.DeleteMessages) -> bool:
    """Delete those of the messages that are there and may be deleted."""
    chat = joined_chat(call, method.chat_id)
    for message_id in method.message_ids:
        record = call.platform.world.messages(chat).get(message_id)
        if record and (record["author"] == call.bot_id or chat["type"] == "private" or is_administrator(call, chat)):
            call.platform.office.delete(chat, message_id)
    return True


@answers(methods.CopyMessage)
async def copy_message(call: Call, method: methods.CopyMessage) -> Json:
    """Send the content of a message again, without saying where it came from."""
    source = joined_chat(call, method.from_chat_id)
    record = found_message(call, source, method.message_id, "message to copy not found")
    content = _content(record)
    if method.caption is not None and "text" not in content:
        content = {key: value for key, value in content.items() if not key.startswith("caption")}
        content |= with_caption(method)
    return {"message_id": post(call, method, content)["message_id"]}


@answers(methods.ForwardMessage)
async def forward_message(call: Call, method: methods.ForwardMessage) -> Json:
    """Send a message on, saying whose it was."""
    source = joined_chat(call, method.from_chat_id)
    record = found_message(call, source, method.message_id, "message to forward not found")
    origin = {"type": "user", "sender_user": record["message"]["from"], "date": record["message"]["date"]}
    return post(call, method, {"forward_origin": origin, **_content(record)})


def _content(record: Record) -> Json:
    return {key: value for key, value in record["message"].items() if key not in _HEADING}


@answers(methods.SetMessageReaction)
async def set_message_reaction(call: Call, method: methods.SetMessageReaction) -> bool:
    """React to a message with one of the free emoji, or take the reaction back."""
    chat = joined_chat(call, method.chat_id)
    record = found_message(call, chat, method.message_id, "message to react not found")
    wanted = [getattr(reaction, "emoji", "") for reaction in method.reaction or []]
    emoji = [known for one in wanted if (known := known_reaction(one))]
    if len(emoji) != len(wanted):
        raise ApiError(400, "Bad Request: REACTION_INVALID")
    if len(emoji) > 1:
        raise ApiError(400, "Bad Request: REACTIONS_TOO_MANY")
    call.platform.office.react(chat, record, call.bot_id, emoji, by_bot=True)
    return True


def _required(chat_id: int | str | None) -> int | str:
    if chat_id is None:
        raise ApiError(400, "Bad Request: chat_id is empty")
    return chat_id
