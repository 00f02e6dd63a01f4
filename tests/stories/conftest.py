"""One sandbox and one bot for all stories, on SQLite and on PostgreSQL; each story brings its own citizens."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from bot.clock import Clock
from bot.platforms.sandbox.cast import load_cast
from bot.platforms.sandbox.server import Sandbox
from bot.settings import load_settings
from bot.wiring import Service
from storage.city.calendar import calendar_around
from storage.city.loading import load_city
from tests.support import databases
from tests.support.playing import Town

MODELS = Path("var").resolve()


def in_office_hours() -> Clock:
    """A clock that stands in the morning of the next working day: what is said at night reads otherwise."""
    clock, city = Clock(), load_city()
    calendar = calendar_around(city, clock().date())
    morning = calendar.local(clock()).replace(hour=10, minute=0, second=0)
    while morning <= calendar.local(clock()) or not calendar.is_workday(morning.date()):
        morning += timedelta(days=1)
    clock.advance(morning - clock())
    return clock


@dataclass
class Played:
    """The town to play in, and the bot behind it."""

    town: Town
    service: Service


@pytest_asyncio.fixture(scope="session", loop_scope="session", params=["sqlite", "postgresql"])
async def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Played]:
    if request.param == "postgresql" and not await databases.answers():
        if os.environ.get("LIANXIN_TESTS_NEED_POSTGRES"):
            pytest.fail("no PostgreSQL answers, and here one must")
        pytest.skip("no PostgreSQL answers on TEST_DATABASE_URL or 127.0.0.1:5432")
    made = databases.postgres() if request.param == "postgresql" else databases.sqlite(tmp_path_factory.mktemp("story"))
    async with made as url:
        sandbox = await Sandbox.start(port=0, limits=False, cast=load_cast())
        settings = load_settings(
            token="1:sandbox",
            api_base=sandbox.address,
            database_url=url,
            var=MODELS,
            hold_seconds=1.5,
            pacing=False,
        )
        service = Service(settings, clock=in_office_hours())
        await service.start()
        sandbox.advance_clock = service.advance_clock
        async with Town(sandbox.address) as town:
            yield Played(town, service)
        await service.stop()
        await sandbox.stop()


@pytest.fixture
def town(played: Played) -> Town:
    return played.town
