"""What was for somebody without an account is found without reading every answer to a tap ever given."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    unbound = sa.text("chat_id IS NULL AND official_id IS NOT NULL")
    op.create_index(
        "ix_outbox_unbound", "outbox", ["official_id"], sqlite_where=unbound, postgresql_where=unbound
    )


def downgrade() -> None:
    op.drop_index("ix_outbox_unbound", "outbox")
