"""The people API for tests: faults, raw updates, the clock, metrics."""

import json
from datetime import timedelta
from typing import Any

from aiohttp import web
from pydantic import TypeAdapter, ValidationError

from bot.platforms.sandbox.calls import METHODS
from bot.platforms.sandbox.errors import Refused
from bot.platforms.sandbox.faults import Fault
from bot.platforms.sandbox.forms import Form, query_form, read_form

_DURATION = TypeAdapter(timedelta)
_FAILURES = range(400, 600)

_DEEPEST = 300  # levels of lists and objects in a pushed update; what writes it down recurses
routes = web.RouteTableDef()


@routes.post("/faults")
async def fault_ordered(request: web.Request) -> web.Response:
    """Let the next calls of a method fail."""
    form = await read_form(request)
    form.platform.faults.order(_fault(form))
    return web.json_response({"faults": form.platform.faults.left()})


def _fault(form: Form) -> Fault:
    method, drop = form.text("method").lower(), form.fields.get("drop")
    if method != "*" and method not in METHODS:
        raise Refused(f"The Bot API has no method {method}.")
    if drop not in (None, "before", "after"):
        raise Refused("“drop” is before or after.")
    retry_after = form.number("retry_after") if form.fields.get("retry_after") is not None else None
    delay = form.seconds("delay")
    general = form.flag("general")
    usual = 429 if retry_after is not None else None if drop or delay or general else 500
    status = form.number("status") if form.fields.get("status") is not None else usual
    if status is not None and status not in _FAILURES:
        raise Refused("“status” is an HTTP status from 400 to 599.")
    times = form.number("times", 1)
    description = form.text_or_none("description")
    return Fault(method, max(times, 1), status, retry_after, delay, drop, description, general)


@routes.delete("/faults")
async def faults_cleared(request: web.Request) -> web.Response:
    """Forget all faults."""
    query_form(request).platform.faults.clear()
    return web.json_response({"faults": {}})


@routes.post("/updates")
async def update_pushed(request: web.Request) -> web.Response:
    """Push a raw update to a bot (`?bot=N`, 1 by default), as it is."""
    form = query_form(request)
    try:
        update: Any = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise Refused("The body of this request is no JSON, or nests too deep.") from None
    if _nests_deeper(update, _DEEPEST):
        raise Refused(f"This update nests deeper than {_DEEPEST} levels: no platform could answer with it.")
    bot_id = form.number("bot", 1)
    return web.json_response({"queued": form.platform.updates.push(bot_id, update)})


def _nests_deeper(value: Any, levels: int) -> bool:
    """Whether lists and objects stand in each other more than so many times."""
    layer = [value]
    for _ in range(levels):
        layer = [part for each in layer if isinstance(each, dict | list) for part in _parts(each)]
        if not layer:
            return False
    return any(isinstance(each, dict | list) for each in layer)


def _parts(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value


@routes.post("/clock")
async def clock_advanced(request: web.Request) -> web.Response:
    """Move the bot's clock on, where there is a bot that lets it be moved."""
    form = await read_form(request)
    advance = form.platform.advance_clock
    if advance is None:
        raise Refused("No clock can be moved here: only the demo and tests have one.", 404)
    try:
        step = _DURATION.validate_python(form.text("advance"))
    except ValidationError:
        raise Refused("“advance” is an ISO 8601 duration such as PT1H or P3D.") from None
    if step < timedelta(0):
        raise Refused("Time goes forward only.")
    form.platform.world.move_on(step)
    await advance(step)
    return web.json_response({"advanced": form.fields["advance"]})


@routes.get("/metrics")
async def metrics_read(request: web.Request) -> web.Response:
    """Return what was counted since the start."""
    platform = query_form(request).platform
    metrics = platform.metrics
    return web.json_response(
        {
            "updates": {
                "queued": metrics.queued,
                "delivered": metrics.delivered,
                "confirmed": metrics.confirmed,
                "pending": platform.updates.waiting_for_all(),
            },
            "calls": dict(metrics.calls),
            "429": metrics.too_many_requests,
        }
    )
