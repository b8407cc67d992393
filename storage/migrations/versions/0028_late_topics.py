"""Whether a late topic is heard is a question to the mayor like any other: asked, reminded, told to those above."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_MAYOR = "(SELECT MIN(o.id) FROM officials o WHERE o.role = '区长' AND o.left_at IS NULL)"


def upgrade() -> None:
    moment = storage.moment.Moment(timezone=True)
    op.create_table(
        "late_topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("mayor_id", sa.Integer(), nullable=True),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("unattended_at", moment, nullable=True),
        sa.Column("asked_at", moment, nullable=True),
        sa.Column("reminded_at", moment, nullable=True),
        sa.Column("escalated_at", moment, nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", moment, nullable=True),
        sa.ForeignKeyConstraint(["topic_id"], ["meeting_topics.id"], name=op.f("fk_late_topics_topic_id")),
        *(
            sa.ForeignKeyConstraint([name], ["officials.id"], name=op.f(f"fk_late_topics_{name}"))
            for name in ("mayor_id", "stand_in_id", "decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_topics")),
        sa.UniqueConstraint("topic_id", name=op.f("uq_late_topics_topic_id")),
    )
    # Since when one waits was not kept: the wait is counted from the meeting's call, when the agenda was fixed.
    op.execute(
        "INSERT INTO late_topics (topic_id, state, reason, mayor_id, stand_in_id, unattended_at, asked_at,"
        " decided_by_id, decided_at)"
        f" SELECT t.id, t.late, t.late_reason, CASE WHEN t.late_reason <> '' THEN {_MAYOR} END, t.stand_in_id,"
        " t.unattended_at, CASE WHEN t.late_reason <> '' THEN COALESCE(t.added_at, m.called_at) END,"
        " t.late_by_id, t.late_at"
        " FROM meeting_topics t JOIN meetings m ON m.id = t.meeting_id WHERE t.late IS NOT NULL"
    )
    with op.batch_alter_table("meeting_topics") as batch:
        for name in ("late_by_id", "stand_in_id"):
            batch.drop_constraint(f"fk_meeting_topics_{name}", type_="foreignkey")
        for name in ("late", "late_reason", "late_by_id", "late_at", "stand_in_id", "unattended_at"):
            batch.drop_column(name)


def downgrade() -> None:
    moment = storage.moment.Moment(timezone=True)
    with op.batch_alter_table("meeting_topics") as batch:
        batch.add_column(sa.Column("late", sa.String(16), nullable=True))
        batch.add_column(sa.Column("late_reason", sa.Text(), server_default="", nullable=False))
        batch.add_column(sa.Column("late_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("late_at", moment, nullable=True))
        batch.add_column(sa.Column("stand_in_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("unattended_at", moment, nullable=True))
        for name in ("late_by_id", "stand_in_id"):
            batch.create_foreign_key(f"fk_meeting_topics_{name}", "officials", [name], ["id"])
    for column, source in (
        ("late", "state"),
        ("late_reason", "reason"),
        ("late_by_id", "decided_by_id"),
        ("late_at", "decided_at"),
        ("stand_in_id", "stand_in_id"),
        ("unattended_at", "unattended_at"),
    ):
        op.execute(
            f"UPDATE meeting_topics SET {column} ="
            f" (SELECT l.{source} FROM late_topics l WHERE l.topic_id = meeting_topics.id)"
            " WHERE id IN (SELECT topic_id FROM late_topics)"
        )
    op.drop_table("late_topics")
