"""What was written in one chat within moments is found without reading the whole inbox."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    written = sa.text("written_at IS NOT NULL")
    op.create_index(
        "ix_inbox_chat_key_written_at",
        "inbox",
        ["chat_key", "written_at"],
        sqlite_where=written,
        postgresql_where=written,
    )


def downgrade() -> None:
    op.drop_index("ix_inbox_chat_key_written_at", "inbox")
