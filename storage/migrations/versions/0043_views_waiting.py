"""Views that are waited for are found by the card on which they were asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None
_WAITING = sa.text("decided_at IS NULL AND moot_at IS NULL")


def upgrade() -> None:
    op.drop_index("ix_advices_asked_by_id", "advices")
    op.create_index(
        "ix_advices_waiting", "advices", ["card"], sqlite_where=_WAITING, postgresql_where=_WAITING
    )


def downgrade() -> None:
    op.drop_index("ix_advices_waiting", "advices")
    op.create_index("ix_advices_asked_by_id", "advices", ["asked_by_id"])
