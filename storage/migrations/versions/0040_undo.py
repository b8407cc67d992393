"""Decisions that their makers may take back for some minutes (办公室规定)."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "undos",
        columns.row(),
        columns.official("official_id", needed=True, index=True),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("article", sa.SmallInteger),
        sa.Column("acting_for", sa.String(120)),
        sa.Column("tapped", sa.String(64), nullable=False, server_default=""),
        columns.moment("at", needed=True),
        columns.moment("until", needed=True),
        columns.moment("undone_at"),
        sa.Column("row_id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), sa.ForeignKey("outbox.id")),
        columns.of("undos", "resting_id", needed=False, index=False),
        sa.Column("trace", sa.JSON(none_as_null=True)),
        sqlite_autoincrement=True,
    )
    live = sa.text("trace IS NOT NULL")
    for name in ("row_id", "subject"):
        op.create_index(f"ix_undos_{name}", "undos", [name], sqlite_where=live, postgresql_where=live)


def downgrade() -> None:
    op.drop_table("undos")
