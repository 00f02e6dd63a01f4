"""The Bot API method by which a bot asks for its updates."""

import time
from typing import Any

from aiogram import methods
from aiohttp import web

from bot.platforms.sandbox.answering import answers
from bot.platforms.sandbox.calls import Call
from bot.platforms.sandbox.errors import ApiError

LONGEST_POLL = 50
_POLLS = web.AppKey("polls", dict[int, web.Request])
_CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"

_WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


def let_poll(app: web.Application) -> None:
    """Prepare an application to remember who is polling."""
    app[_POLLS] = {}


@answers(methods.GetUpdates)
async def get_updates(call: Call, method: methods.GetUpdates) -> list[Any]:
    """Hold the call until there is an update, at most `timeout` seconds; what is not confirmed comes again."""
    request = call.request
    if request is None:
        raise ApiError(400, "Bad Request: method can't be called in the answer of a webhook")
    polls = request.app[_POLLS]
    if call.platform.webhooks.of(call.bot_id):
        raise ApiError(409, _WEBHOOK_ACTIVE)
    if _is_held(polls.get(call.bot_id)):
        raise ApiError(409, _CONFLICT)
    if method.allowed_updates is not None:
        call.platform.world.change_bot(call.bot_id, allowed=list(method.allowed_updates))
    updates = call.platform.updates
    if method.offset:
        updates.confirm(call.bot_id, method.offset)
    polls[call.bot_id] = request
    try:
        return await _wait(call, request, method)
    finally:
        if polls.get(call.bot_id) is request:
            del polls[call.bot_id]


async def _wait(call: Call, request: web.Request, method: methods.GetUpdates) -> list[Any]:
    limit = min(max(method.limit or 100, 1), 100)
    until = time.monotonic() + min(method.timeout or 0, LONGEST_POLL)
    updates = call.platform.updates
    while not updates.waiting(call.bot_id):
        if not await call.platform.bells.heard(("bot", call.bot_id), until - time.monotonic()):
            break
        if _is_gone(request):
            return []
        if call.platform.webhooks.of(call.bot_id):
            raise ApiError(409, "Conflict: terminated by setWebhook request")
    return updates.pending(call.bot_id, limit)


def _is_held(request: web.Request | None) -> bool:
    return request is not None and not _is_gone(request)


def _is_gone(request: web.Request) -> bool:
    """Tell whether the caller has hung up, as a killed bot does."""
    transport = request.transport
    return transport is None or bool(transport.is_closing())
