"""SQLite called where the work is done, in the event loop's own thread; only what may wait goes to another.

A statement of ours takes SQLite some twenty microseconds; handing it to a thread and back, as aiosqlite does, takes ten
times that. What may take long is BEGIN IMMEDIATE, which waits for other processes' writes, and COMMIT, which waits for
the disk: these two, and opening, are handed on.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from typing import Any, ClassVar

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool, StaticPool
from sqlalchemy.util import await_only

NAME = "sqlite+inline"


class _Cursor(sqlite3.Cursor):
    """A cursor that reads its rows at once: SQLite opens no savepoint while a statement is half read."""

    _rows: deque[Any]

    def execute(self, *arguments: Any) -> "_Cursor":
        super().execute(*arguments)
        self._rows = deque(super().fetchall() if self.description else ())
        return self

    def fetchone(self) -> Any:
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        left, self._rows = list(self._rows), deque()
        return left

    async def _async_soft_close(self) -> None:
        """Do what SQLAlchemy asks of a cursor whose rows were read: nothing is held any more."""


class _Connection(sqlite3.Connection):
    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)


class InlineSQLite(SQLiteDialect_pysqlite):
    """SQLAlchemy's own dialect for the standard library's sqlite3, as an asynchronous engine may use it."""

    driver = "inline"
    is_async = True
    supports_statement_cache = True
    connect_options: ClassVar[dict[str, Any]] = {"check_same_thread": False, "isolation_level": None}

    @classmethod
    def get_pool_class(cls, url: Any) -> type[Pool]:
        """Return a pool that waits without holding the loop; a database in memory has one connection."""
        return StaticPool if cls._is_url_file_db(url) is False else AsyncAdaptedQueuePool

    def connect(self, *arguments: Any, **options: Any) -> Any:
        """Open a connection that any thread may use, one at a time."""
        return sqlite3.connect(*arguments, **{**options, **self.connect_options}, factory=_Connection)

    def do_commit(self, dbapi_connection: Any) -> None:
        """Commit in a thread: the disk may take its time."""
        if dbapi_connection.in_transaction:
            _elsewhere(dbapi_connection.commit)


def begin_writing(connection: Any) -> None:
    """Take the write lock in a thread: another process may have it."""
    _elsewhere(lambda: connection.execute("BEGIN IMMEDIATE"))


def _elsewhere(work: Callable[[], Any]) -> None:
    await_only(asyncio.to_thread(work))


registry.register("sqlite.inline", __name__, "InlineSQLite")
