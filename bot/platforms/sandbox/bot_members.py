"""Bot API methods that change a chat: who is in it, what it is called, what is pinned."""

from typing import Any

from aiogram import methods

from bot.platforms.sandbox.answering import answers
from bot.platforms.sandbox.bot_chats import check_right, found_message, joined_chat
from bot.platforms.sandbox.calls import Call
from bot.platforms.sandbox.chats import ADMINISTRATORS, PRESENT, Chat, status_of
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.seats import CHANNEL_RIGHTS, RIGHTS

_NO_RESTRICTING = "not enough rights to restrict/unrestrict chat member"


@answers(methods.LeaveChat)
async def leave_chat(call: Call, method: methods.LeaveChat) -> bool:
    """Leave a group."""
    chat = joined_chat(call, method.chat_id)
    if chat["type"] == "private":
        raise ApiError(400, "Bad Request: chat member status can't be changed in private chats")
    _goes(call, chat, call.bot_id, "left", bot=True)
    return True


@answers(methods.BanChatMember)
async def ban_chat_member(call: Call, method: methods.BanChatMember) -> bool:
    """Throw somebody out for good."""
    chat, is_bot = _judged(call, method, "can_restrict_members", _NO_RESTRICTING)
    _check_not_led(call, chat, method.user_id, bot=is_bot)
    if status_of(chat, method.user_id, bot=is_bot) in PRESENT:
        _goes(call, chat, method.user_id, "kicked", bot=is_bot)
    else:
        call.platform.seats.change(chat, method.user_id, "kicked", call.bot_id, bot=is_bot, by_bot=True)
    return True


@answers(methods.UnbanChatMember)
async def unban_chat_member(call: Call, method: methods.UnbanChatMember) -> bool:
    """Let somebody come again; who is a member is thrown out by it, unless only the banned are meant."""
    chat, is_bot = _judged(call, method, "can_restrict_members", _NO_RESTRICTING)
    status = status_of(chat, method.user_id, bot=is_bot)
    if status == "kicked":
        call.platform.seats.change(chat, method.user_id, "left", call.bot_id, bot=is_bot, by_bot=True)
    elif status in PRESENT and not method.only_if_banned:
        _check_not_led(call, chat, method.user_id, bot=is_bot)
        _goes(call, chat, method.user_id, "left", bot=is_bot)
    return True


@answers(methods.PromoteChatMember)
async def promote_chat_member(call: Call, method: methods.PromoteChatMember) -> bool:
    """Make somebody administrator with the rights that are named; with none, a plain member again."""
    chat, is_bot = _judged(call, method, "can_promote_members", "not enough rights")
    if status_of(chat, method.user_id, bot=is_bot) not in PRESENT:
        raise ApiError(400, "Bad Request: USER_NOT_PARTICIPANT")
    rights = [right for right in (*RIGHTS, *CHANNEL_RIGHTS) if getattr(method, right, None)]
    status = "administrator" if rights else "member"
    change = call.platform.seats.change
    change(chat, method.user_id, status, call.bot_id, bot=is_bot, by_bot=True, rights=rights or None)
    return True


@answers(methods.SetChatTitle)
async def set_chat_title(call: Call, method: methods.SetChatTitle) -> bool:
    """Give a chat another title, which it is told."""
    chat = joined_chat(call, method.chat_id)
    check_right(call, chat, "can_change_info", "not enough rights to change chat title")
    chat = call.platform.world.change_chat(chat, title=method.title)
    call.platform.office.note(chat, call.bot_id, {"new_chat_title": method.title}, by_bot=True)
    return True


@answers(methods.PinChatMessage)
async def pin_chat_message(call: Call, method: methods.PinChatMessage) -> bool:
    """Pin a message, which the chat is told."""
    chat = _pinnable(call, method.chat_id)
    record = found_message(call, chat, method.message_id, "message to pin not found")
    call.platform.world.change_chat(chat, pinned=method.message_id)
    call.platform.office.note(chat, call.bot_id, {"pinned_message": record["message"]}, by_bot=True)
    return True


@answers(methods.UnpinChatMessage, methods.UnpinAllChatMessages)
async def unpin_chat_message(call: Call, method: Any) -> bool:
    """Take the pin out."""
    call.platform.world.change_chat(_pinnable(call, method.chat_id), pinned=None)
    return True


def _pinnable(call: Call, chat_id: int | str) -> Chat:
    chat = joined_chat(call, chat_id)
    if chat["type"] != "private":
        check_right(call, chat, "can_pin_messages", "not enough rights to manage pinned messages in the chat")
    return chat


def _goes(call: Call, chat: Chat, who: int, status: str, *, bot: bool) -> None:
    gone = {"left_chat_member": call.platform.world.user(who, by_bot=bot)}
    call.platform.office.note(chat, call.bot_id, gone, by_bot=True)
    call.platform.seats.change(chat, who, status, call.bot_id, bot=bot, by_bot=True)


def _judged(call: Call, method: Any, right: str, refusal: str) -> tuple[Chat, bool]:
    """Return the chat and whether a bot is meant, if this bot may decide on somebody's seat there."""
    chat = joined_chat(call, method.chat_id)
    if chat["type"] == "private":
        raise ApiError(400, "Bad Request: chat member status can't be changed in private chats")
    check_right(call, chat, right, refusal)
    is_bot = method.user_id not in call.platform.world.people
    if is_bot and str(method.user_id) not in chat["bots"]:
        raise ApiError(400, "Bad Request: user not found")
    return chat, is_bot


def _check_not_led(call: Call, chat: Chat, who: int, *, bot: bool) -> None:
    if bot and who == call.bot_id:
        raise ApiError(400, "Bad Request: can't restrict self")
    if status_of(chat, who, bot=bot) in ADMINISTRATORS:
        raise ApiError(400, "Bad Request: user is an administrator of the chat")
