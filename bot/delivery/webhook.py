"""Takes updates that the platform sends by itself: each is kept before it is answered with 200.

Who cannot show the secret is answered with 401, a body over 1 MB with 413; where the database does not answer, the
platform is told to send it again (503). Listens on 127.0.0.1: what faces the internet is a proxy that speaks TLS.
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.intake import WANTED, CannotPoll, inbox_row
from bot.platforms.telegram import BotApi, CallRefused, CallUncertain, TooFast
from storage.engine import Database
from storage.repositories import inbox

_log = logging.getLogger(__name__)
HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
PATH: Final = "/webhook"
_LARGEST_BODY: Final = 2**20
_CONNECTIONS: Final = 10


class WebhookIntake:
    """Keeps what the platform sends until stopped; the platform is told the address at the start."""

    def __init__(
        self,
        *,
        api: BotApi,
        database: Database,
        platform: str,
        url: str,
        secret: str,
        port: int,
        now: Callable[[], datetime],
        on_kept: Callable[[], None],
    ) -> None:
        self._api = api
        self._database = database
        self._platform = platform
        self._url = url
        self._secret = secret
        self._port = port
        self._now = now
        self._on_kept = on_kept

    async def run(self) -> None:
        """Listen for ever; raises OSError where the port is taken, CannotPoll where the address is not accepted."""
        app = web.Application(client_max_size=_LARGEST_BODY)
        app.router.add_post(PATH, self._came)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", self._port).start()
            await self._announce()
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()

    async def _announce(self) -> None:
        wanted = {
            "url": self._url,
            "secret_token": self._secret,
            "allowed_updates": list(WANTED),
            "max_connections": _CONNECTIONS,
        }
        pause = 0.5
        while True:
            try:
                await self._api.call("setWebhook", wanted)
            except (CallUncertain, TooFast) as error:
                _log.warning("the webhook could not be set, trying again in %.1f s: %s", pause, type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30)
            except CallRefused as error:
                raise CannotPoll(
                    f"The platform does not accept LIANXIN_WEBHOOK_URL ({error.description}). Correct it."
                ) from None
            else:
                return

    async def _came(self, request: web.Request) -> web.Response:
        shown = request.headers.get(HEADER, "")
        if not hmac.compare_digest(shown.encode(), self._secret.encode()):
            return web.Response(status=HTTPStatus.UNAUTHORIZED)
        item = _read(await request.read())  # aiohttp answers 413 by itself
        row = inbox_row(item, platform=self._platform, bot=self._api.bot_id, now=self._now())
        try:
            async with self._database.writing() as session:
                await inbox.keep(session, [row])
        except (SQLAlchemyError, OSError):
            _log.exception("an update could not be kept; the platform sends it again")
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        self._on_kept()
        return web.Response()


def _read(body: bytes) -> Any:
    """Return what a body says; as plain text where it is no JSON, to be put aside."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return body.decode("utf-8", "replace")
