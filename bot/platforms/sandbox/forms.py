"""Forms: what a person (the page, a test, a script) asks of the people API, read and questioned field by field."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote

from aiohttp import web

from bot.platforms.sandbox.bot_face import PLATFORM
from bot.platforms.sandbox.calls import Upload
from bot.platforms.sandbox.chats import Chat, is_member
from bot.platforms.sandbox.errors import Refused
from bot.platforms.sandbox.platform import Platform
from bot.platforms.sandbox.records import Record
from bot.platforms.sandbox.store import Json

LONGEST_WAIT = 60.0
_OBJECTS = frozenset({"location", "contact", "venue", "poll", "forward"})


@dataclass
class Form:
    """The fields and files of one request, and the world it is asked of."""

    request: web.Request
    fields: Json
    files: list[Upload] = field(default_factory=list)

    @property
    def platform(self) -> Platform:
        """The sandbox that is asked."""
        return self.request.app[PLATFORM]

    def text(self, name: str) -> str:
        """Return a text that must be there and not be empty."""
        value = self.fields.get(name)
        if not isinstance(value, str) or not value.strip():
            raise Refused(f"“{name}” is missing: it is a text.")
        return _encodable(value)

    def text_or_none(self, name: str) -> str | None:
        """Return a text, or None where none is given."""
        return None if self.fields.get(name) in (None, "") else self.text(name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return yes or no."""
        value = self.fields.get(name, default)
        return value.lower() in ("true", "1", "yes") if isinstance(value, str) else bool(value)

    def number(self, name: str, default: int | None = None) -> int:
        """Return a whole number, which must be there if there is no default."""
        value: Any = self.fields.get(name)
        if value in (None, "") and default is not None:
            return default
        try:
            return int(value)
        except (TypeError, ValueError, OverflowError):
            raise Refused(f"“{name}” is a whole number, not {value!r}.") from None

    def numbers(self, name: str, default: list[int]) -> list[int]:
        """Return a list of whole numbers."""
        values = self.fields.get(name, default)
        if not isinstance(values, list):
            raise Refused(f"“{name}” is a list of whole numbers.")
        return [Form(self.request, {name: value}).number(name) for value in values]

    def seconds(self, name: str) -> float:
        """Return a span of time in seconds, at most a minute, 0 where none is given."""
        try:
            return min(float(self.fields.get(name) or 0), LONGEST_WAIT)
        except (TypeError, ValueError):
            raise Refused(f"“{name}” is a number of seconds.") from None

    def person(self, name: str) -> int:
        """Return the id of a person who exists."""
        person_id = self.number(name)
        if person_id not in self.platform.world.people:
            raise Refused(f"There is no person {person_id}.", 404)
        return person_id

    def chat(self, key: str | None = None) -> Chat:
        """Return the chat that the address (or `key`) names."""
        key = self.request.match_info["chat"] if key is None else key
        chat = self.platform.world.chat(key)
        if chat is None:
            raise Refused(f"There is no chat {key}.", 404)
        return chat

    def chat_of(self, person_id: int, key: str | None = None) -> Chat:
        """Return the chat that the address (or `key`) names, if this person is in it and it still goes on."""
        chat = self.chat(key)
        if not is_member(chat, person_id):
            raise Refused(f"Person {person_id} is not in the chat {chat['key']}.", 403)
        if chat["moved_to"]:
            raise Refused(f"This group has become the supergroup {chat['moved_to']}.", 410)
        return chat

    def record(self, chat: Chat, message_id: Any = None) -> Record:
        """Return the message that the address (or `message_id`) names."""
        wanted = self.request.match_info["message"] if message_id is None else message_id
        record = self.platform.world.messages(chat).get(int(wanted))
        if record is None:
            raise Refused(f"There is no message {wanted} in the chat {chat['key']}.", 404)
        return record


def _encodable(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise Refused("This text has half a character in it (a lone surrogate).") from None
    return value


async def read_form(request: web.Request) -> Form:
    """Read a JSON object or a multipart form; an empty body is an empty form."""
    if request.content_type.startswith("multipart/"):
        return await _read_parts(request)
    body = await request.read()
    return Form(request, _object(body) if body.strip() else {})


def _object(body: str | bytes) -> Json:
    try:
        fields = json.loads(body)
    except ValueError:
        raise Refused("The body of this request is no JSON.") from None
    if not isinstance(fields, dict):
        raise Refused("The body of this request is no JSON object.")
    return fields


async def _read_parts(request: web.Request) -> Form:
    form = Form(request, {})
    for key, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            form.files.append(Upload(value.file.read(), _file_name(value.filename), value.content_type))
        elif key in _OBJECTS:
            form.fields[key] = _object(str(value))
        else:
            form.fields[key] = value
    return form


def _file_name(sent: str) -> str:
    """Return the name of a file; aiohttp's own client sends what is not ASCII percent-encoded, unlike any phone."""
    plain = unquote(sent)
    return plain if not plain.isascii() and quote(plain, safe="") == sent else sent


def query_form(request: web.Request) -> Form:
    """Read the query string as a form."""
    return Form(request, dict(request.query))
