"""Accounts that shared an official's number: bound by it, or waiting until the old account or the desk agrees."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "number_bindings",
        columns.row(),
        columns.official("official_id", needed=True, index=True),
        sa.Column("telegram_id", sa.BigInteger, nullable=False, index=True),
        sa.Column("account", sa.Text, nullable=False),
        columns.moment("asked_at", needed=True),
        columns.moment("bound_at"),
        columns.moment("refused_at"),
    )


def downgrade() -> None:
    op.drop_table("number_bindings")
