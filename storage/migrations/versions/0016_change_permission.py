"""The question to 办公室主任 may be about a change."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invitation_permissions") as batch:
        batch.add_column(sa.Column("change", sa.SmallInteger(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.execute("DELETE FROM invitation_permissions WHERE change <> 0")
    with op.batch_alter_table("invitation_permissions") as batch:
        batch.drop_column("change")
