"""What every sending method shares, and the one that sends a text."""

from typing import Any

from aiogram import methods

from bot.platforms.sandbox.answering import answers
from bot.platforms.sandbox.bot_chats import charge, check_right, joined_chat, keyboard_of
from bot.platforms.sandbox.bot_topics import target_topic
from bot.platforms.sandbox.calls import Call, as_json, given
from bot.platforms.sandbox.chats import Chat
from bot.platforms.sandbox.contents import quote_of
from bot.platforms.sandbox.entities import marked
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.records import Record
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.topics import topic_of
from bot.platforms.sandbox.utf16 import utf16_length

LONGEST_TEXT = 4096


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
    [sent] = post_all(call, method, [content])
    return sent


def post_all(call: Call, method: Any, contents: list[Json]) -> list[Json]:
    """Send messages that are one to the limits: all of them or, refused, none; return them."""
    chat = joined_chat(call, method.chat_id)
    if chat["type"] == "channel":
        check_right(call, chat, "can_post_messages", "need administrator rights in the channel chat")
    heading = _heading(call, chat, method)
    keyboard = keyboard_of(call)
    charge(call, chat, len(contents))
    send = call.platform.office.send
    return [send(chat, call.bot_id, {**heading, **content}, keyboard)["message"] for content in contents]


def _heading(call: Call, chat: Chat, method: Any) -> Json:
    asked = getattr(method, "reply_parameters", None)
    record = _answered(call, chat, method, asked)
    topic = given(getattr(method, "message_thread_id", None)) or (topic_of(record) if record else None)
    protected = {"has_protected_content": True} if given(getattr(method, "protect_content", None)) else {}
    heading = {**target_topic(call, chat, topic), **protected}
    return {**heading, **_reply(call, chat, record, asked)} if record else heading


def _reply(call: Call, chat: Chat, record: Record, asked: Any) -> Json:
    words = given(asked.quote) if asked else None
    quote = quote_of(record, words) if words else None
    if words and quote is None:
        raise ApiError(400, "Bad Request: QUOTE_TEXT_INVALID")
    return call.platform.topics.answering(chat, record, quote)


def _answered(call: Call, chat: Chat, method: Any, asked: Any) -> Record | None:
    target = asked.message_id if asked else getattr(method, "reply_to_message_id", None)
    record = call.platform.world.messages(chat).get(target) if target else None
    alone = given(asked.allow_sending_without_reply) if asked else getattr(method, "allow_sending_without_reply", None)
    if target and record is None and not alone:
        raise ApiError(400, "Bad Request: message to be replied not found")
    return record


@answers(methods.SendMessage)
async def send_message(call: Call, method: methods.SendMessage) -> Json:
    """Send a text."""
    return post(call, method, text_content(method))
