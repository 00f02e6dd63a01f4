"""What people send that is not text: its kinds, what goes together in one album, and what a file may be called."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol, TypeVar

from storage.domain.masking import has_private_number


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
#: Kinds whose files always say something of their own: a document's name, an audio's performer and title.
_TELLING: Final = frozenset({Kind.DOCUMENT, Kind.AUDIO})
_NAMED: Final = frozenset({Kind.VIDEO, Kind.ANIMATION})
#: How many bytes of one file a bot can fetch, and how many it can send in one call (source: the Bot API's limits).
LARGEST_COPY: Final = 20 * 1024 * 1024
_LARGEST_CALL: Final = 45 * 1024 * 1024
LARGEST_ALBUM: Final = 10
#: How many of them one message's worth of words can hold.
MOST: Final = 60

_ALBUMS: Final = {Kind.PHOTO: "seen", Kind.VIDEO: "seen", Kind.DOCUMENT: "read", Kind.AUDIO: "heard"}
#: What cameras and chat programs call a file: one of their words, if any, then numbers only.
_MACHINE_MADE: Final = re.compile(
    r"(img|vid|mov|video|mvi|dscn?|pxl|mmexport|wx_camera|screenrecord\w{0,10}|lv|aud|audio|ptt|rec)?"
    r"[\d\s()_.-]*(?:\.[a-z0-9]{1,5})?",
    re.ASCII | re.IGNORECASE,
)
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


class _Counted(Protocol):
    @property
    def kind(self) -> str: ...


class _Sendable(_Counted, Protocol):
    @property
    def name(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...


_Thing = TypeVar("_Thing", bound=_Sendable)


def needs_copy(content: _Sendable) -> bool:
    """Whether it must be sent on as a copy under another name: its own may say who somebody is."""
    return content.kind in _TELLING or (content.kind in _NAMED and _tells(content.name or ""))


def is_too_big(content: _Sendable) -> bool:
    """Whether a copy under another name would be needed and cannot be made: over 20 MB."""
    return needs_copy(content) and (content.size or 0) > LARGEST_COPY


def _tells(name: str) -> bool:
    """Whether a file's name may say more than a camera's: somebody's name, or a telephone number."""
    made = _MACHINE_MADE.fullmatch(name)
    return made is None or (made[1] is None and has_private_number(name))


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
    size = sum(each.size or 0 for each in (*part, thing) if needs_copy(each))
    together = sort is not None and sort == _ALBUMS.get(Kind(part[0].kind))
    return together and len(part) < LARGEST_ALBUM and size <= _LARGEST_CALL


def neutral_name(number: str, place: int, *, name: str | None, mime: str | None) -> str:
    """Return what a relayed file is called: the appeal's number, its place (from 1), the ending its kind needs."""
    found = _SUFFIX.search(name or "")
    suffix = found[1].lower() if found else _SUFFIXES.get(mime or "", "bin")
    return f"{number}-{place}.{suffix}"


def count(kinds: Iterable[_Counted]) -> dict[str, int]:
    """Return how many there are of each kind, in the order of the first."""
    found: dict[str, int] = {}
    for each in kinds:
        found[each.kind] = found.get(each.kind, 0) + 1
    return found
