"""Bot API methods that send media, albums, places and contacts, and that fetch files."""

from typing import Any

from aiogram import methods

from bot.platforms.sandbox.answering import answers
from bot.platforms.sandbox.bot_chats import charge, joined_chat
from bot.platforms.sandbox.bot_writing import post
from bot.platforms.sandbox.calls import Call, Upload
from bot.platforms.sandbox.contents import media_content, new_album, with_caption
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.store import Json

LARGEST_FILE = 20 * 1024 * 1024
_ALBUM = range(2, 11)


@answers(
    methods.SendPhoto,
    methods.SendVideo,
    methods.SendDocument,
    methods.SendVoice,
    methods.SendAudio,
    methods.SendSticker,
)
async def send_media(call: Call, method: Any) -> Json:
    """Send one photo, video, file, voice, sound or sticker: new, or known by its file_id."""
    kind = type(method).__name__.removeprefix("Send").lower()
    content = media_content(kind, _file(call, getattr(method, kind), kind))
    return post(call, method, content if kind == "sticker" else {**content, **with_caption(method)})


@answers(methods.SendMediaGroup)
async def send_media_group(call: Call, method: methods.SendMediaGroup) -> list[Json]:
    """Send an album, which counts as many messages as it has parts."""
    if len(method.media) not in _ALBUM:
        raise ApiError(400, "Bad Request: wrong number of items in the album: 2-10 are allowed")
    chat = joined_chat(call, method.chat_id)
    album = {"media_group_id": new_album()}
    parts = [
        {**album, **media_content(str(part.type), _file(call, part.media, str(part.type))), **with_caption(part)}
        for part in method.media
    ]
    charge(call, chat, len(parts) - 1)
    first = post(call, method, parts[0])
    reply: Json = {key: first[key] for key in ("reply_to_message", "quote") if key in first}
    others = [call.platform.office.send(chat, call.bot_id, {**reply, **part})["message"] for part in parts[1:]]
    return [first, *others]


@answers(methods.SendLocation)
async def send_location(call: Call, method: methods.SendLocation) -> Json:
    """Send a point on the map."""
    return post(call, method, {"location": {"latitude": method.latitude, "longitude": method.longitude}})


@answers(methods.SendContact)
async def send_contact(call: Call, method: methods.SendContact) -> Json:
    """Send a telephone number with a name."""
    contact = {"phone_number": method.phone_number, "first_name": method.first_name}
    return post(call, method, {"contact": contact})


@answers(methods.GetFile)
async def get_file(call: Call, method: methods.GetFile) -> Json:
    """Say where a file can be fetched, up to 20 MB."""
    file = call.platform.files.record(method.file_id)
    if file is None:
        raise ApiError(400, "Bad Request: invalid file_id")
    if file["size"] > LARGEST_FILE:
        raise ApiError(400, "Bad Request: file is too big")
    unique = file["file_id"][-16:]
    size: int = file["size"]
    return {"file_id": file["file_id"], "file_unique_id": unique, "file_size": size, "file_path": file["path"]}


def _file(call: Call, named: Any, kind: str) -> Json:
    if not isinstance(named, str):
        raise ApiError(400, f"Bad Request: there is no {kind} in the request")
    if named.startswith("attach://"):
        upload = call.uploads.get(named.removeprefix("attach://"))
        if upload is None or not upload.content:
            raise ApiError(400, "Bad Request: file must be non-empty")
        return _kept(call, upload, kind)
    known = call.platform.files.record(named)
    if known is None:
        raise ApiError(400, "Bad Request: wrong file identifier/HTTP URL specified")
    return known


def _kept(call: Call, upload: Upload, kind: str) -> Json:
    return call.platform.files.keep(upload.content, name=upload.name, mime=upload.mime, kind=kind)
