"""An excuse waits for whoever decides once they could grant it: its written report is there, where one is wanted.

From then on its silence is counted, as that of a clearance, by one timer of the meeting.
"""

from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_MISSING = "written AND report = '' AND report_file_id = ''"
_WAITING = (
    "SELECT a.meeting_id, MIN(e.asked_at) AS since FROM meeting_excuses e JOIN attendees a ON a.id = e.attendee_id"
    " WHERE e.state = '待批' AND e.asked_at IS NOT NULL GROUP BY a.meeting_id"
)


def upgrade() -> None:
    op.execute("UPDATE meeting_excuses SET asked_at = COALESCE(reported_at, raised_at) WHERE asked_at IS NOT NULL")
    op.execute(f"UPDATE meeting_excuses SET asked_at = NULL WHERE {_MISSING}")
    op.execute("UPDATE timers SET kind = 'meeting.silent' WHERE kind = 'meeting.clearing'")
    op.execute(
        "INSERT INTO timers (kind, subject_id, due_at, next_at, attempts)"
        f" SELECT 'meeting.silent', w.meeting_id, w.since, w.since, 0 FROM ({_WAITING}) w WHERE NOT EXISTS"
        " (SELECT 1 FROM timers t WHERE t.kind = 'meeting.silent' AND t.subject_id = w.meeting_id)"
    )


def downgrade() -> None:
    op.execute("UPDATE timers SET kind = 'meeting.clearing' WHERE kind = 'meeting.silent'")
    op.execute("UPDATE meeting_excuses SET asked_at = raised_at WHERE decider_id IS NOT NULL")
