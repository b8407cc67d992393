"""What is held until all that one person is told at one moment is known is found without reading the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    held = sa.text("state = 'held'")
    op.create_index("ix_outbox_held", "outbox", ["id"], sqlite_where=held, postgresql_where=held)
    edits = sa.text("target_id IS NOT NULL")
    op.create_index("ix_outbox_target_id", "outbox", ["target_id"], sqlite_where=edits, postgresql_where=edits)


def downgrade() -> None:
    op.drop_index("ix_outbox_target_id", "outbox")
    op.drop_index("ix_outbox_held", "outbox")
