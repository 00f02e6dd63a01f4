"""Takes updates from the platform and keeps each before it is acknowledged.

The platform forgets an update once a later `offset` is asked for, so that is asked only after the commit.
"""

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.platforms.telegram import AnotherPoller, BotApi, CallUncertain, PlatformError, TokenRefused, TooFast
from storage.engine import Database
from storage.repositories import inbox
from storage.repositories.inbox import InboxState

_log = logging.getLogger(__name__)
_HOLD_SECONDS = 25
_LONGEST_BACKOFF = 30.0
_CONFLICT_SECONDS = 5
WANTED = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction")


class CannotPoll(RuntimeError):  # noqa: N818 - read aloud it says what is wrong
    """The bot's updates cannot be read; the sentence says what to do."""


class Intake:
    """Polls one bot's updates into the inbox until stopped."""

    def __init__(
        self,
        *,
        api: BotApi,
        database: Database,
        platform: str,
        now: Callable[[], datetime],
        on_kept: Callable[[], None],
    ) -> None:
        self._api = api
        self._database = database
        self._platform = platform
        self._now = now
        self._on_kept = on_kept
        self._offset = 0
        self._backoff = 0.0
        self._conflict_since: datetime | None = None

    async def run(self) -> None:
        """Poll for ever; raises CannotPoll where a person must mend something first."""
        while True:
            try:
                await self._round()
                self._backoff = 0.0
            except AnotherPoller as error:
                await self._conflict(error)
            except TokenRefused as error:
                raise _in_words(error) from None
            except TooFast as error:
                await asyncio.sleep(error.retry_after)
            except (PlatformError, SQLAlchemyError, OSError) as error:
                await self._rest(error)

    async def _round(self) -> None:
        asked = {"offset": self._offset, "timeout": _HOLD_SECONDS, "limit": 100, "allowed_updates": list(WANTED)}
        updates = await self._api.call("getUpdates", asked, seconds=_HOLD_SECONDS + 10)
        if not isinstance(updates, list):
            raise CallUncertain("getUpdates: the answer is no list")
        self._conflict_since = None
        if updates:
            await self._keep(updates)
            offset = max([self._offset, *(_update_id(item) + 1 for item in updates)])
            if offset == self._offset:
                raise CallUncertain("getUpdates: nothing but updates without an id")
            self._offset = offset

    async def _keep(self, updates: list[Any]) -> None:
        now = self._now()
        rows = [inbox_row(item, platform=self._platform, bot=self._api.bot_id, now=now) for item in updates]
        async with self._database.writing() as session:
            await inbox.keep(session, rows)
        self._on_kept()

    async def _conflict(self, error: AnotherPoller) -> None:
        # A poll of a killed predecessor may still hang at the platform for a moment.
        since = self._conflict_since = self._conflict_since or self._now()
        if (self._now() - since).total_seconds() >= _CONFLICT_SECONDS:
            raise _in_words(error) from None
        await asyncio.sleep(0.5)

    async def _rest(self, error: Exception) -> None:
        self._backoff = min(max(self._backoff * 2, 0.5), _LONGEST_BACKOFF)
        _log.warning("updates not read, trying again in %.1f s: %s", self._backoff, type(error).__name__)
        await asyncio.sleep(self._backoff)


def _written(item: Any) -> str:
    """Return an update as JSON; one that nests too deep to be written down leaves a word for the quarantine."""
    try:
        return json.dumps(item, separators=(",", ":"))
    except RecursionError:
        return '"nested too deep"'


def inbox_row(item: Any, *, platform: str, bot: int, now: datetime) -> dict[str, object]:
    """Return an update as the inbox keeps it; what is none is put aside at once."""
    raw = _written(item)
    update_id = _update_id(item)
    return {
        "platform": platform,
        "bot": bot,
        "update_id": update_id if update_id >= 0 else _stand_in_id(raw),
        "chat_id": chat_of(item),
        "raw": raw,
        "state": InboxState.WAITING if update_id >= 0 else InboxState.QUARANTINED,
        "tries": 0,
        "received_at": now,
    }


def _update_id(item: Any) -> int:
    value = item.get("update_id") if isinstance(item, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**62 else -1


def _stand_in_id(raw: str) -> int:
    """Return a negative id for what has none: the same thing, offered again, is kept once."""
    return -int.from_bytes(hashlib.sha256(raw.encode()).digest()[:7]) - 1


def chat_of(item: Any) -> int:
    """Return the chat an update belongs to, as its line in the queue; 0 where it names none."""
    if not isinstance(item, dict):
        return 0
    bodies = [body for name, body in item.items() if name != "update_id" and isinstance(body, dict)]
    for body in bodies:
        for place in (body.get("chat"), _part(body, "message", "chat"), body.get("from"), body.get("user")):
            if isinstance(place, dict) and isinstance(place.get("id"), int) and abs(place["id"]) < 2**62:
                return int(place["id"])
    return 0


def _part(body: dict[str, Any], outer: str, inner: str) -> Any:
    held = body.get(outer)
    return held.get(inner) if isinstance(held, dict) else None


def _in_words(error: PlatformError) -> CannotPoll:
    if isinstance(error, AnotherPoller):
        return CannotPoll(
            "Another process, or a webhook, already reads this bot's updates (409). Stop the process, or take the "
            "webhook away with `lianxin admin unhook`, then start again."
        )
    return CannotPoll("The platform does not know this token. Check LIANXIN_TOKEN and LIANXIN_API_BASE.")
