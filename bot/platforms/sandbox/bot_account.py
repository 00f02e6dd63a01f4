"""Bot API methods about the bot itself and the chats it is in."""

from typing import Any

from aiogram import methods

from bot.platforms.sandbox.answering import answers
from bot.platforms.sandbox.bot_chats import is_administrator, joined_chat, known_chat
from bot.platforms.sandbox.calls import Call
from bot.platforms.sandbox.chats import ADMINISTRATORS, Chat, present
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.utf16 import utf16_length

_LONGEST_ANSWER = 200


@answers(methods.GetMe)
async def get_me(call: Call, _: methods.GetMe) -> Json:
    """Say who the bot is."""
    answers_no = (
        "can_read_all_group_messages",
        "supports_inline_queries",
        "can_connect_to_business",
        "has_main_web_app",
    )
    me = call.platform.world.user(call.bot_id, by_bot=True)
    return {**me, "can_join_groups": True, **dict.fromkeys(answers_no, False)}


@answers(methods.Close, methods.LogOut)
async def say_goodbye(_call: Call, _method: Any) -> bool:
    """Do nothing: here is no other server to move to."""
    return True


@answers(methods.AnswerCallbackQuery)
async def answer_callback_query(call: Call, method: methods.AnswerCallbackQuery) -> bool:
    """Answer a pressed button."""
    if utf16_length(method.text or "") > _LONGEST_ANSWER:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    url = {"url": method.url} if method.url else {}
    answer = {"answer": method.text or None, "alert": bool(method.show_alert), **url}
    call.platform.presses.answer(method.callback_query_id, answer)
    return True


@answers(methods.SendChatAction)
async def send_chat_action(call: Call, method: methods.SendChatAction) -> bool:
    """Show "typing"."""
    call.platform.office.typing(joined_chat(call, method.chat_id), call.bot_id, method.action)
    return True


@answers(methods.GetChat)
async def get_chat(call: Call, method: methods.GetChat) -> Json:
    """Describe a chat."""
    chat = known_chat(call, method.chat_id)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    pinned = call.platform.world.messages(chat).get(chat["pinned"])
    linked = {"linked_chat_id": chat["linked"]} if chat["linked"] else {}
    return {
        **call.platform.world.chat_object(chat),
        **linked,
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
        **({"pinned_message": pinned["message"]} if pinned else {}),
    }


@answers(methods.GetChatMember)
async def get_chat_member(call: Call, method: methods.GetChatMember) -> Json:
    """Say what a person or a bot is in a chat."""
    chat = _group_or_private(call, method.chat_id)
    world = call.platform.world
    if method.user_id in world.people:
        return call.platform.seats.member(chat, method.user_id, bot=False)
    if str(method.user_id) in chat["bots"] or method.user_id == call.bot_id:
        return call.platform.seats.member(chat, method.user_id, bot=True)
    raise ApiError(400, "Bad Request: user not found")


@answers(methods.GetChatAdministrators)
async def get_chat_administrators(call: Call, method: methods.GetChatAdministrators) -> list[Json]:
    """List the administrators of a group, other bots left out."""
    chat = _group_or_private(call, method.chat_id)
    if chat["type"] == "private":
        raise ApiError(400, "Bad Request: there are no administrators in the private chat")
    people = [int(who) for who, status in chat["members"].items() if status in ADMINISTRATORS]
    member = call.platform.seats.member
    own = [member(chat, call.bot_id, bot=True)] if is_administrator(call, chat) else []
    return [member(chat, who, bot=False) for who in people] + own


@answers(methods.GetChatMemberCount)
async def get_chat_member_count(call: Call, method: methods.GetChatMemberCount) -> int:
    """Count the people and bots of a chat."""
    chat = _group_or_private(call, method.chat_id)
    return len(present(chat["members"])) + len(present(chat["bots"]))


def _group_or_private(call: Call, chat_id: int | str) -> Chat:
    chat = known_chat(call, chat_id)
    return chat if chat["type"] == "private" else joined_chat(call, chat_id)
