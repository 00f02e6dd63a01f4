"""One browser, one sandbox and one bot for all tests of the page; each test brings its own window and citizens."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ViewportSize

from bot.platforms.sandbox.cast import Cast, load_cast
from tests.support import databases
from tests.support.browsing import DESKTOP, Window, chromium, chromium_here, opened
from tests.support.playing import Town
from tests.support.staging import staged

Open = Callable[..., AbstractAsyncContextManager[Window]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = chromium_here()
    if path is None and os.environ.get("LIANXIN_TESTS_NEED_BROWSER"):
        pytest.fail("there is no Chromium, and here one must be")
    if path is None:
        pytest.skip("there is no Chromium on this machine: `make browser` installs it on Debian")
    async with chromium(path) as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def town(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:  # noqa: ARG001 - without a browser nothing is staged
    async with (
        databases.sqlite(tmp_path_factory.mktemp("page")) as url,
        staged(url, hold_seconds=0.5, cast=_one_unit()) as played,
    ):
        yield played.town


def _one_unit() -> Cast:
    """The sample city with the groups of one unit only: a page that knows 40 takes a second to open."""
    whole = load_cast()
    groups = tuple(group for group in whole.groups if group.department in (None, "urban_management"))
    gone = {member for group in whole.groups if group not in groups for member in group.members}
    return replace(whole, groups=groups, people=tuple(person for person in whole.people if person.id not in gone))


@pytest.fixture
def window(browser: Browser, town: Town) -> Open:
    """Open the page in a window; at its end nothing may have gone wrong there."""

    @asynccontextmanager
    async def open_(size: ViewportSize = DESKTOP, *, person: int | None = None) -> AsyncIterator[Window]:
        async with opened(browser, f"{town.address}/", size, person=person) as window:
            yield window
            assert window.faults == []

    return open_
