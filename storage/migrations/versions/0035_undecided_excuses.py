"""An excuse that nobody had decided when its meeting was over is void: nobody is asked about it any more."""

from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "UPDATE meeting_excuses SET state = '作废' WHERE state = '待批' AND attendee_id IN (SELECT a.id "
        "FROM attendees a JOIN meetings m ON m.id = a.meeting_id WHERE m.state = '已结束')"
    )


def downgrade() -> None:
    op.execute("UPDATE meeting_excuses SET state = '待批' WHERE state IN ('作废', '追认')")
