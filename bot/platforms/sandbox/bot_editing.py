"""Bot API methods that change what stands in a chat: edit, delete, react."""

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
from bot.platforms.sandbox.bot_media import file_of
from bot.platforms.sandbox.bot_writing import text_content
from bot.platforms.sandbox.calls import Call
from bot.platforms.sandbox.chats import Chat
from bot.platforms.sandbox.contents import with_caption
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.media import KINDS, UNCAPTIONED, media_content, unmixable
from bot.platforms.sandbox.reactions import known_reaction
from bot.platforms.sandbox.records import Record, content_of
from bot.platforms.sandbox.store import Json

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


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
    if not (KINDS - UNCAPTIONED) & record["message"].keys():
        raise ApiError(400, "Bad Request: there is no caption in the message to edit")
    return _edit(call, chat, record, {"caption": None, "caption_entities": None, **with_caption(method)})


@answers(methods.EditMessageMedia)
async def edit_message_media(call: Call, method: methods.EditMessageMedia) -> Json:
    """Show another file in an own message; a part of an album stays of a kind with the others."""
    chat = joined_chat(call, _required(method.chat_id))
    record = own_message(call, chat, method.message_id)
    kind = str(method.media.type)
    content = media_content(file_of(call, method.media, kind), kind)
    if "media_group_id" in record["message"] and unmixable([*(KINDS & record["message"].keys()), kind]):
        raise ApiError(400, "Bad Request: message can't be edited")
    return _edit(call, chat, record, {**dict.fromkeys(content_of(record)), **content, **with_caption(method.media)})


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
