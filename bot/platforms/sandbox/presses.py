"""Presses: inline buttons that people pressed and that a bot has yet to answer."""

import asyncio
from typing import Any

from bot.platforms.sandbox.chats import Chat
from bot.platforms.sandbox.errors import ApiError, Refused
from bot.platforms.sandbox.records import Record
from bot.platforms.sandbox.store import Json, Store
from bot.platforms.sandbox.updates import Updates
from bot.platforms.sandbox.world import World

PATIENCE = 10.0
_NO_ANSWER: Json = {"answer": None, "alert": False}


def named_button(record: Record, name: str) -> Json:
    """Return the inline button with this text or callback data."""
    rows = record["message"].get("reply_markup", {}).get("inline_keyboard", [])
    buttons: list[Json] = [button for row in rows for button in row]
    for button in buttons:
        if name == button["text"] or name == button.get("callback_data"):
            return button
    there = ", ".join(button["text"] for button in buttons) or "none at all"
    raise Refused(f"This message has no button {name!r}; there are: {there}.", 404)


class Presses:
    """Open presses by callback query id."""

    def __init__(self, store: Store, world: World, updates: Updates) -> None:
        self._store = store
        self._world = world
        self._updates = updates
        self._open: dict[str, asyncio.Future[Json]] = {}

    async def press(self, chat: Chat, record: Record, person_id: int, button: Json, *, too_old: bool = False) -> Json:
        """Press a button and wait for the bot's answer, at most ten seconds; of one too old little is told."""
        if "callback_data" not in button:
            return {**_NO_ANSWER, **({"url": button["url"]} if "url" in button else {})}
        query_id = str(self._store.count("presses"))
        answered: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._open[query_id] = answered
        query = self._query(query_id, chat, record, person_id, button)
        if too_old:
            query["message"] = {**{key: query["message"][key] for key in ("chat", "message_id")}, "date": 0}
        self._updates.queue(record["author"], "callback_query", query)
        try:
            return await asyncio.wait_for(answered, PATIENCE)
        except TimeoutError:
            return dict(_NO_ANSWER)
        finally:
            self._open.pop(query_id, None)

    def answer(self, query_id: str, answer: Json) -> None:
        """Give a press its answer; raise ApiError if nobody waits for it any more."""
        waiting = self._open.pop(query_id, None)
        if waiting is None or waiting.done():
            reason = "query is too old and response timeout expired or query ID is invalid"
            raise ApiError(400, f"Bad Request: {reason}")
        waiting.set_result(answer)

    def give_up(self) -> None:
        """Answer nothing to all: the sandbox is closing."""
        for waiting in self._open.values():
            if not waiting.done():
                waiting.set_result(dict(_NO_ANSWER))

    def _query(self, query_id: str, chat: Chat, record: Record, person_id: int, button: Json) -> dict[str, Any]:
        return {
            "id": query_id,
            "from": self._world.user(person_id),
            "message": record["message"],
            "chat_instance": chat["key"],
            "data": button["callback_data"],
        }
