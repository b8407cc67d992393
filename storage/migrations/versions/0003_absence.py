"""Who decides in whose place: delegations, and to whom an approval has been handed."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = storage.moment.Moment(timezone=True)


def upgrade() -> None:
    op.create_table(
        "delegations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("principal_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column(
            "scope",
            sa.Enum("全部事项", "请假审批", name="scope", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column(
            "start_half", sa.Enum("上午", "下午", name="half", native_enum=False, length=16), nullable=False
        ),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column(
            "end_half", sa.Enum("上午", "下午", name="half", native_enum=False, length=16), nullable=False
        ),
        sa.Column(
            "state",
            sa.Enum(
                "待接受",
                "已接受",
                "未接受",
                "已结束",
                name="delegationstate",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("offered_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["delegate_id"], ["officials.id"], name=op.f("fk_delegations_delegate_id")),
        sa.ForeignKeyConstraint(["principal_id"], ["officials.id"], name=op.f("fk_delegations_principal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
    )
    with op.batch_alter_table("delegations") as batch_op:
        batch_op.create_index("ix_delegations_state", ["state"], unique=False)
    with op.batch_alter_table("approvals") as batch_op:
        batch_op.add_column(sa.Column("stand_in_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("unattended_at", MOMENT, nullable=True))
        batch_op.create_foreign_key("fk_approvals_stand_in_id", "officials", ["stand_in_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("approvals") as batch_op:
        batch_op.drop_constraint("fk_approvals_stand_in_id", type_="foreignkey")
        batch_op.drop_column("unattended_at")
        batch_op.drop_column("stand_in_id")
    op.drop_table("delegations")
