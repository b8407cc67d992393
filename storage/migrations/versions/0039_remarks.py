"""What is said on matters (留言), and whose view was asked for (征求意见)."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "remarks",
        columns.row(),
        sa.Column("subject", sa.String(60), nullable=False, index=True),
        columns.official("by_id", needed=True),
        sa.Column("text", sa.Text, nullable=False),
        columns.moment("at", needed=True),
        sa.Column("cards", sa.JSON, nullable=False),
        sa.Column("opinion", sa.Boolean, nullable=False),
    )
    op.create_table(
        "advices",
        columns.row(),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("card", sa.String(60), nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        columns.official("asked_by_id", needed=True, index=True),
        columns.official("adviser_id", needed=True, index=True),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("view", sa.Text, nullable=False),
        *columns.todo(),
        columns.moment("moot_at"),
    )


def downgrade() -> None:
    op.drop_table("advices")
    op.drop_table("remarks")
