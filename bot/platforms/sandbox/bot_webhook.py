"""Bot API methods by which a bot has its updates carried to an address of its own."""

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from aiogram import methods

from bot.platforms.sandbox.answering import answers
from bot.platforms.sandbox.calls import Call
from bot.platforms.sandbox.errors import ApiError
from bot.platforms.sandbox.store import Json

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_CONNECTIONS = 40


@answers(methods.SetWebhook)
async def set_webhook(call: Call, method: methods.SetWebhook) -> bool:
    """Have updates carried to an address on this machine; an empty one takes the webhook away."""
    if method.secret_token and not _SECRET.fullmatch(method.secret_token):
        raise ApiError(400, "Bad Request: secret token contains unallowed characters")
    if method.url and not _is_here(method.url):
        raise ApiError(400, "Bad Request: bad webhook: this sandbox delivers by http or https to this machine only")
    if method.allowed_updates is not None:
        call.platform.world.change_bot(call.bot_id, allowed=list(method.allowed_updates))
    _clear(call, method)
    webhook = {
        "url": method.url,
        "secret_token": method.secret_token,
        "max_connections": method.max_connections or _CONNECTIONS,
        "has_custom_certificate": "certificate" in call.uploads,
    }
    call.platform.webhooks.set(call.bot_id, webhook if method.url else None)
    return True


def _is_here(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return parts.scheme in ("http", "https") and (host == "localhost" or ipaddress.ip_address(host).is_loopback)
    except ValueError:
        return False


@answers(methods.DeleteWebhook)
async def delete_webhook(call: Call, method: methods.DeleteWebhook) -> bool:
    """Take the webhook away, and drop what is pending if asked to."""
    _clear(call, method)
    if call.platform.webhooks.of(call.bot_id):
        call.platform.webhooks.set(call.bot_id, None)
    return True


def _clear(call: Call, method: Any) -> None:
    if method.drop_pending_updates:
        call.platform.updates.clear(call.bot_id)


@answers(methods.GetWebhookInfo)
async def get_webhook_info(call: Call, _: methods.GetWebhookInfo) -> Json:
    """Say where updates go, how many are pending, and what went wrong last."""
    webhook = call.platform.webhooks.of(call.bot_id)
    allowed = call.platform.world.bot(call.bot_id)["allowed"]
    info: Json = {
        "url": webhook["url"] if webhook else "",
        "has_custom_certificate": bool(webhook and webhook["has_custom_certificate"]),
        "pending_update_count": call.platform.updates.waiting(call.bot_id),
        **({"allowed_updates": allowed} if allowed else {}),
    }
    if webhook:
        info |= {"max_connections": webhook["max_connections"], **call.platform.webhooks.last_error(call.bot_id)}
    return info
