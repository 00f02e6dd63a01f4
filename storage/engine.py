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
from sqlalchemy.orm import Session

from storage.sqlite_driver import NAME, begin_writing

_WRITES = "lianxin_writes"
_SQLITE_HEADER = b"SQLite format 3\x00"


class DatabaseUnusable(RuntimeError):  # noqa: N818 - read aloud it says what is wrong
    """The database cannot be used as it stands; the sentence says what to do."""


class _Session(Session):
    """One transaction long, and it keeps what it has seen: else a row is read anew wherever it is asked for."""


@event.listens_for(_Session, "loaded_as_persistent")
@event.listens_for(_Session, "pending_to_persistent")
def _keep(session: Session, row: object) -> None:
    session.info.setdefault("lianxin_seen", []).append(row)


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
        async with self._turn(), self._session(self._write_engine) as session, session.begin():
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Give a session for questions only; it is rolled back at the end."""
        async with self._session(self.engine) as session:
            yield session

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()

    def _session(self, engine: AsyncEngine) -> AsyncSession:
        return AsyncSession(engine, expire_on_commit=False, sync_session_class=_Session)

    def _turn(self) -> AbstractAsyncContextManager[Any]:
        return self._lock if self.is_sqlite else nullcontext()


def open_database(url: str) -> Database:
    """Open the database at an address such as `sqlite:///var/lianxin.db` or `postgresql://user@host/name`.

    The address needs no driver, for ours are used. Raises DatabaseUnusable with what to write instead.
    """
    try:
        return _opened(make_url(url))
    except (ArgumentError, InvalidRequestError, ModuleNotFoundError, ValueError) as error:
        raise DatabaseUnusable(
            "This database address (LIANXIN_DATABASE_URL, or --database) cannot be used. "
            "Write it as sqlite:///var/lianxin.db or postgresql://user@host/name."
        ) from error


def _opened(parsed: URL) -> Database:
    # hide_parameters: a failed statement's values are people's words, and errors reach the log
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+asyncpg")
    if parsed.get_backend_name() != "sqlite":
        return Database(create_async_engine(parsed, pool_pre_ping=True, pool_size=10, hide_parameters=True))
    if parsed.database and parsed.database != ":memory:":
        _refuse_a_file_that_is_no_database(Path(parsed.database))
    engine = create_async_engine(parsed.set(drivername=NAME), connect_args={"timeout": 30}, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return Database(engine)


async def check(database: Database) -> None:
    """Raise DatabaseUnusable where the database does not answer, or where its pages are damaged."""
    try:
        async with database.engine.connect() as connection:
            verdict = await connection.run_sync(_looked_at)
    except (DatabaseError, OSError) as error:
        raise DatabaseUnusable(f"The database does not answer: {_short(error)}") from error
    if verdict != "ok":
        raise DatabaseUnusable(f"The database is damaged ({verdict}). Restore it from the last backup.")


def _looked_at(connection: Connection) -> str:
    """Return "ok", or what is wrong with the pages; on PostgreSQL an answer is enough."""
    if connection.dialect.name != "sqlite":
        connection.execute(text("SELECT 1"))
        return "ok"
    return str(connection.execute(text("PRAGMA quick_check(1)")).scalar_one())


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
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITES, False):
        begin_writing(connection.connection.dbapi_connection)
    else:
        connection.exec_driver_sql("BEGIN")
