"""The Bot API over plain HTTP: what intake, sender and doctor need of it, and nothing of aiogram.

PlatformError               the platform did not do what was asked
├── CallRefused             it answered, and refused: sending the same again would be refused again
│   ├── TokenRefused        401 or 404 for every call: the token is wrong
│   ├── AnotherPoller       409: somebody else reads this bot's updates
│   └── Unreachable         403: the person blocked the bot, or it was put out of the group
├── TooFast                 429: wait `retry_after` seconds
└── CallUncertain           no answer, or one that is not the platform's: nobody knows whether it took effect
"""

import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp

DEFAULT_BASE = "https://api.telegram.org/"
_TOKEN = re.compile(r"\d+:[\w-]{1,}")


class PlatformError(Exception):
    """The platform did not do what was asked."""


class CallRefused(PlatformError):  # noqa: N818 - see the tree above: names say what happened
    """The platform answered and refused."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters or {}


class TokenRefused(CallRefused):
    """The token is not a bot's."""


class AnotherPoller(CallRefused):
    """Another process, or a webhook, takes this bot's updates."""


class Unreachable(CallRefused):
    """This chat cannot be written to: blocked, left or put out."""


class TooFast(PlatformError):  # noqa: N818 - as above
    """The platform asks to wait `retry_after` seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"429 retry after {retry_after:g}")
        self.retry_after = retry_after


class CallUncertain(PlatformError):  # noqa: N818 - as above
    """The call may or may not have taken effect."""


_GONE = {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
_NAMED = {401: TokenRefused, 403: Unreachable, 404: TokenRefused, 409: AnotherPoller}


class BotApi:
    """One bot's door to the platform."""

    def __init__(self, token: str, *, base: str = DEFAULT_BASE, session: aiohttp.ClientSession) -> None:
        if not _TOKEN.fullmatch(token):
            raise ValueError("LIANXIN_TOKEN does not look like a bot token (digits, a colon, letters).")
        self.bot_id = int(token.partition(":")[0])
        self._session = session
        self._root = f"{base.rstrip('/')}/bot{token}/"
        self._files = f"{base.rstrip('/')}/file/bot{token}/"

    async def call(
        self,
        method: str,
        payload: dict[str, Any] | None = None,
        *,
        files: Mapping[str, tuple[str, bytes]] | None = None,
        seconds: float = 30,
    ) -> Any:
        """Return the call's result; raise a PlatformError. Errors never carry the address: it holds the token.

        `files`: what the payload names as `attach://KEY`, each a file name and its bytes.
        """
        body: dict[str, Any] = {"data": _form(payload or {}, files)} if files else {"json": payload or {}}
        timeout = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.post(self._root + method, timeout=timeout, **body) as response:
                answer = await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise CallUncertain(f"{method}: {type(error).__name__}") from None
        return _result(method, answer)

    async def fetch(self, file_id: str, *, seconds: float = 120) -> bytes:
        """Return the bytes of a file of at most 20 MB; raise a PlatformError."""
        found = await self.call("getFile", {"file_id": file_id})
        path = found.get("file_path") if isinstance(found, dict) else None
        if not path:
            raise CallUncertain("getFile: the answer names no file")
        timeout = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.get(self._files + str(path), timeout=timeout) as response:
                if response.status in _GONE:
                    raise CallRefused(response.status, "the file is not to be had")
                response.raise_for_status()
                return await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise CallUncertain(f"a file could not be fetched: {type(error).__name__}") from None


def _form(payload: dict[str, Any], files: Mapping[str, tuple[str, bytes]]) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in payload.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, (called, content) in files.items():
        form.add_field(name, content, filename=called)
    return form


def _result(method: str, body: bytes) -> Any:
    try:
        answer = json.loads(body)
        if answer["ok"]:
            return answer.get("result")
        error = _error(answer)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise CallUncertain(f"{method}: the answer is not the platform's") from None
    raise error


def _error(answer: dict[str, Any]) -> PlatformError:
    code = int(answer.get("error_code", 500))
    description = str(answer.get("description", ""))
    parameters = answer.get("parameters") or {}
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        return TooFast(float(parameters.get("retry_after", 1)))
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return CallUncertain(f"{code} {description}")
    return _NAMED.get(code, CallRefused)(code, description, parameters)
