"""Databases for the tests: a fresh SQLite file each, and a PostgreSQL database a worker, emptied between tests."""

import asyncio
import atexit
import os
import shutil
import tempfile
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


_TEMPLATES: dict[str, str] = {}


@asynccontextmanager
async def sqlite(folder: Path) -> AsyncIterator[str]:
    """Give the address of an SQLite file with every table and no rows: a copy of one that was migrated once."""
    path = folder / "lianxin.db"
    if "sqlite" not in _TEMPLATES:
        template = Path(tempfile.mkdtemp()) / "template.db"
        await _migrate(f"sqlite:///{template}")
        _TEMPLATES["sqlite"] = str(template)
        atexit.register(shutil.rmtree, template.parent, ignore_errors=True)
    shutil.copy(_TEMPLATES["sqlite"], path)
    yield f"sqlite:///{path}"


@asynccontextmanager
async def postgres() -> AsyncIterator[str]:
    """Give the address of a PostgreSQL database with every table and no rows, dropped at the end."""
    if "postgresql" not in _TEMPLATES:
        template = f"lianxin_template_{uuid.uuid4().hex[:12]}"
        await _command(f"CREATE DATABASE {template}")
        await _migrate(_address(template))
        _TEMPLATES["postgresql"] = template
        atexit.register(lambda: asyncio.run(_command(f"DROP DATABASE IF EXISTS {template} WITH (FORCE)")))
    name = f"lianxin_test_{uuid.uuid4().hex[:12]}"
    await _command(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATES['postgresql']}")
    try:
        yield _address(name)
    finally:
        await _command(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@asynccontextmanager
async def empty_sqlite(folder: Path) -> AsyncIterator[str]:
    """Give the address of an SQLite file without a table."""
    yield f"sqlite:///{folder / 'empty.db'}"


@asynccontextmanager
async def empty_postgres() -> AsyncIterator[str]:
    """Give the address of a PostgreSQL database without a table, dropped at the end."""
    name = f"lianxin_test_{uuid.uuid4().hex[:12]}"
    await _command(f"CREATE DATABASE {name}")
    try:
        yield _address(name)
    finally:
        await _command(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    """Give the database at an address."""
    database = open_database(url)
    try:
        yield database
    finally:
        await database.close()


def _address(name: str) -> str:
    return make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)


async def _command(words: str) -> None:
    engine = create_async_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(words))
    await engine.dispose()


async def _migrate(url: str) -> None:
    async with opened(url) as database:
        await migrate(database)
