"""The inbox keeps which messages were sent together, and which were refused for a secrecy mark."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inbox") as batch:
        batch.add_column(sa.Column("message_id", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("album", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("written_at", storage.moment.Moment(timezone=True), nullable=True))
        batch.add_column(sa.Column("refused", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index(
        "ix_inbox_album",
        "inbox",
        ["album"],
        sqlite_where=sa.text("album IS NOT NULL"),
        postgresql_where=sa.text("album IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_inbox_album", table_name="inbox")
    with op.batch_alter_table("inbox") as batch:
        batch.drop_column("refused")
        batch.drop_column("written_at")
        batch.drop_column("album")
        batch.drop_column("message_id")
