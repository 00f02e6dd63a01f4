"""Face 1: the Bot API over HTTP, from the address of a call to Telegram's envelope around its answer."""

import asyncio
import logging
import re
from functools import partial
from typing import Any

from aiohttp import web

from bot.platforms.sandbox import (
    bot_account,
    bot_editing,
    bot_forwarding,
    bot_media,
    bot_members,
    bot_profile,
    bot_things,
    bot_topics,
    bot_webhook,
    bot_writing,
    polling,
)
from bot.platforms.sandbox.answering import ANSWERS
from bot.platforms.sandbox.calls import METHODS, Call, Upload, check_answer, checked, read_parameters
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.platform import Platform
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.webhooks import Parts

_log = logging.getLogger(__name__)

PLATFORM = web.AppKey("platform", Platform)
_TOKEN = re.compile(r"(\d{1,15}):\S+")
_UNCHECKED = frozenset({"getupdates"})  # may hold malformed updates that were pushed on purpose
# imported for what they enter into ANSWERS
_IN_USE = (
    bot_account,
    bot_editing,
    bot_forwarding,
    bot_media,
    bot_members,
    bot_profile,
    bot_things,
    bot_topics,
    bot_webhook,
    bot_writing,
    polling,
)


def add_bot_face(app: web.Application) -> None:
    """Lay the routes of the Bot API."""
    polling.let_poll(app)
    app.on_startup.append(_webhooks_start)
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", method_called)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", file_fetched)


async def method_called(request: web.Request) -> web.StreamResponse:
    """Answer one call of the Bot API."""
    platform = request.app[PLATFORM]
    fault = None
    try:
        bot_id = _bot_of(request)
        call = Call(platform, bot_id, _method_of(request), request)
        platform.metrics.calls[METHODS[call.name.lower()].__api_method__] += 1
        fault = platform.faults.take(call.name)
        if fault and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault and fault.drop == "before":
            return _hung_up(request)
        if fault and (error := fault.error()) and fault.drop is None:
            raise error
        response = web.json_response(
            {"ok": True, "result": await _answer(call, to_general=bool(fault and fault.general))}
        )
    except ApiError as error:
        response = _refusal(platform, error)
    return _hung_up(request) if fault and fault.drop == "after" else response


async def _webhooks_start(app: web.Application) -> None:
    platform = app[PLATFORM]
    platform.webhooks.perform = partial(_perform, platform)
    platform.webhooks.start()


async def _perform(platform: Platform, bot_id: int, asked: Json, files: Parts) -> None:
    """Carry out what a webhook answered with; as on Telegram, nobody hears whether it succeeded."""
    parameters = {key: value for key, value in asked.items() if key != "method"}
    uploads = {key: Upload(*file) for key, file in files.items()}
    call = Call(platform, bot_id, str(asked["method"]), None, parameters, uploads)
    if call.name.lower() in ANSWERS:
        platform.metrics.calls[METHODS[call.name.lower()].__api_method__] += 1
        try:
            await _answer(call, to_general=False)
        except ApiError:
            pass
        except Exception:  # noqa: BLE001 - one answer must not end the carrying of all that follows
            _log.exception("The sandbox failed over a method in the answer of a webhook.")


async def _answer(call: Call, *, to_general: bool) -> Any:
    await read_parameters(call)
    if to_general:
        call.parameters.pop("message_thread_id", None)
    method = checked(call)
    result = await ANSWERS[call.name.lower()](call, method)
    if call.name.lower() not in _UNCHECKED:
        check_answer(call, result)
    return result


async def file_fetched(request: web.Request) -> web.Response:
    """Give out the bytes of a file by the path that getFile told."""
    platform = request.app[PLATFORM]
    try:
        _bot_of(request)
    except ApiError as error:
        return _refusal(platform, error)
    file = platform.files.at(request.match_info["path"])
    if file is None or file["path"] != request.match_info["path"]:
        return _refusal(platform, ApiError(404, "Not Found"))
    return web.Response(body=platform.files.content(file), content_type="application/octet-stream")


def _bot_of(request: web.Request) -> int:
    token = _TOKEN.fullmatch(request.match_info["token"])
    if token is None:
        raise ApiError(401, "Unauthorized")
    bot_id = int(token[1])
    request.app[PLATFORM].world.bot(bot_id)
    return bot_id


def _method_of(request: web.Request) -> str:
    name = request.match_info["method"]
    if name.lower() not in METHODS:
        raise ApiError(404, "Not Found")
    if name.lower() not in ANSWERS:
        raise ApiError(404, f"Not Found: this sandbox does not know {METHODS[name.lower()].__api_method__} yet")
    return name


def _refusal(platform: Platform, error: ApiError) -> web.Response:
    if error.code == web.HTTPTooManyRequests.status_code:
        platform.metrics.too_many_requests += 1
    body = {"ok": False, "error_code": error.code, "description": error.description}
    return web.json_response(body | ({"parameters": error.parameters} if error.parameters else {}), status=error.code)


def _hung_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
