from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - fills the metadata
from storage.engine import Database
from storage.migrating import configuration, migrate
from storage.repositories import appeals, drafts, people
from tests.support import databases


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, SQLModel.metadata))


async def test_a_migrated_database_has_just_the_tables_of_the_models(database: Database):
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_migrating_again_changes_nothing(database: Database):
    await migrate(database)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []


_ROWS = """
INSERT INTO person (id, platform, bot, user_id, created_at)
VALUES (1, 'telegram', 1, 1001, '2026-11-23 02:00:00+00:00');
INSERT INTO conversation (platform, bot, chat_id, user_id, state, memo, updated_at)
VALUES ('telegram', 1, 1001, 1001, 'draft.place', '{}', '2026-11-23 02:00:00+00:00');
INSERT INTO draft (id, person_id, text, guess, created_at, updated_at)
VALUES (1, 1, 'path', '{}', '2026-11-23 02:00:00+00:00', '2026-11-23 02:00:00+00:00');
INSERT INTO appeal (id, number, citizen_id, alias, status, stage, version, kind, urgency, channel, confidential, title,
text, guess, accepted_at, returns, urges, reopens)
VALUES (1, 'LX-20261123-0001', 1, '7F3K', 'dispatched', 0, 1, 'help', 'normal', 'telegram', false, 'lamp',
'lamp', '{}', '2026-11-23 02:00:00+00:00', 0, 0, 0)
"""


def _as_it_was(connection: Connection) -> None:
    """Make the first tables and put a citizen, a conversation, a draft and an appeal into them."""
    command.upgrade(configuration(connection), "0001")
    for statement in _ROWS.split(";"):
        connection.exec_driver_sql(statement)


@pytest.fixture
async def first_version(database_kind: str, tmp_path: Path) -> AsyncIterator[Database]:
    """A database of the first version with rows in it."""
    made = databases.empty_postgres() if database_kind == "postgresql" else databases.empty_sqlite(tmp_path)
    async with made as url, databases.opened(url) as opened:
        async with opened.engine.execution_options(lianxin_writes=True).begin() as connection:
            await connection.run_sync(_as_it_was)
        yield opened


async def test_a_database_of_the_first_version_keeps_its_rows(first_version: Database):
    await migrate(first_version)
    async with first_version.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    async with first_version.reading() as session:
        talk = await people.conversation(session, platform="telegram", bot=1, chat_id=1001, user_id=1001)
        draft = await drafts.of_person(session, 1)
        appeal = await appeals.by_number(session, "LX-20261123-0001")
    assert talk is not None
    assert draft is not None
    assert appeal is not None
    assert (talk.state, draft.text, draft.files, appeal.files, appeal.lead_named) == (
        "draft.place",
        "path",
        {},
        {},
        False,
    )
