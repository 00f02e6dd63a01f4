"""An SQLite database for whoever works in it alone: it answers at once, for nobody else waits meanwhile.

The bot's own way, a thread hop and two greenlet switches a statement, keeps its loop free; here that only costs.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from storage.engine import Database, open_database
from storage.migrating import migrate, upgrade

_PRAGMAS = ("journal_mode=MEMORY", "synchronous=OFF", "foreign_keys=ON")


async def open_alone(url: str) -> Database:
    """Open a database that nobody else uses meanwhile, migrated; one that is not SQLite is opened as ever.

    What is written to an SQLite file survives the end of the process, not that of the machine.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        database = open_database(url)
        await migrate(database)
        return database
    engine = engine_alone(parsed.set(drivername="sqlite"))
    with engine.begin() as connection:
        upgrade(connection)
    return cast("Database", Alone(engine))


def engine_alone(url: URL | str) -> Engine:
    """Return an engine with the one connection there is."""
    engine = create_engine(url, poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


class Alone:
    """What of a `Database` is asked by services and jobs: sessions, each one transaction long, one at a time."""

    is_sqlite = True

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """Give a session whose work is committed at the end, or rolled back if anything raises."""
        with _Session(self._engine, expire_on_commit=False) as session, session.begin():
            yield cast("AsyncSession", _Answering(session))

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Give a session for questions only."""
        with _Session(self._engine, expire_on_commit=False) as session:
            yield cast("AsyncSession", _Answering(session))

    async def close(self) -> None:
        """Close the connection."""
        self._engine.dispose()


class _Session(Session):
    """One transaction long, and it keeps what it has seen, as the bot's own does."""


@event.listens_for(_Session, "loaded_as_persistent")
@event.listens_for(_Session, "pending_to_persistent")
def _keep(session: Session, row: object) -> None:
    session.info.setdefault("seen", []).append(row)


class _Answering:
    """A session that answers at once, in the form of one that does not."""

    def __init__(self, session: Session) -> None:
        self.sync_session = session
        self.info = session.info
        self.add, self.add_all, self.get_bind = session.add, session.add_all, session.get_bind

    async def execute(self, *args: Any, **options: Any) -> Any:
        return self.sync_session.execute(*args, **options)

    async def get(self, *args: Any, **options: Any) -> Any:
        return self.sync_session.get(*args, **options)

    async def get_one(self, *args: Any, **options: Any) -> Any:
        return self.sync_session.get_one(*args, **options)

    async def flush(self) -> None:
        self.sync_session.flush()

    async def delete(self, row: object) -> None:
        self.sync_session.delete(row)

    @asynccontextmanager
    async def begin_nested(self) -> AsyncIterator[None]:
        with self.sync_session.begin_nested():
            yield


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
