"""Media: what a message can show of a file, as the Bot API writes it."""

from typing import Any

from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.store import Json

_SHOWN: dict[str, Json] = {
    "photo": {"width": 1280, "height": 960},
    "video": {"width": 1280, "height": 720, "duration": 5},
    "animation": {"width": 480, "height": 270, "duration": 2},
    "video_note": {"length": 240, "duration": 5},
    "voice": {"duration": 5},
    "audio": {"duration": 5, "title": None, "performer": None},
    "document": {},
    "sticker": {"width": 512, "height": 512, "type": "regular", "is_animated": False, "is_video": False, "emoji": None},
}
_TYPED = frozenset({"document", "video", "audio", "voice", "animation"})
_NAMED = frozenset({"document", "video", "audio", "animation"})
_ALBUMS = ({"photo", "video"}, {"document"}, {"audio"})
KINDS = frozenset(_SHOWN)
UNCAPTIONED = frozenset({"sticker", "video_note"})
DETAILS = frozenset({"duration", "width", "height", "length", "title", "performer", "emoji"})


def media_content(file: Json, kind: str) -> Json:
    """Return the content of a message that shows this file record as a `kind`, as what it is where that differs.

    Raise ApiError where Telegram does not turn the one into the other.
    """
    kind = _kind_of(file, kind)
    shown = {**_identity(file), **_SHOWN[kind]}
    shown |= {key: value for key, value in file.get("details", {}).items() if key in _SHOWN[kind]}
    shown = {key: value for key, value in shown.items() if value is not None}
    if kind in _TYPED:
        shown["mime_type"] = file["mime"]
    if kind in _NAMED:
        shown["file_name"] = file["name"]
    if kind == "animation":
        return {kind: shown, "document": {**_identity(file), "file_name": file["name"], "mime_type": file["mime"]}}
    return {kind: [shown] if kind == "photo" else shown}


def _kind_of(file: Json, kind: str) -> str:
    was: str = file["kind"]
    if was != kind and "photo" in (was, kind):
        names = [one.title().replace("_", "") for one in (was, kind)]
        raise ApiError(400, f"Bad Request: can't use file of type {names[0]} as {names[1]}")
    return was


def _identity(file: Json) -> Json:
    return {"file_id": file["file_id"], "file_unique_id": file["file_id"][-16:], "file_size": file["size"]}


def unmixable(kinds: list[str]) -> str | None:
    """Return the kind that keeps these from being one album, or None if they may be."""
    if any(set(kinds) <= album for album in _ALBUMS):
        return None
    return next(kind for kind in kinds if kind not in ("photo", "video"))


def details_of(asked: Any) -> Json:
    """Return what a method, or a part of an album, tells of its file: how long, how large, by whom."""
    return {key: getattr(asked, key) for key in sorted(DETAILS) if getattr(asked, key, None) is not None}
