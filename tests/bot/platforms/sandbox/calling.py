"""A caller that speaks to both faces of a sandbox, and the small cast it is about."""

import json
from typing import Any

import aiohttp

from bot.platforms.sandbox.cast import Cast, Group, Person

CITIZEN, OTHER, STAFF, COLLEAGUE, GROUP = 1001, 1002, 3001, 3002, -2001
BOT = "1:sandbox"


class Caller:
    """Speaks HTTP with a sandbox: `ask` as people do, `call` as a bot does."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self.session = session
        self.address = address

    async def ask(self, verb: str, path: str, **fields: Any) -> Any:
        """Return the answer of the people API, which must not be an error."""
        status, answer = await self.refused(verb, path, **fields)
        assert status == 200, answer
        return answer

    async def refused(self, verb: str, path: str, **fields: Any) -> tuple[int, Any]:
        """Return status and answer of the people API; a field named `from` is spelt `from_`."""
        body = {key.rstrip("_"): value for key, value in fields.items()}
        async with self.session.request(verb, self.address + path, json=body) as response:
            return response.status, await response.json()

    async def call(self, method: str, *, token: str = BOT, **fields: Any) -> Any:
        """Return Telegram's whole envelope."""
        async with self.session.post(f"{self.address}bot{token}/{method}", json=fields) as response:
            return await response.json()

    async def result(self, method: str, *, token: str = BOT, **fields: Any) -> Any:
        """Return the result of a call that must succeed."""
        envelope = await self.call(method, token=token, **fields)
        assert envelope["ok"], envelope
        return envelope["result"]

    async def error(self, method: str, *, token: str = BOT, **fields: Any) -> str:
        """Return code and description of a call that must fail."""
        envelope = await self.call(method, token=token, **fields)
        assert not envelope["ok"], envelope
        return f"{envelope['error_code']} {envelope['description']}"

    async def say(self, chat: int | str, person: int, text: str, **fields: Any) -> Any:
        """Let a person say something."""
        return await self.ask("POST", f"chats/{chat}/messages", from_=person, text=text, **fields)

    async def show(self, chat: int | str, person: int, *files: tuple[str, str, bytes], **fields: Any) -> Any:
        """Let a person post files, each a name, a type and bytes; return the answer, an error too."""
        verb = fields.pop("verb", "POST")
        at = fields.pop("at", "")
        form = aiohttp.FormData({"from": str(person), **{key: str(value) for key, value in fields.items()}})
        for name, mime, content in files:
            form.add_field("file", content, filename=name, content_type=mime)
        async with self.session.request(verb, f"{self.address}chats/{chat}/messages{at}", data=form) as response:
            return await response.json()

    async def upload(self, method: str, files: dict[str, tuple[str, str, bytes]], **fields: Any) -> Any:
        """Return the envelope of a multipart call."""
        form = aiohttp.FormData(
            {key: value if isinstance(value, str) else json.dumps(value) for key, value in fields.items()}
        )
        for key, (name, mime, content) in files.items():
            form.add_field(key, content, filename=name, content_type=mime)
        async with self.session.post(f"{self.address}bot{BOT}/{method}", data=form) as response:
            return await response.json()

    async def updates(self, **fields: Any) -> Any:
        """Return what bot 1 is told, confirming it at once."""
        updates = await self.result("getUpdates", **fields)
        if updates:
            await self.result("getUpdates", offset=updates[-1]["update_id"] + 1)
        return updates


def small_cast() -> Cast:
    """Return two citizens, and a unit of two with its group, which the bot is a member of."""
    people = (
        Person(CITIZEN, "群众"),
        Person(OTHER, "田婶"),
        Person(STAFF, "小李", "chengguan_01"),
        Person(COLLEAGUE, "老周", "chengguan_02"),
    )
    return Cast(people, (Group(GROUP, "城市管理局", (STAFF, COLLEAGUE), department="urban_management"),))
