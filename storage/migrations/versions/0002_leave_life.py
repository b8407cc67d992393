"""Leave in full: papers, who was asked to act, what the district committee is told."""

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
    for table, column in _INDEXES:
        with op.batch_alter_table(table) as batch_op:
            batch_op.create_index(f"ix_{table}_{column}", [column], unique=False)


def downgrade() -> None:
    for table in ("committee_filings", "asked_to_act", "leave_papers"):
        op.drop_table(table)
    with op.batch_alter_table("leaves", recreate="never") as batch_op:
        batch_op.drop_column("remarks")
        batch_op.drop_column("abroad_approval")


_INDEXES = (
    ("leave_papers", "leave_id"),
    ("asked_to_act", "leave_id"),
    ("asked_to_act", "official_id"),
    ("committee_filings", "leave_id"),
)
