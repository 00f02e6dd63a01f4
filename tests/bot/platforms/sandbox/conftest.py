"""A running sandbox with a small cast, and a caller that speaks to both of its faces."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.platforms.sandbox.cast import Cast
from bot.platforms.sandbox.server import Sandbox
from tests.bot.platforms.sandbox.calling import Caller, small_cast


@pytest.fixture
def cast() -> Cast:
    return small_cast()


@pytest.fixture
async def sandbox(cast: Cast) -> AsyncIterator[Sandbox]:
    running = await Sandbox.start(port=0, limits=False, cast=cast)
    yield running
    await running.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def caller(sandbox: Sandbox, session: aiohttp.ClientSession) -> Caller:
    return Caller(session, sandbox.address)
