"""Briefings (简报, art. 66): what is registered, its issues, and who got them."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "briefings",
        columns.row(),
        columns.of("units", "unit_id"),
        sa.Column("title", sa.Text, nullable=False),
        columns.word("cycle"),
        columns.word("readers"),
        columns.official("submitted_by_id", needed=True),
        columns.moment("submitted_at", needed=True),
        sa.Column("year", sa.SmallInteger, nullable=False),
        sa.Column("special", sa.Text, nullable=False),
        sa.Column("renewing", sa.Boolean, nullable=False),
        columns.word("state", index=True),
        sa.Column("comment", sa.Text, nullable=False),
        columns.official("director_id"),
        *columns.todo(),
        columns.moment("checked_at"),
        columns.moment("stopped_at"),
    )
    op.create_table(
        "briefing_issues",
        columns.row(),
        columns.of("briefings", "briefing_id"),
        sa.Column("number", sa.SmallInteger, nullable=False),
        *columns.file(),
        columns.official("sent_by_id", needed=True),
        columns.moment("sent_at", needed=True),
    )
    op.create_table(
        "briefing_readings",
        columns.row(),
        columns.of("briefing_issues", "issue_id"),
        columns.official("reader_id", needed=True),
        columns.moment("read_at"),
    )


def downgrade() -> None:
    op.drop_table("briefing_readings")
    op.drop_table("briefing_issues")
    op.drop_table("briefings")
