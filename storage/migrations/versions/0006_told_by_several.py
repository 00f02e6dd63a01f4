"""One matter told by several people is handled once: merged and joined appeals know their lead."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_into", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("joined", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("others", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("disputed", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_foreign_key(batch_op.f("fk_appeal_merged_into_appeal"), "appeal", ["merged_into"], ["id"])
        batch_op.create_index(batch_op.f("ix_appeal_merged_into"), ["merged_into"], unique=False)
