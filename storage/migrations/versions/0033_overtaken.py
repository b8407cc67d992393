"""Leaves that nobody decides are looked at near their day and after it, also those the clock had done with."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        sa.text(
            "INSERT INTO timers (kind, subject_id, due_at, next_at, attempts) "
            "SELECT DISTINCT 'leave.silent', a.leave_id, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0 FROM approvals a "
            "WHERE a.decision IS NULL AND a.asked_at IS NOT NULL AND NOT EXISTS "
            "(SELECT 1 FROM timers t WHERE t.kind = 'leave.silent' AND t.subject_id = a.leave_id)"
        )
    )


def downgrade() -> None:
    """A timer that finds nothing to do takes itself away."""
