"""What a message brings beside words: read from the platform's form once, for everybody."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.filters import BaseFilter
from aiogram.types import Message

from storage.domain.contents import Content, Kind
from storage.domain.masking import clean_text

_LONGEST_TITLE = 200
#: In this order: an animation also comes as a document, a venue also as a location.
_FILES = (Kind.ANIMATION, Kind.VIDEO_NOTE, Kind.VIDEO, Kind.VOICE, Kind.AUDIO, Kind.DOCUMENT)


#: What the platform itself says in a private chat: nobody sent it, so nobody is answered.
_SERVICE = frozenset(
    {
        ContentType.PINNED_MESSAGE,
        ContentType.MESSAGE_AUTO_DELETE_TIMER_CHANGED,
        ContentType.WRITE_ACCESS_ALLOWED,
        ContentType.USERS_SHARED,
        ContentType.CHAT_SHARED,
        ContentType.CHAT_BACKGROUND_SET,
        ContentType.PROXIMITY_ALERT_TRIGGERED,
        ContentType.SUCCESSFUL_PAYMENT,
        ContentType.REFUNDED_PAYMENT,
    }
)


def is_service(message: Message) -> bool:
    """Whether the platform says it, not the person."""
    return message.content_type in _SERVICE


def words_of(message: Message) -> str:
    """Return what the message says in words, in its caption too, without invisible tricks; empty where it has none."""
    return clean_text(message.text or message.caption or "").strip()


def content_of(message: Message) -> Content | None:
    """Return what the message brings beside words; None where it brings nothing that is passed on."""
    if message.photo:
        return _file(message, Kind.PHOTO, max(message.photo, key=lambda size: size.width * size.height))
    for kind in _FILES:
        if (sent := getattr(message, kind)) is not None:
            return _file(message, kind, sent)
    return _place(message)


def _file(message: Message, kind: Kind, sent: Any) -> Content:
    return Content(
        kind=kind,
        file_id=sent.file_id,
        unique_id=sent.file_unique_id,
        name=getattr(sent, "file_name", None),
        mime=getattr(sent, "mime_type", None),
        size=sent.file_size,
        duration=getattr(sent, "duration", None),
        album=message.media_group_id,
    )


def _place(message: Message) -> Content | None:
    if message.venue is not None:
        named = clean_text(f"{message.venue.title} {message.venue.address}").strip()[:_LONGEST_TITLE]
        point = message.venue.location
        return Content(Kind.VENUE, latitude=point.latitude, longitude=point.longitude, title=named)
    if message.location is not None:
        point = message.location
        return Content(Kind.LOCATION, latitude=point.latitude, longitude=point.longitude)
    return None


class Brings(BaseFilter):
    """The message brings something beside words, handed on as `content`."""

    async def __call__(self, message: Message) -> bool | dict[str, Content]:
        """Read the message."""
        content = content_of(message)
        return {"content": content} if content else False


class Tells(BaseFilter):
    """The message says or brings something that is passed on."""

    async def __call__(self, message: Message) -> bool:
        """Look for letters and for contents."""
        return bool(words_of(message)) or content_of(message) is not None
