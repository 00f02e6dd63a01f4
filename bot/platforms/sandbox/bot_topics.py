"""Bot API methods about the topics of a forum."""

from typing import Any

from aiogram import methods

from bot.platforms.sandbox.answering import answers
from bot.platforms.sandbox.bot_chats import check_right, joined_chat
from bot.platforms.sandbox.calls import Call, given
from bot.platforms.sandbox.chats import Chat, has_right
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.topics import GENERAL, Topic

_LONGEST_NAME = 128
_RIGHT = "can_manage_topics"


def target_topic(call: Call, chat: Chat, topic_id: int | None) -> Json:
    """Return the heading of a message to this topic (None is General); raise ApiError if none may be sent there."""
    if topic_id is None and not chat["is_forum"]:
        return {}
    topic = call.platform.topics.of(chat).get(topic_id or GENERAL)
    if topic is None or topic_id == GENERAL:
        raise ApiError(400, "Bad Request: message thread not found")
    if topic["closed"] and not has_right(chat, call.bot_id, _RIGHT, bot=True):
        raise ApiError(400, "Bad Request: TOPIC_CLOSED")
    return call.platform.topics.heading(chat, topic["id"])


@answers(methods.CreateForumTopic)
async def create_forum_topic(call: Call, method: methods.CreateForumTopic) -> Json:
    """Open a topic."""
    chat = _forum(call, method.chat_id)
    check_right(call, chat, _RIGHT, "not enough rights to create a topic")
    name = _checked_name(method.name)
    color = {"color": method.icon_color} if method.icon_color else {}
    icon = method.icon_custom_emoji_id
    topic = call.platform.topics.open(chat, call.bot_id, name, icon=icon, by_bot=True, **color)
    told: Json = {"message_thread_id": topic["id"], "name": topic["name"], "icon_color": topic["icon_color"]}
    return {**told, "icon_custom_emoji_id": icon} if icon else told


@answers(methods.EditForumTopic)
async def edit_forum_topic(call: Call, method: methods.EditForumTopic) -> bool:
    """Change a topic's name or icon."""
    chat, topic = _own_topic(call, method)
    changes: Json = {"name": _checked_name(method.name)} if method.name else {}
    if given(method.icon_custom_emoji_id) is not None:
        changes["icon"] = method.icon_custom_emoji_id or None
    if all(changes[key] == topic.get(key) for key in changes):
        raise ApiError(400, "Bad Request: TOPIC_NOT_MODIFIED")
    told = {"icon_custom_emoji_id" if key == "icon" else key: value or "" for key, value in changes.items()}
    return _change(call, chat, topic, {"forum_topic_edited": told}, **changes)


@answers(methods.EditGeneralForumTopic)
async def edit_general_forum_topic(call: Call, method: methods.EditGeneralForumTopic) -> bool:
    """Change General's name."""
    chat, topic = _own_topic(call, method)
    name = _checked_name(method.name)
    return _change(call, chat, topic, {"forum_topic_edited": {"name": name}}, name=name)


@answers(methods.CloseForumTopic, methods.CloseGeneralForumTopic)
async def close_forum_topic(call: Call, method: Any) -> bool:
    """Close a topic to all but administrators."""
    return _switch(call, method, {"forum_topic_closed": {}}, closed=True)


@answers(methods.ReopenForumTopic, methods.ReopenGeneralForumTopic)
async def reopen_forum_topic(call: Call, method: Any) -> bool:
    """Open a closed topic again."""
    return _switch(call, method, {"forum_topic_reopened": {}}, closed=False)


@answers(methods.HideGeneralForumTopic)
async def hide_general_forum_topic(call: Call, method: Any) -> bool:
    """Hide General from the list."""
    return _switch(call, method, {"general_forum_topic_hidden": {}}, hidden=True)


@answers(methods.UnhideGeneralForumTopic)
async def unhide_general_forum_topic(call: Call, method: Any) -> bool:
    """Show General again."""
    return _switch(call, method, {"general_forum_topic_unhidden": {}}, hidden=False)


@answers(methods.DeleteForumTopic)
async def delete_forum_topic(call: Call, method: methods.DeleteForumTopic) -> bool:
    """Delete a topic with all that stands in it."""
    chat, topic = _own_topic(call, method)
    if topic["id"] == GENERAL:
        raise ApiError(400, "Bad Request: TOPIC_ID_INVALID")
    call.platform.topics.delete(chat, topic)
    return True


@answers(methods.GetForumTopicIconStickers)
async def get_forum_topic_icon_stickers(_call: Call, _method: Any) -> list[Json]:
    """List the icons that are for free: here are none."""
    return []


def _forum(call: Call, chat_id: int | str) -> Chat:
    chat = joined_chat(call, chat_id)
    if not chat["is_forum"]:
        raise ApiError(400, "Bad Request: the chat is not a forum")
    return chat


def _own_topic(call: Call, method: Any) -> tuple[Chat, Topic]:
    chat = _forum(call, method.chat_id)
    topic = call.platform.topics.of(chat).get(getattr(method, "message_thread_id", GENERAL))
    if topic is None:
        raise ApiError(400, "Bad Request: TOPIC_ID_INVALID")
    if topic["opener"] != call.bot_id:
        check_right(call, chat, _RIGHT, "not enough rights to edit the topic")
    return chat, topic


def _switch(call: Call, method: Any, note: Json, **changes: bool) -> bool:
    chat, topic = _own_topic(call, method)
    if all(topic.get(key) == value for key, value in changes.items()):
        raise ApiError(400, "Bad Request: TOPIC_NOT_MODIFIED")
    return _change(call, chat, topic, note, **changes)


def _change(call: Call, chat: Chat, topic: Topic, note: Json, **changes: Any) -> bool:
    call.platform.topics.change(chat, topic, call.bot_id, note, by_bot=True, **changes)
    return True


def _checked_name(name: str) -> str:
    if not 1 <= len(name.strip()) <= _LONGEST_NAME:
        raise ApiError(400, "Bad Request: TOPIC_TITLE_EMPTY")
    return name.strip()
