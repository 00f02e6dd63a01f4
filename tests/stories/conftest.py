"""One sandbox and one bot for all stories, on SQLite and on PostgreSQL; each story brings its own citizens.

Stories that move the clock have a stage a file, `timed`, on SQLite.
"""

import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.support import databases
from tests.support.playing import Town
from tests.support.staging import Played, staged


@pytest_asyncio.fixture(scope="session", loop_scope="session", params=["sqlite", "postgresql"])
async def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Played]:
    if request.param == "postgresql" and not await databases.answers():
        if os.environ.get("LIANXIN_TESTS_NEED_POSTGRES"):
            pytest.fail("no PostgreSQL answers, and here one must")
        pytest.skip("no PostgreSQL answers on TEST_DATABASE_URL or 127.0.0.1:5432")
    made = databases.postgres() if request.param == "postgresql" else databases.sqlite(tmp_path_factory.mktemp("story"))
    async with made as url, staged(url) as played:
        yield played


@pytest.fixture
def town(played: Played) -> Town:
    return played.town


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def timed(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Played]:
    async with databases.sqlite(tmp_path_factory.mktemp("story")) as url, staged(url) as played:
        yield played
