"""A sandbox with one citizen and one group, on a free port."""

from collections.abc import AsyncIterator

import pytest

from bot.platforms.sandbox.cast import Cast, Group, Person
from bot.platforms.sandbox.server import Sandbox
from tests.support.playing import Town

CAST = Cast(
    people=(Person(1001, "citizen"), Person(1002, "another"), Person(3001, "staff")),
    groups=(Group(-2001, "unit", (3001,), privacy=False),),
)


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    started = await Sandbox.start(port=0, limits=False, cast=CAST)
    yield started
    await started.stop()


@pytest.fixture
async def strict_sandbox() -> AsyncIterator[Sandbox]:
    started = await Sandbox.start(port=0, limits=True, cast=CAST)
    yield started
    await started.stop()


@pytest.fixture
async def town(sandbox: Sandbox) -> AsyncIterator[Town]:
    async with Town(sandbox.address) as opened:
        yield opened
