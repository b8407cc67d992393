"""Leave in full: papers, who was asked to act, what the district committee is told, changes and reminders."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = storage.moment.Moment(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("leaves", recreate="never") as batch_op:
        batch_op.add_column(
            sa.Column("abroad_approval", sa.String(length=80), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("remarks", sa.JSON(), server_default="[]", nullable=False))
    op.create_table(
        "leave_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leave_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("photo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["leave_id"], ["leaves.id"], name=op.f("fk_leave_papers_leave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_papers")),
    )
    op.create_table(
        "asked_to_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leave_id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("dates", sa.String(length=80), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column(
            "answer",
            sa.Enum("知悉", "无法代为主持", name="actinganswer", native_enum=False, length=16),
            nullable=True,
        ),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["leave_id"], ["leaves.id"], name=op.f("fk_asked_to_act_leave_id")),
        sa.ForeignKeyConstraint(["official_id"], ["officials.id"], name=op.f("fk_asked_to_act_official_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asked_to_act")),
    )
    op.create_table(
        "committee_filings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leave_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=80), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("filed_at", MOMENT, nullable=True),
        sa.Column("filed_by_id", sa.Integer(), nullable=True),
        sa.Column("dropped_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["filed_by_id"], ["officials.id"], name=op.f("fk_committee_filings_filed_by_id")
        ),
        sa.ForeignKeyConstraint(["leave_id"], ["leaves.id"], name=op.f("fk_committee_filings_leave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee_filings")),
    )
    _changes_and_reminders()
    for table, column in _INDEXES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.create_index(f"ix_{table}_{column}", [column], unique=False)


def _changes_and_reminders() -> None:
    with op.batch_alter_table("leaves", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("reminded_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("positions", sa.SmallInteger(), server_default="0", nullable=False))
    with op.batch_alter_table("approvals", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("round", sa.SmallInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("reminded_at", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("escalated_at", MOMENT, nullable=True))
    # Until now a round ended where a report was sent back.
    op.execute(
        """
        UPDATE approvals SET round = (
            SELECT count(*) FROM approvals AS earlier
            WHERE earlier.leave_id = approvals.leave_id
            AND earlier.position < approvals.position AND earlier.decision = '退回修改'
        )
        """
    )
    op.execute(
        """
        UPDATE leaves SET positions = (
            SELECT coalesce(max(position) + 1, 0) FROM approvals WHERE approvals.leave_id = leaves.id
        )
        """
    )
    halves = sa.Enum("上午", "下午", name="half", native_enum=False, length=16)
    op.create_table(
        "leave_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leave_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("变更", "续假", name="changekind", native_enum=False, length=16),
            nullable=False,
        ),
        *(
            column
            for prefix in ("", "was_")
            for column in (
                sa.Column(f"{prefix}start", sa.Date(), nullable=False),
                sa.Column(f"{prefix}start_half", halves, nullable=False),
                sa.Column(f"{prefix}end", sa.Date(), nullable=False),
                sa.Column(f"{prefix}end_half", halves, nullable=False),
                sa.Column(f"{prefix}acting_id", sa.Integer(), nullable=True),
            )
        ),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("urgent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "待审批",
                "已生效",
                "不同意",
                "退回修改",
                "已撤回",
                name="changestate",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["acting_id"], ["officials.id"], name=op.f("fk_leave_changes_acting_id")),
        sa.ForeignKeyConstraint(["leave_id"], ["leaves.id"], name=op.f("fk_leave_changes_leave_id")),
        sa.ForeignKeyConstraint(
            ["was_acting_id"], ["officials.id"], name=op.f("fk_leave_changes_was_acting_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave_changes")),
    )


def downgrade() -> None:
    op.drop_table("leave_changes")
    with op.batch_alter_table("approvals", recreate="never") as batch_op:
        for column in ("escalated_at", "reminded_at", "round"):
            batch_op.drop_column(column)
    for table in ("committee_filings", "asked_to_act", "leave_papers"):
        op.drop_table(table)
    with op.batch_alter_table("leaves", recreate="never") as batch_op:
        batch_op.drop_column("positions")
        batch_op.drop_column("reminded_at")
        batch_op.drop_column("remarks")
        batch_op.drop_column("abroad_approval")


_INDEXES = (
    ("leave_papers", "leave_id"),
    ("asked_to_act", "leave_id"),
    ("asked_to_act", "official_id"),
    ("committee_filings", "leave_id"),
    ("leave_changes", "leave_id"),
)
