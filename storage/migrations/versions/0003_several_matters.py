"""A draft knows the matters that were split off from it."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("whole", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("rest", sa.JSON(), nullable=False, server_default="[]"))
