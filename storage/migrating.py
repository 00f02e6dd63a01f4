"""Brings a database up to the newest schema; called at every start."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, text

from storage.engine import Database, DatabaseUnusable

_ADVISORY_LOCK = 0x11A2C1


async def migrate(database: Database) -> None:
    """Run every migration the database has not seen; several processes at once take turns."""
    async with database.engine.execution_options(lianxin_writes=True).begin() as connection:
        if not database.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        await connection.run_sync(upgrade)


def upgrade(connection: Connection) -> None:
    """Run the migrations on one open connection, inside its transaction."""
    try:
        command.upgrade(configuration(connection), "head")
    except CommandError as error:
        raise DatabaseUnusable(
            f"The database was made by a newer Lianxin ({error}). Start that version, or restore an older backup."
        ) from error


def configuration(connection: Connection) -> Config:
    """Alembic's settings, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
