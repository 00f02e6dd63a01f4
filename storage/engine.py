"""The database: how it is opened, read and written, on SQLite and on PostgreSQL.

SQLite has one writer at a time whatever we do, so the writers of this process stand in one line (a lock) and each
begins with BEGIN IMMEDIATE; readers use a plain BEGIN and see the last commit (WAL).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

_WRITES = "lianxin_writes"
_SQLITE_HEADER = b"SQLite format 3\x00"


class DatabaseUnusable(RuntimeError):  # noqa: N818 - read aloud it says what is wrong
    """The database cannot be used as it stands; the sentence says what to do."""


class Database:
    """One open database; `reading` and `writing` give sessions, each one transaction long."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self._write_engine = engine.execution_options(**{_WRITES: True})
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """Give a session whose work is committed at the end, or rolled back if anything raises."""
        async with self._turn(), AsyncSession(self._write_engine, expire_on_commit=False) as session, session.begin():
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Give a session for questions only; it is rolled back at the end."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            yield session

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()

    def _turn(self) -> AbstractAsyncContextManager[Any]:
        return self._lock if self.is_sqlite else nullcontext()


def open_database(url: str) -> Database:
    """Open the database named in driver form, as `sqlite+aiosqlite:///var/lianxin.db`."""
    try:
        return _opened(make_url(url))
    except (ArgumentError, InvalidRequestError, ModuleNotFoundError) as error:
        raise DatabaseUnusable(
            "LIANXIN_DATABASE_URL cannot be used. Write it in driver form, "
            "as sqlite+aiosqlite:///var/lianxin.db or postgresql+asyncpg://user@host/name."
        ) from error


def _opened(parsed: URL) -> Database:
    # hide_parameters: a failed statement's values are people's words, and errors reach the log
    if parsed.get_backend_name() != "sqlite":
        return Database(create_async_engine(parsed, pool_pre_ping=True, pool_size=10, hide_parameters=True))
    if parsed.database and parsed.database != ":memory:":
        _refuse_a_file_that_is_no_database(Path(parsed.database))
    engine = create_async_engine(parsed, connect_args={"timeout": 30}, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return Database(engine)


async def check(database: Database) -> None:
    """Raise DatabaseUnusable where the database does not answer, or where its pages are damaged."""
    try:
        async with database.engine.connect() as connection:
            if not database.is_sqlite:
                await connection.execute(text("SELECT 1"))
                return
            verdict = (await connection.execute(text("PRAGMA quick_check(1)"))).scalar_one()
    except (DatabaseError, OSError) as error:
        raise DatabaseUnusable(f"The database does not answer: {_short(error)}") from error
    if verdict != "ok":
        raise DatabaseUnusable(f"The database is damaged ({verdict}). Restore it from the last backup.")


def _short(error: BaseException) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def _refuse_a_file_that_is_no_database(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.stat().st_size == 0:
        return
    with path.open("rb") as file:
        if file.read(len(_SQLITE_HEADER)) != _SQLITE_HEADER:
            raise DatabaseUnusable(
                f"{path} is not an SQLite database. Restore it from the last backup, or move it away."
            )


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
