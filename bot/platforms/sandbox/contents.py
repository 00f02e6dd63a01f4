"""Contents: the words of a message, what it answers and whence it comes, as the Bot API writes them."""

import secrets
from collections.abc import Sequence
from typing import Any

from bot.platforms.sandbox.calls import as_json, given
from bot.platforms.sandbox.entities import marked
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.records import Record
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.utf16 import utf16_length

LONGEST_CAPTION = 1024


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


def regrouped(records: Sequence[Record], contents: Sequence[Json]) -> list[Json]:
    """Return the contents of copied messages, those of one album as one new album."""
    albums = [record["message"].get("media_group_id") for record in records]
    fresh = {album: new_album() for album in albums if album and albums.count(album) > 1}
    return [
        {**content, "media_group_id": fresh[album]} if album in fresh else content
        for album, content in zip(albums, contents, strict=True)
    ]
