"""Databases for the tests: a fresh SQLite file each, and a PostgreSQL database a worker, emptied between tests."""

import asyncio
import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.engine import Database, open_database
from storage.migrating import migrate

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgresql+asyncpg://postgres@127.0.0.1:5432/postgres")


def postgres_answers() -> bool:
    """Whether the PostgreSQL for tests can be reached."""
    return asyncio.run(answers())


async def answers() -> bool:
    engine = create_async_engine(POSTGRES, connect_args={"timeout": 5})
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT 1"))
    except Exception:  # noqa: BLE001 - whatever it is, it does not answer
        return False
    finally:
        await engine.dispose()
    return True


@asynccontextmanager
async def sqlite(folder: Path) -> AsyncIterator[str]:
    """Give the address of a fresh SQLite file."""
    yield f"sqlite+aiosqlite:///{folder / 'lianxin.db'}"


@asynccontextmanager
async def postgres() -> AsyncIterator[str]:
    """Give the address of a fresh PostgreSQL database, dropped at the end."""
    name = f"lianxin_test_{uuid.uuid4().hex[:12]}"
    engine = create_async_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    finally:
        async with engine.connect() as connection:
            await connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        await engine.dispose()


@asynccontextmanager
async def migrated(url: str) -> AsyncIterator[Database]:
    """Give an open database with every table."""
    database = open_database(url)
    try:
        await migrate(database)
        yield database
    finally:
        await database.close()
