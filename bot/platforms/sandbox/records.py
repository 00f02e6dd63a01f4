"""Records: the messages of a chat as they are kept, and what of them is heading, content or service."""

from typing import TypedDict

from bot.platforms.sandbox.store import Json

HEADING = frozenset(
    {"message_id", "date", "edit_date", "chat", "from", "sender_chat", "reply_to_message", "quote", "reply_markup"}
    | {"media_group_id", "is_topic_message", "message_thread_id", "forward_origin", "is_automatic_forward"}
    | {"has_protected_content", "author_signature"}
)
SERVICE = frozenset(
    {"new_chat_members", "left_chat_member", "group_chat_created", "supergroup_chat_created", "channel_chat_created"}
    | {"pinned_message", "migrate_to_chat_id", "migrate_from_chat_id", "new_chat_title"}
    | {"forum_topic_created", "forum_topic_edited", "forum_topic_closed", "forum_topic_reopened"}
    | {"general_forum_topic_hidden", "general_forum_topic_unhidden"}
)


class Record(TypedDict):
    """A message as the journal keeps it: the Bot API's object, and what that does not say."""

    message: Json
    author: int
    by_bot: bool
    keyboard: Json | None
    reactions: list[Json]


def is_service(message: Json) -> bool:
    """Tell whether a message only says what happened in the chat."""
    return bool(SERVICE & message.keys())


def content_of(record: Record) -> Json:
    """Return what a message says, without who said it, when and where."""
    return {key: value for key, value in record["message"].items() if key not in HEADING}


def seen_by_people(record: Record) -> Json:
    """Return a message as people see it: with its reactions, and the keyboard below the input field."""
    message = {**record["message"], "reactions": record["reactions"]}
    if record["keyboard"]:
        message["reply_markup"] = record["keyboard"]
    return message


def reply_fields(record: Record, quote: Json | None = None) -> Json:
    """Return what a message says about the one it answers; of that one its own reply is left out."""
    left_out = ("reply_to_message", "quote")
    replied = {key: value for key, value in record["message"].items() if key not in left_out}
    return {"reply_to_message": replied, **({"quote": quote} if quote else {})}
