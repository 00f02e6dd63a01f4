"""Bot API methods that send on what stands in a chat already: copies, which do not tell whence, and forwards."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from aiogram import methods

from bot.platforms.sandbox.answering import answers
from bot.platforms.sandbox.bot_chats import found_message, joined_chat
from bot.platforms.sandbox.bot_writing import post, post_all
from bot.platforms.sandbox.calls import Call
from bot.platforms.sandbox.contents import regrouped, with_caption
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.records import Record, content_of, is_service
from bot.platforms.sandbox.store import Json

_MOST = 100


@answers(methods.CopyMessage)
async def copy_message(call: Call, method: methods.CopyMessage) -> Json:
    """Send the content of a message again, without saying where it came from."""
    source = joined_chat(call, method.from_chat_id)
    record = found_message(call, source, method.message_id, "message to copy not found")
    _check_may_leave(record, "copied")
    content = content_of(record)
    if method.caption is not None and "text" not in content:
        content = {**_without_caption(content), **with_caption(method)}
    return {"message_id": post(call, method, content)["message_id"]}


@answers(methods.ForwardMessage)
async def forward_message(call: Call, method: methods.ForwardMessage) -> Json:
    """Send a message on, saying whose it was."""
    source = joined_chat(call, method.from_chat_id)
    record = found_message(call, source, method.message_id, "message to forward not found")
    _check_may_leave(record, "forwarded")
    return post(call, method, forwarded(call, record))


@answers(methods.CopyMessages)
async def copy_messages(call: Call, method: methods.CopyMessages) -> list[Json]:
    """Copy those of the messages that are there and may be copied; albums stay albums."""
    records = _found(call, method, "copy")
    contents = regrouped(records, [content_of(record) for record in records])
    if method.remove_caption:
        contents = [_without_caption(content) for content in contents]
    return _ids(post_all(call, method, contents))


@answers(methods.ForwardMessages)
async def forward_messages(call: Call, method: methods.ForwardMessages) -> list[Json]:
    """Forward those of the messages that are there and may be forwarded; albums stay albums."""
    records = _found(call, method, "forward")
    return _ids(post_all(call, method, regrouped(records, [forwarded(call, record) for record in records])))


def forwarded(call: Call, record: Record) -> Json:
    """Return the content of a message with what is said of its origin."""
    return {"forward_origin": call.platform.world.origin(record), **content_of(record)}


def _found(call: Call, method: Any, verb: str) -> list[Record]:
    source = joined_chat(call, method.from_chat_id)
    ids: list[int] = method.message_ids
    if not 1 <= len(ids) <= _MOST or any(one >= other for one, other in pairwise(ids)):
        raise ApiError(400, "Bad Request: message identifiers must be in a strictly increasing order, at most 100")
    there = call.platform.world.messages(source)
    records = [there[one] for one in ids if one in there and _may_leave(there[one])]
    if not records:
        raise ApiError(400, f"Bad Request: there are no messages to {verb}")
    return records


def _may_leave(record: Record) -> bool:
    return not is_service(record["message"]) and "has_protected_content" not in record["message"]


def _check_may_leave(record: Record, how: str) -> None:
    if not _may_leave(record):
        raise ApiError(400, f"Bad Request: message can't be {how}")


def _without_caption(content: Json) -> Json:
    return {key: value for key, value in content.items() if key not in ("caption", "caption_entities")}


def _ids(sent: Sequence[Json]) -> list[Json]:
    return [{"message_id": message["message_id"]} for message in sent]
