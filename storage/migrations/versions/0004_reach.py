"""Reaching people at any hour: whom the office asked to call back, when, and what came of it."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = storage.moment.Moment(timezone=True)
OPEN = sa.text("answered_at IS NULL AND ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "call_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("leave_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("overdue_at", MOMENT, nullable=True),
        sa.Column("unreached_at", MOMENT, nullable=True),
        sa.Column(
            "ending",
            sa.Enum("已电话联系上", "已撤回", "已重新发出", name="ending", native_enum=False, length=16),
            nullable=True,
        ),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["officials.id"], name=op.f("fk_call_requests_asked_by_id")),
        sa.ForeignKeyConstraint(["official_id"], ["officials.id"], name=op.f("fk_call_requests_official_id")),
        sa.ForeignKeyConstraint(["leave_id"], ["leaves.id"], name=op.f("fk_call_requests_leave_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["officials.id"], name=op.f("fk_call_requests_ended_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_requests")),
    )
    with op.batch_alter_table("call_requests") as batch_op:
        batch_op.create_index(
            "ix_call_requests_open",
            ["official_id"],
            unique=False,
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        )


def downgrade() -> None:
    op.drop_table("call_requests")
    op.execute("DELETE FROM outbox WHERE kind = 'fallback'")
