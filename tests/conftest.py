"""Fixtures that many tests share: databases, the city, a clock."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.city.calendar import calendar_around
from storage.city.loading import load_city
from storage.domain.calendar import Calendar
from storage.domain.city import City
from storage.engine import Database
from tests.support import databases

_postgres: bool | None = None


def _has_postgres() -> bool:
    global _postgres  # noqa: PLW0603 - asked once a worker
    if _postgres is None:
        _postgres = databases.postgres_answers()
    return _postgres


@pytest.fixture(params=["sqlite", "postgresql"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """Which database the test runs on; each test that asks runs on both."""
    kind = str(request.param)
    if kind == "postgresql" and not _has_postgres():
        if os.environ.get("LIANXIN_TESTS_NEED_POSTGRES"):
            pytest.fail("no PostgreSQL answers, and here one must")
        pytest.skip("no PostgreSQL answers on TEST_DATABASE_URL or 127.0.0.1:5432")
    return kind


@pytest.fixture
async def database_url(database_kind: str, tmp_path: Path) -> AsyncIterator[str]:
    """The address of a database with every table and no rows."""
    made = databases.postgres() if database_kind == "postgresql" else databases.sqlite(tmp_path)
    async with made as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database with every table and no rows."""
    async with databases.opened(database_url) as opened:
        yield opened


@pytest.fixture(scope="session")
def city() -> City:
    """The sample city."""
    return load_city()


@pytest.fixture
def now() -> datetime:
    """A Monday morning in office hours: 2026-11-23 10:00 in Shanghai."""
    return datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def calendar(city: City, now: datetime) -> Calendar:
    """The working calendar around `now`."""
    return calendar_around(city, now.date())
