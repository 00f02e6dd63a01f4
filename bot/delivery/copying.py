"""Files on their way out: those that bear somebody's name are sent again under another, ours from the books."""

from http import HTTPStatus
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.say import MADE, NAMES
from bot.platforms.telegram import BotApi, CallRefused
from storage.tables import Blob

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
    rest = {name: value for name, value in payload.items() if name not in {NAMES, MADE}}
    return _replaced(rest, keys), uploads


async def made_files(session: AsyncSession, payload: dict[str, Any]) -> Uploads:
    """Return the files of ours that go with a call; raise CallRefused where one is not there any more."""
    uploads: Uploads = {}
    for key, blob_id in payload.get(MADE, {}).items():
        blob = await session.get(Blob, blob_id)
        if blob is None:
            raise CallRefused(HTTPStatus.GONE, "the file is not kept any more")
        uploads[key] = (blob.name, blob.content)
    return uploads


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
