"""Bot API methods that send files, alone or as albums, and that fetch them."""

from typing import Any

from aiogram import methods

from bot.platforms.sandbox.answering import answers
from bot.platforms.sandbox.bot_writing import post, post_all
from bot.platforms.sandbox.calls import Call
from bot.platforms.sandbox.contents import new_album, with_caption
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.media import UNCAPTIONED, details_of, media_content, unmixable
from bot.platforms.sandbox.store import Json

LARGEST_FILE = 20 * 1024 * 1024
LARGEST_ALBUM = 10
_SENT: dict[type[Any], str] = {
    methods.SendPhoto: "photo",
    methods.SendVideo: "video",
    methods.SendAnimation: "animation",
    methods.SendVideoNote: "video_note",
    methods.SendDocument: "document",
    methods.SendVoice: "voice",
    methods.SendAudio: "audio",
    methods.SendSticker: "sticker",
}


@answers(*_SENT)
async def send_media(call: Call, method: Any) -> Json:
    """Send one photo, video, file, voice, sound or sticker: new, or known by its file_id."""
    kind = _SENT[type(method)]
    content = media_content(file_of(call, method, kind), kind)
    return post(call, method, content if kind in UNCAPTIONED else {**content, **with_caption(method)})


@answers(methods.SendMediaGroup)
async def send_media_group(call: Call, method: methods.SendMediaGroup) -> list[Json]:
    """Send an album, which counts as many messages as it has parts."""
    kinds = [str(part.type) for part in method.media]
    if not kinds:
        raise ApiError(400, "Bad Request: there are no messages to send")
    if len(kinds) > LARGEST_ALBUM:
        raise ApiError(400, "Bad Request: too many messages to send as an album")
    if odd := unmixable(kinds):
        raise ApiError(400, f"Bad Request: {odd} can't be mixed with other media types")
    album = {"media_group_id": new_album()} if len(kinds) > 1 else {}
    parts = zip(method.media, kinds, strict=True)
    contents = [media_content(file_of(call, part, kind), kind) | with_caption(part) for part, kind in parts]
    return post_all(call, method, [album | content for content in contents])


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


def file_of(call: Call, asked: Any, kind: str) -> Json:
    """Return the record of the file that a method, or a part of an album, shows: a new one, or one known by its id."""
    named = getattr(asked, "media", None) or getattr(asked, kind, None)
    if not isinstance(named, str):
        raise ApiError(400, f"Bad Request: there is no {kind} in the request")
    if named.startswith("attach://"):
        return _kept(call, named.removeprefix("attach://"), asked, kind)
    known = call.platform.files.record(named)
    if known is None:
        raise ApiError(400, "Bad Request: wrong file identifier/HTTP URL specified")
    return known


def _kept(call: Call, key: str, asked: Any, kind: str) -> Json:
    upload = call.uploads.get(key)
    if upload is None or not upload.content:
        raise ApiError(400, "Bad Request: file must be non-empty")
    keep = call.platform.files.keep
    return keep(upload.content, name=upload.name, mime=upload.mime, kind=kind, details=details_of(asked))
