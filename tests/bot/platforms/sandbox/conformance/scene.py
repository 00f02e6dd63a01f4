"""What a claim is told on: a sandbox of its own, its people, and one library as the bot."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.platforms.sandbox.server import Sandbox
from tests.bot.platforms.sandbox.calling import CITIZEN, Caller, small_cast
from tests.bot.platforms.sandbox.conformance.clients import Client, RefusedError, Upload

KEYBOARD = {"inline_keyboard": [[{"text": "签收", "callback_data": "claim"}]]}
_TO_A_CHAT = re.compile(
    r"send|setMessageReaction|(edit|copy|forward|delete)Messages?(Text|Caption|Media|ReplyMarkup)?$"
)
JPEG = Upload("a.jpg", b"picture")
PDF = Upload("a.pdf", b"paper")


@dataclass
class Scene:
    """A running sandbox: `people` act in it, `client` is the bot, on first-name terms with the citizen."""

    people: Caller
    client: Client

    async def call(self, method: str, **fields: Any) -> Any:
        """Let the library call a method; what is sent or changed is the citizen's unless another chat is named."""
        at_home = {"chat_id": CITIZEN} if _TO_A_CHAT.match(method) else {}
        return await self.client.call(method, **{**at_home, **fields})

    @asynccontextmanager
    async def another(self) -> AsyncIterator[Client]:
        """Open a second client of the same bot."""
        client = await type(self.client).open(self.people.address)
        try:
            yield client
        finally:
            await client.close()

    async def refused(self, method: str, **fields: Any) -> RefusedError:
        """Return what the library makes of the refusal of a call."""
        with pytest.raises(RefusedError) as told:
            await self.call(method, **fields)
        return told.value

    async def updates(self, **fields: Any) -> list[Any]:
        """Return the updates that the library reads, and confirm them."""
        updates: list[Any] = await self.client.call("getUpdates", timeout=0, **fields)
        if updates:
            await self.client.call("getUpdates", offset=updates[-1]["update_id"] + 1, timeout=0)
        return updates

    async def told(self, kind: str = "message") -> Any:
        """Return what the only update of this kind is about."""
        [update] = [update for update in await self.updates() if kind in update]
        return update[kind]

    async def shown(self, chat: int = CITIZEN, person: int = CITIZEN) -> list[Any]:
        """Return what a person sees in a chat."""
        messages: list[Any] = await self.people.ask("GET", f"chats/{chat}/messages?as={person}")
        return messages


@dataclass(frozen=True)
class Claim:
    """Something that is so whichever library is asked."""

    words: str
    show: Callable[[Scene], Awaitable[None]]
    limits: bool = False


CLAIMS: list[Claim] = []


def claim(words: str, *, limits: bool = False) -> Callable[[Callable[[Scene], Awaitable[None]]], Any]:
    """Enter a function as what shows this claim."""

    def enter(show: Callable[[Scene], Awaitable[None]]) -> Any:
        CLAIMS.append(Claim(words, show, limits))
        return show

    return enter


@asynccontextmanager
async def scene(library: Any, *, limits: bool) -> AsyncIterator[Scene]:
    """Set the scene: the citizen has said /start, which the bot has heard."""
    sandbox = await Sandbox.start(port=0, limits=limits, cast=small_cast())
    client = await library.open(sandbox.address)
    try:
        async with aiohttp.ClientSession() as session:
            stage = Scene(Caller(session, sandbox.address), client)
            await stage.people.say(CITIZEN, CITIZEN, "/start")
            await stage.updates()
            yield stage
    finally:
        await client.close()
        await sandbox.stop()


async def shown(claim: Claim, library: Any) -> None:
    """Show a claim with a library; raise what speaks against it."""
    async with scene(library, limits=claim.limits) as stage:
        await claim.show(stage)
