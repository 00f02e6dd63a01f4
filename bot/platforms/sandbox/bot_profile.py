"""Bot API methods by which a bot says of itself what people see: commands, names, descriptions, the menu button."""

import re
from typing import Any

from aiogram import methods

from bot.platforms.sandbox.answering import answers
from bot.platforms.sandbox.calls import Call, as_json
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.store import Json

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LONGEST_DESCRIPTION = 256
_WORDS: dict[type[Any], str] = {
    methods.SetMyName: "name",
    methods.GetMyName: "name",
    methods.SetMyDescription: "description",
    methods.GetMyDescription: "description",
    methods.SetMyShortDescription: "short_description",
    methods.GetMyShortDescription: "short_description",
}
_SETS = [kind for kind in _WORDS if kind.__name__.startswith("Set")]
_GETS = [kind for kind in _WORDS if kind.__name__.startswith("Get")]


@answers(methods.SetMyCommands)
async def set_my_commands(call: Call, method: methods.SetMyCommands) -> bool:
    """Keep the commands of a scope and language."""
    if any(not _COMMAND.fullmatch(one.command.removeprefix("/")) for one in method.commands):
        raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
    if any(not 1 <= len(one.description) <= _LONGEST_DESCRIPTION for one in method.commands):
        raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    commands = {**call.platform.world.bot(call.bot_id)["commands"], _scope(call): as_json(method.commands)}
    call.platform.world.change_bot(call.bot_id, commands=commands)
    return True


@answers(methods.GetMyCommands)
async def get_my_commands(call: Call, _: methods.GetMyCommands) -> Any:
    """Return the commands of a scope and language."""
    return call.platform.world.bot(call.bot_id)["commands"].get(_scope(call), [])


@answers(methods.DeleteMyCommands)
async def delete_my_commands(call: Call, _: methods.DeleteMyCommands) -> bool:
    """Forget the commands of a scope and language."""
    commands = {**call.platform.world.bot(call.bot_id)["commands"]}
    commands.pop(_scope(call), None)
    call.platform.world.change_bot(call.bot_id, commands=commands)
    return True


def _scope(call: Call) -> str:
    scope = call.parameters.get("scope") or {"type": "default"}
    where = [str(scope.get(key, "")) for key in ("type", "chat_id", "user_id")]
    return " ".join([*where, str(call.parameters.get("language_code", ""))])


@answers(*_SETS)
async def set_my_words(call: Call, method: Any) -> bool:
    """Keep a name or description of a language; an empty one is forgotten."""
    word = _WORDS[type(method)]
    _keep(call, f"{word} {method.language_code or ''}", getattr(method, word) or None)
    return True


@answers(*_GETS)
async def get_my_words(call: Call, method: Any) -> Json:
    """Return the name or description of a language, or else that of all languages."""
    word, kept = _WORDS[type(method)], _kept(call)
    otherwise = call.platform.world.bot(call.bot_id)["name"] if word == "name" else ""
    return {word: kept.get(f"{word} {method.language_code or ''}") or kept.get(f"{word} ") or otherwise}


@answers(methods.SetChatMenuButton)
async def set_chat_menu_button(call: Call, method: methods.SetChatMenuButton) -> bool:
    """Keep what the menu button of a chat, or of all chats, does."""
    _keep(call, f"menu {method.chat_id or ''}", as_json(method.menu_button) if method.menu_button else None)
    return True


@answers(methods.GetChatMenuButton)
async def get_chat_menu_button(call: Call, method: methods.GetChatMenuButton) -> Any:
    """Return what the menu button does: it lists the commands unless told otherwise."""
    kept = _kept(call)
    return kept.get(f"menu {method.chat_id or ''}") or kept.get("menu ") or {"type": "commands"}


@answers(methods.GetUserProfilePhotos)
async def get_user_profile_photos(_call: Call, _method: Any) -> Json:
    """Return nobody's picture: here nobody has one."""
    return {"total_count": 0, "photos": []}


def _kept(call: Call) -> Json:
    kept: Json = call.platform.world.bot(call.bot_id).get("profile", {})
    return kept


def _keep(call: Call, key: str, value: Any) -> None:
    profile = {**_kept(call), key: value}
    kept = {name: one for name, one in profile.items() if one is not None}
    call.platform.world.change_bot(call.bot_id, profile=kept)
