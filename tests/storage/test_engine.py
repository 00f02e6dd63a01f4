import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from storage.engine import Database, DatabaseUnusable, check, open_database
from storage.migrating import migrate
from storage.repositories import appeals
from storage.tables import Person


def _person(user_id: int, at: datetime) -> Person:
    return Person(platform="telegram", bot=1, user_id=user_id, created_at=at)


async def test_a_time_comes_back_as_the_same_moment_in_utc(database: Database):
    at = datetime(2026, 11, 23, 10, 0, tzinfo=timezone(timedelta(hours=8)))
    async with database.writing() as session:
        session.add(_person(2**45, at))
    async with database.reading() as session:
        found = (await session.execute(select(Person))).scalar_one()
    assert found.created_at == at
    assert found.created_at.utcoffset() == timedelta()
    assert found.user_id == 2**45


async def test_a_time_without_a_zone_is_refused(database: Database):
    with pytest.raises(StatementError, match="without a time zone"):
        async with database.writing() as session:
            session.add(_person(1, datetime(2026, 11, 23, 10, 0)))  # noqa: DTZ001 - that is the point


async def test_what_raises_leaves_nothing_behind(database: Database):
    async def fail() -> None:
        async with database.writing() as session:
            session.add(_person(1, datetime.now(UTC)))
            await session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with database.reading() as session:
        assert (await session.execute(select(Person))).all() == []


async def test_a_hundred_writers_at_once_all_get_their_turn(database: Database):
    async def number() -> int:
        async with database.writing() as session:
            return await appeals.next_of_day(session, datetime(2026, 11, 23, tzinfo=UTC).date())

    given = await asyncio.gather(*(number() for _ in range(100)))
    assert sorted(given) == list(range(1, 101))


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path):
    path = tmp_path / "lianxin.db"
    path.write_bytes(b"somebody's letters, not a database")
    with pytest.raises(DatabaseUnusable, match="not an SQLite database"):
        open_database(f"sqlite:///{path}")
    assert path.read_bytes() == b"somebody's letters, not a database"


async def test_a_damaged_database_is_refused(tmp_path: Path):
    path = tmp_path / "lianxin.db"
    opened = open_database(f"sqlite:///{path}")
    await migrate(opened)
    await opened.close()
    spoiled = bytearray(path.read_bytes())
    spoiled[4096:12288] = b"\xff" * 8192
    path.write_bytes(bytes(spoiled))
    opened = open_database(f"sqlite:///{path}")
    with pytest.raises(DatabaseUnusable):
        await check(opened)
    await opened.close()


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+asyncpg", "postgresql+psycopg"])
async def test_an_address_of_postgresql_needs_no_driver(scheme: str):
    opened = open_database(f"{scheme}://somebody@127.0.0.1:1/nothing")
    assert opened.engine.url.drivername == "postgresql+asyncpg"
    await opened.close()


@pytest.mark.parametrize("address", ["lianxin.db", "oracle+nothing://x/y", "postgresql://a:b:c:d"])
async def test_an_address_that_is_none_says_how_one_is_written(address: str):
    with pytest.raises(DatabaseUnusable, match=r"Write it as sqlite:///var/lianxin.db or postgresql://"):
        open_database(address)
