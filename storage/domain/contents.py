"""What people send that is not text: its kinds, what goes together in one album, and what a file may be called."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol, TypeVar


class Kind(StrEnum):
    """The kinds that are passed on, both ways."""

    PHOTO = "photo"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    ANIMATION = "animation"
    VOICE = "voice"
    AUDIO = "audio"
    DOCUMENT = "document"
    LOCATION = "location"
    VENUE = "venue"


PLACES: Final = frozenset({Kind.LOCATION, Kind.VENUE})
#: Kinds under which words can stand.
CAPTIONED: Final = frozenset(Kind) - PLACES - {Kind.VIDEO_NOTE}
#: Kinds whose files bear a name, which may say who sent them.
NAMED: Final = frozenset({Kind.DOCUMENT, Kind.VIDEO, Kind.AUDIO, Kind.ANIMATION})
#: How many bytes of one file a bot can fetch, and how many it can send in one call (source: the Bot API's limits).
LARGEST_COPY: Final = 20 * 1024 * 1024
_LARGEST_CALL: Final = 45 * 1024 * 1024
LARGEST_ALBUM: Final = 10
#: How many of them one message's worth of words can hold.
MOST: Final = 60

_ALBUMS: Final = {Kind.PHOTO: "seen", Kind.VIDEO: "seen", Kind.DOCUMENT: "read", Kind.AUDIO: "heard"}
_SUFFIX: Final = re.compile(r"\.([A-Za-z0-9]{1,5})$")
_SUFFIXES: Final = {
    "application/pdf": "pdf",
    "application/zip": "zip",
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "image/jpeg": "jpg",
    "image/png": "png",
    "text/plain": "txt",
    "video/mp4": "mp4",
}


@dataclass(frozen=True, slots=True)
class Content:
    """One thing that was sent: `size` in bytes, `duration` in seconds, degrees for a place, `title` of a venue."""

    kind: Kind
    file_id: str = ""
    unique_id: str = ""
    name: str | None = None
    mime: str | None = None
    size: int | None = None
    duration: int | None = None
    album: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    title: str | None = None


class _Sendable(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def size(self) -> int | None: ...


_Thing = TypeVar("_Thing", bound=_Sendable)


def is_too_big(content: _Sendable) -> bool:
    """Whether a copy under another name would be needed and cannot be made: a document over 20 MB."""
    return content.kind == Kind.DOCUMENT and (content.size or 0) > LARGEST_COPY


def bundles(things: Iterable[_Thing]) -> list[list[_Thing]]:
    """Part things into the calls that bring them: what may share an album does, at most ten and 45 MB a call."""
    parts: list[list[_Thing]] = []
    for thing in things:
        if not parts or not _fits(parts[-1], thing):
            parts.append([])
        parts[-1].append(thing)
    return parts


def _fits(part: Sequence[_Thing], thing: _Thing) -> bool:
    sort = _ALBUMS.get(Kind(thing.kind))
    size = sum(each.size or 0 for each in (*part, thing) if each.kind in NAMED)
    together = sort is not None and sort == _ALBUMS.get(Kind(part[0].kind))
    return together and len(part) < LARGEST_ALBUM and size <= _LARGEST_CALL


def neutral_name(number: str, place: int, *, name: str | None, mime: str | None) -> str:
    """Return what a relayed file is called: the appeal's number, its place (from 1), the ending its kind needs."""
    found = _SUFFIX.search(name or "")
    suffix = found[1].lower() if found else _SUFFIXES.get(mime or "", "bin")
    return f"{number}-{place}.{suffix}"


def count(kinds: Iterable[_Sendable]) -> dict[str, int]:
    """Return how many there are of each kind, in the order of the first."""
    found: dict[str, int] = {}
    for each in kinds:
        found[each.kind] = found.get(each.kind, 0) + 1
    return found
