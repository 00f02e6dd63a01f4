"""Webhooks: updates carried to a bot's own address, one at a time and in order, each until it is taken."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

import aiohttp

from bot.platforms.sandbox.bells import Bells
from bot.platforms.sandbox.store import Json
from bot.platforms.sandbox.updates import Updates
from bot.platforms.sandbox.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_PATIENCE = aiohttp.ClientTimeout(total=60.0)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0
_LISTEN = 60.0

Parts = dict[str, tuple[bytes, str, str]]
"""Files that came with a webhook's answer, by field: bytes, name, type."""

Perform = Callable[[int, Json, Parts], Awaitable[None]]
"""Carries out the method that a webhook's answer names, for a bot."""


class Webhooks:
    """The webhooks of all bots, each with a carrier of its own while it is set."""

    def __init__(self, world: World, updates: Updates, bells: Bells) -> None:
        self._world = world
        self._updates = updates
        self._bells = bells
        self._carriers: dict[int, asyncio.Task[None]] = {}
        self._http: aiohttp.ClientSession | None = None
        self._errors: dict[int, Json] = {}
        self.perform: Perform | None = None

    def of(self, bot_id: int) -> Json | None:
        """Return the webhook of a bot (url, secret_token, max_connections), or None."""
        webhook: Json | None = self._world.bot(bot_id).get("webhook")
        return webhook

    def last_error(self, bot_id: int) -> Json:
        """Return when and why a delivery failed last, in the words of getWebhookInfo; nothing if none did."""
        return self._errors.get(bot_id, {})

    def set(self, bot_id: int, webhook: Json | None) -> None:
        """Put a webhook in the place of the last one, or none; who polls for this bot is woken."""
        self._world.change_bot(bot_id, webhook=webhook)
        self._errors.pop(bot_id, None)
        if carrier := self._carriers.pop(bot_id, None):
            carrier.cancel()
        if webhook:
            self._carriers[bot_id] = asyncio.create_task(self._carry(bot_id, webhook))
        self._bells.ring(("bot", bot_id))

    def start(self) -> None:
        """Go on with the webhooks that were set before this sandbox was started."""
        for bot_id in list(self._world.bots):
            if webhook := self.of(bot_id):
                self._carriers[bot_id] = asyncio.create_task(self._carry(bot_id, webhook))

    async def stop(self) -> None:
        """Let all carriers go; what they have not delivered stays pending."""
        for carrier in self._carriers.values():
            carrier.cancel()
        await asyncio.gather(*self._carriers.values(), return_exceptions=True)
        if self._http is not None:
            await self._http.close()

    async def _carry(self, bot_id: int, webhook: Json) -> None:
        pause = _FIRST_PAUSE
        while self._carriers.get(bot_id) is asyncio.current_task() and not self._bells.hushed:
            first = self._updates.first(bot_id)
            if first is None:
                await self._bells.heard(("bot", bot_id), _LISTEN)
                continue
            number, update = first
            wait = await self._deliver(bot_id, webhook, update)
            if wait is None:
                self._updates.taken(bot_id, number)
                pause = _FIRST_PAUSE
            else:
                await asyncio.sleep(max(wait, pause))
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def _deliver(self, bot_id: int, webhook: Json, update: Any) -> float | None:
        """Post an update; return None if it was taken, or else the seconds that the bot asks to be left alone."""
        if self._http is None:
            self._http = aiohttp.ClientSession(timeout=_PATIENCE, connector=aiohttp.TCPConnector(ssl=False))
        secret = {SECRET_HEADER: webhook["secret_token"]} if webhook.get("secret_token") else {}
        try:
            async with self._http.post(webhook["url"], json=update, headers=secret, allow_redirects=False) as response:
                if HTTPStatus.OK <= response.status < HTTPStatus.MULTIPLE_CHOICES:
                    method, parts = await _read(response)
                else:
                    self._failed(bot_id, f"Wrong response from the webhook: {response.status} {response.reason}")
                    return _asked_pause(response)
        except TimeoutError:
            return self._failed(bot_id, "Read timeout expired")
        except (aiohttp.ClientError, OSError) as reason:
            refused = isinstance(reason, aiohttp.ClientConnectorError)
            return self._failed(bot_id, "Connection refused" if refused else f"Connection closed: {reason}")
        if self.perform and method.get("method"):
            await self.perform(bot_id, method, parts)
        return None

    def _failed(self, bot_id: int, reason: str) -> float:
        self._errors[bot_id] = {"last_error_date": int(time.time()), "last_error_message": reason}
        return 0.0


def _asked_pause(response: aiohttp.ClientResponse) -> float:
    asked = response.headers.get("Retry-After", "")
    return float(asked) if asked.isdecimal() else 0.0


async def _read(response: aiohttp.ClientResponse) -> tuple[Json, Parts]:
    """Return the method that a webhook's answer asks for, in any form that a request may have, and its files."""
    if response.content_type.startswith("multipart/"):
        return await _read_parts(response)
    body = await response.read()
    if response.content_type == "application/x-www-form-urlencoded":
        return dict(parse_qsl(body.decode(errors="replace"))), {}
    try:
        asked = json.loads(body or b"{}")
    except ValueError:
        return {}, {}
    return asked if isinstance(asked, dict) else {}, {}


async def _read_parts(response: aiohttp.ClientResponse) -> tuple[Json, Parts]:
    fields: Json = {}
    files: Parts = {}
    async for part in aiohttp.MultipartReader.from_response(response):
        if not isinstance(part, aiohttp.BodyPartReader) or part.name is None:
            continue
        content = bytes(await part.read(decode=True))
        if part.filename:
            files[part.name] = (content, part.filename, part.headers.get("Content-Type", "application/octet-stream"))
        else:
            fields[part.name] = content.decode(errors="replace")
    return fields, files
