"""Contents: the parts of a message below its heading (media, captions, replies, quotes) as the Bot API writes them."""

import secrets
from typing import Any

from bot.platforms.sandbox.calls import as_json, given
from bot.platforms.sandbox.entities import marked, utf16_length
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.world import Record

LONGEST_CAPTION = 1024
_SIZES: dict[str, Json] = {
    "photo": {"width": 1280, "height": 960},
    "video": {"width": 1280, "height": 720, "duration": 5},
    "voice": {"duration": 5},
    "audio": {"duration": 5},
    "document": {},
    "sticker": {"width": 512, "height": 512, "type": "regular", "is_animated": False, "is_video": False},
}
KINDS = frozenset(_SIZES)


def media_content(kind: str, file: Json) -> Json:
    """Return the content of a message that shows this file record as a `kind`."""
    shown: Json = {
        "file_id": file["file_id"],
        "file_unique_id": file["file_id"][-16:],
        "file_size": file["size"],
        **_SIZES[kind],
    }
    if kind in ("document", "video", "audio", "voice"):
        shown["mime_type"] = file["mime"]
    if kind in ("document", "video", "audio"):
        shown["file_name"] = file["name"]
    return {kind: [shown] if kind == "photo" else shown}


def caption_content(text: str, *, parse_mode: str | None = None, entities: list[Json] | None = None) -> Json:
    """Return the caption part of a content; raise ApiError if it is too long."""
    caption, marks = marked(text, parse_mode=parse_mode, entities=entities)
    if utf16_length(caption) > LONGEST_CAPTION:
        raise ApiError(400, "Bad Request: message caption is too long")
    content: Json = {"caption": caption} if caption else {}
    return {**content, "caption_entities": marks} if marks else content


def with_caption(method: Any) -> Json:
    """Return the caption that a method (or one part of an album) asks for."""
    entities = as_json(method.caption_entities) if method.caption_entities else None
    return caption_content(method.caption or "", parse_mode=given(method.parse_mode), entities=entities)


def reply_fields(record: Record, quote: Json | None = None) -> Json:
    """Return what a message says about the one it answers; of that one its own reply is left out."""
    left_out = ("reply_to_message", "quote")
    replied = {key: value for key, value in record["message"].items() if key not in left_out}
    return {"reply_to_message": replied, **({"quote": quote} if quote else {})}


def quote_of(record: Record, text: str) -> Json | None:
    """Return the Bot API's TextQuote of a part of a message, or None if it has no such part."""
    whole: str = record["message"].get("text") or record["message"].get("caption") or ""
    start = whole.find(text)
    if start < 0:
        return None
    return {"text": text, "position": utf16_length(whole[:start]), "is_manual": True}


def new_album() -> str:
    """Return an id that binds the parts of one album."""
    return str(secrets.randbelow(10**17) + 10**17)
