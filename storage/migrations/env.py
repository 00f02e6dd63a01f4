"""Alembic's entry: runs the migrations on the connection it is handed."""

from alembic import context
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - fills the metadata

_connection = context.config.attributes["connection"]
context.configure(connection=_connection, target_metadata=SQLModel.metadata, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
