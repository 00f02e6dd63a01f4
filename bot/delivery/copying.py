"""Files on their way out: those that bear somebody's name are fetched and sent again under another."""

from typing import Any

from bot.delivery.say import NAMES
from bot.platforms.telegram import BotApi

Uploads = dict[str, tuple[str, bytes]]


def weight(payload: dict[str, Any]) -> int:
    """How many messages a call counts for: an album of n counts n."""
    media = payload.get("media")
    return len(media) if isinstance(media, list) else 1


async def with_copies(api: BotApi, payload: dict[str, Any]) -> tuple[dict[str, Any], Uploads]:
    """Return the call with each file that is to be renamed put in as an upload; raise PlatformError.

    A file that cannot be fetched does not go at all: its own name may say who sent it.
    """
    names: dict[str, str] = payload.get(NAMES, {})
    uploads: Uploads = {}
    keys: dict[str, str] = {}
    for file_id, name in names.items():
        key = f"file{len(uploads)}"
        uploads[key], keys[file_id] = (name, await api.fetch(file_id)), f"attach://{key}"
    rest = {name: value for name, value in payload.items() if name != NAMES}
    return _replaced(rest, keys), uploads


def _replaced(value: Any, keys: dict[str, str]) -> Any:
    match value:
        case str():
            return keys.get(value, value)
        case list():
            return [_replaced(each, keys) for each in value]
        case dict():
            return {name: _replaced(part, keys) for name, part in value.items()}
        case _:
            return value
