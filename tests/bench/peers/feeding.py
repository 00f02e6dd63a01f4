"""A platform on 127.0.0.1 that only hands out updates and says yes to everything else."""

import asyncio
import time
from typing import Any, Self

from aiohttp import web

Json = dict[str, Any]
_AT_MOST = 100
_LONGEST_POLL = 25.0


class Feed:
    """The updates of one bot: each is handed out until a later one is asked for."""

    address: str

    def __init__(self) -> None:
        self._updates: list[Json] = []
        self._given = 0
        self._asked_for = 0
        self._bell = asyncio.Condition()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/getUpdates", self._updates_asked)
        app.router.add_route("*", "/bot{token}/{method}", _nodded)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_error: object) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    async def give(self, updates: list[Json]) -> None:
        """Hand out more updates; return when all are confirmed."""
        for update in updates:
            self._given += 1
            self._updates.append({"update_id": self._given, **update})
        async with self._bell:
            self._bell.notify_all()
            await self._bell.wait_for(lambda: self._asked_for > self._given)

    async def _updates_asked(self, request: web.Request) -> web.Response:
        asked = await _parameters(request)
        await self._confirm(int(asked.get("offset") or 0))
        seconds = min(float(asked.get("timeout") or 0), _LONGEST_POLL)
        try:
            async with asyncio.timeout(seconds), self._bell:
                await self._bell.wait_for(lambda: bool(self._updates))
        except TimeoutError:
            pass
        return web.json_response({"ok": True, "result": self._updates[:_AT_MOST]})

    async def _confirm(self, offset: int) -> None:
        self._asked_for = max(self._asked_for, offset)
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        async with self._bell:
            self._bell.notify_all()


async def _parameters(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return {**request.query, **await request.json()}
    return {**request.query, **await request.post()}


async def _nodded(request: web.Request) -> web.Response:
    me = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
    return web.json_response({"ok": True, "result": me if request.match_info["method"] == "getMe" else True})


def said(person: int, message_id: int, words: str) -> Json:
    """Return the update of words in a private chat."""
    return {"message": {**_heading(person, message_id), "from": _person(person), "text": words}}


def pressed(person: int, message_id: int, card: Json, data: str) -> Json:
    """Return the update of a button pressed under a message, which comes with it."""
    bot = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
    message = {**_heading(person, message_id), "from": bot, **card}
    query = {"id": f"{person}{message_id}", "from": _person(person), "chat_instance": str(person)}
    return {"callback_query": {**query, "message": message, "data": data}}


def _heading(person: int, message_id: int) -> Json:
    chat = {"id": person, "type": "private", "first_name": f"citizen {person}"}
    return {"message_id": message_id, "date": int(time.time()), "chat": chat}


def _person(person: int) -> Json:
    return {"id": person, "is_bot": False, "first_name": f"citizen {person}", "language_code": "zh-hans"}
