"""Pictures, voices, files and places as calls: copied by their file id, never forwarded, files under neutral names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram.methods import (
    SendAnimation,
    SendAudio,
    SendDocument,
    SendLocation,
    SendMediaGroup,
    SendPhoto,
    SendVenue,
    SendVideo,
    SendVideoNote,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import InputMediaAudio, InputMediaDocument, InputMediaPhoto, InputMediaVideo

from bot.texts.words import PINNED
from storage.domain.contents import CAPTIONED, Kind, bundles, needs_copy, neutral_name
from storage.tables import Attachment

LONGEST_CAPTION = 1024
_SENDS: Mapping[str, type[TelegramMethod[Any]]] = {
    Kind.PHOTO: SendPhoto,
    Kind.VIDEO: SendVideo,
    Kind.VIDEO_NOTE: SendVideoNote,
    Kind.ANIMATION: SendAnimation,
    Kind.VOICE: SendVoice,
    Kind.AUDIO: SendAudio,
    Kind.DOCUMENT: SendDocument,
}
_PARTS: Mapping[str, type[Any]] = {
    Kind.PHOTO: InputMediaPhoto,
    Kind.VIDEO: InputMediaVideo,
    Kind.DOCUMENT: InputMediaDocument,
    Kind.AUDIO: InputMediaAudio,
}


@dataclass(frozen=True)
class Parcel:
    """One call that brings some things, and what its files are to be called."""

    method: TelegramMethod[Any]
    names: dict[str, str]


@dataclass(frozen=True)
class Where:
    """The chat (and topic) some things go to; `protect`: nobody can forward or save them from there."""

    chat_id: int
    thread: int = 0
    protect: bool = False


def takes_caption(things: Sequence[Attachment], caption_units: int) -> bool:
    """Whether words of that length (in UTF-16 units) can stand under the first of these things."""
    return bool(things) and things[0].kind in CAPTIONED and caption_units <= LONGEST_CAPTION


def parcels(
    things: Sequence[Attachment], where: Where, *, number: str, captions: Mapping[int, str] | None = None
) -> list[Parcel]:
    """Return the calls that bring things to a chat; `number` names the files, `captions` are words by attachment id."""
    called = _names(things, number)
    written = captions or {}
    return [_parcel(part, where, called, written) for part in bundles(things)]


def _parcel(part: Sequence[Attachment], where: Where, called: Mapping[str, str], captions: Mapping[int, str]) -> Parcel:
    names = {each.file_id: called[each.file_id] for each in part if each.file_id in called}
    common: dict[str, Any] = {
        "chat_id": where.chat_id,
        "message_thread_id": where.thread or None,
        "protect_content": where.protect or None,
    }
    if len(part) > 1:
        media = [_PARTS[each.kind](media=each.file_id, caption=captions.get(each.id)) for each in part]
        return Parcel(SendMediaGroup(media=media, **common), names)
    return Parcel(_one(part[0], common, captions.get(part[0].id)), names)


def _one(thing: Attachment, common: dict[str, Any], caption: str | None) -> TelegramMethod[Any]:
    point: dict[str, Any] = {"latitude": thing.latitude, "longitude": thing.longitude}
    if thing.kind == Kind.VENUE:
        called = (caption or thing.title or PINNED)[:100]
        return SendVenue(**common, **point, title=called, address=called)
    if thing.kind == Kind.LOCATION:
        return SendLocation(**common, **point)
    words = {"caption": caption} if caption and thing.kind in CAPTIONED else {}
    return _SENDS[thing.kind](**common, **{thing.kind: thing.file_id}, **words)


def _names(things: Sequence[Attachment], number: str) -> dict[str, str]:
    """Return new names for the files whose own may tell something."""
    named = [each for each in things if needs_copy(each)]
    return {
        each.file_id: neutral_name(number, place, name=each.name, mime=each.mime)
        for place, each in enumerate(named, start=1)
    }
