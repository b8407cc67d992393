"""Excuses and late topics that nobody decides are looked at near the meeting, also those the clock had done with."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        sa.text(
            "INSERT INTO timers (kind, subject_id, due_at, next_at, attempts) "
            "SELECT 'meeting.silent', m.id, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0 FROM meetings m "
            "WHERE m.state IN ('已通知', '进行中') AND (EXISTS (SELECT 1 FROM meeting_excuses e "
            "JOIN attendees a ON a.id = e.attendee_id WHERE a.meeting_id = m.id AND e.state = '待批' "
            "AND e.asked_at IS NOT NULL) OR EXISTS (SELECT 1 FROM late_topics l JOIN meeting_topics p "
            "ON p.id = l.topic_id WHERE p.meeting_id = m.id AND l.state = '待区长审定' "
            "AND l.asked_at IS NOT NULL)) AND NOT EXISTS "
            "(SELECT 1 FROM timers t WHERE t.kind = 'meeting.silent' AND t.subject_id = m.id)"
        )
    )


def downgrade() -> None:
    """A timer that finds nothing to do takes itself away."""
