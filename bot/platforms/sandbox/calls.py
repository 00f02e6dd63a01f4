"""Calls: a Bot API request, read from any of the forms Telegram takes and checked by aiogram's own method classes."""

import json
import typing
from dataclasses import dataclass, field
from functools import cache
from types import UnionType
from typing import Any

from aiogram import methods
from aiogram.client.default import Default
from aiogram.methods.base import Response, TelegramMethod
from aiohttp import web
from pydantic import ValidationError

from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.platform import Platform
from bot.platforms.sandbox.store import Json

Method = TelegramMethod[Any]


@dataclass(frozen=True)
class Upload:
    """A file that came with a request."""

    content: bytes
    name: str
    mime: str


@dataclass
class Call:
    """One call of one bot: its parameters as they came, the files with them, where it happens, and who waits for it.

    `request` is None for a call that came in the answer of a webhook.
    """

    platform: Platform
    bot_id: int
    name: str
    request: web.Request | None = None
    parameters: Json = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)


def _known_methods() -> dict[str, type[Method]]:
    classes = [getattr(methods, name) for name in methods.__all__]
    return {
        one.__api_method__.lower(): one
        for one in classes
        if isinstance(one, type) and issubclass(one, TelegramMethod) and isinstance(one.__api_method__, str)
    }


METHODS = _known_methods()


async def read_parameters(call: Call) -> None:
    """Fill in the parameters and uploads of a call from its query string and body."""
    request = call.request
    if request is None:
        return
    call.parameters.update(request.query)
    if request.method != "POST" or not request.can_read_body:
        return
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.read() or b"{}")
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise ApiError(400, "Bad Request: can't parse JSON object")
        call.parameters.update(body)
    elif request.content_type.startswith("multipart/"):
        await _read_parts(call, request)
    else:
        call.parameters.update(await request.post())


async def _read_parts(call: Call, request: web.Request) -> None:
    for key, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            call.uploads[key] = Upload(value.file.read(), value.filename, value.content_type)
        else:
            call.parameters[key] = value


def checked(call: Call) -> Method:
    """Return the call as aiogram's method object; raise ApiError for parameters that Telegram would refuse."""
    kind = METHODS[call.name.lower()]
    plain = _plain_fields(kind)
    for key, value in call.parameters.items():
        if isinstance(value, str) and key not in plain and value[:1] in ("{", "["):
            call.parameters[key] = _decoded(key, value)
        elif key in plain and isinstance(value, int | float) and not isinstance(value, bool):
            call.parameters[key] = value if _is_number_too(kind, key) else str(value)
    named = {key: f"attach://{key}" for key in call.uploads if key in kind.model_fields}
    call.parameters = {**named, **{key: value for key, value in call.parameters.items() if value is not None}}
    try:
        return kind.model_validate(call.parameters)
    except ValidationError as wrong:
        raise _worded(wrong) from wrong


def check_answer(call: Call, result: Any) -> None:
    """Raise pydantic's error if aiogram could not read this answer: the sandbox has said what Telegram never says."""
    _answer_of(METHODS[call.name.lower()]).model_validate({"ok": True, "result": result})


@cache
def _answer_of(kind: type[Method]) -> type[Response[Any]]:
    model: type[Response[Any]] = Response.__class_getitem__(kind.__returning__)  # type: ignore[assignment]
    return model


@cache
def _plain_fields(kind: type[Method]) -> frozenset[str]:
    """The fields whose value may be a bare string, so that one beginning with a bracket is no JSON."""
    return frozenset(name for name, info in kind.model_fields.items() if str in _members(info.annotation))


@cache
def _is_number_too(kind: type[Method], name: str) -> bool:
    return int in _members(kind.model_fields[name].annotation)


def _members(annotation: Any) -> set[Any]:
    if typing.get_origin(annotation) in (typing.Union, UnionType):
        return {one for member in typing.get_args(annotation) for one in _members(member)}
    return {annotation}


def _decoded(key: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        raise ApiError(400, f"Bad Request: can't parse {key.replace('_', ' ')} JSON object") from None


_EMPTY = {
    "text": "message text is empty",
    "chat_id": "chat_id is empty",
    "message_id": "message identifier is not specified",
}


def _worded(wrong: ValidationError) -> ApiError:
    first = wrong.errors()[0]
    key = str(first["loc"][0]) if first["loc"] else "request"
    if first["type"] == "missing" and len(first["loc"]) == 1:
        return ApiError(400, f"Bad Request: {_EMPTY.get(key, f'parameter {key!r} is required')}")
    if any(error["type"] == "string_unicode" for error in wrong.errors()):
        return ApiError(400, "Bad Request: strings must be encoded in UTF-8")
    return ApiError(400, f"Bad Request: {key}: {first['msg']}")


def given(value: Any) -> Any:
    """Return a parameter's value, None where aiogram stands in a default of its own."""
    return None if isinstance(value, Default) else value


def as_json(model: Any) -> Any:
    """Return a checked parameter as plain JSON without the fields that are not set."""
    if isinstance(model, list):
        return [as_json(one) for one in model]
    return model.model_dump(mode="json", exclude_unset=True, exclude_none=True)
