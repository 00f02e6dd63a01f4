"""Whether its citizen agreed that an appeal is shown on the notice board (公示栏); nobody has so far."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("may_publish", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("appeal", schema=None) as batch_op:
        batch_op.alter_column("may_publish", server_default=None)
