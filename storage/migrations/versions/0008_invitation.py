"""Invitations: events reported to the office, the leaders asked, papers, permissions and changes."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = storage.moment.Moment(timezone=True)


def upgrade() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "调研",
                "会议",
                "签约",
                "慰问",
                "剪彩",
                "奠基",
                "庆祝会",
                "纪念会",
                "表彰会",
                "座谈会",
                "博览会",
                "研讨会",
                "论坛",
                "其他",
                name="invitationkind",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("end", MOMENT, nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("organiser", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("submitted_by_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("speech", sa.Boolean(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("special_reason", sa.Text(), nullable=False),
        sa.Column("approval_number", sa.String(length=80), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "特殊情况，待准予受理",
                "待办公室审核",
                "待主办单位补充",
                "已转呈，待领导答复",
                "已答复",
                "已退回",
                "不予受理",
                "主办单位已取消",
                "活动时间已到，未办结",
                name="invitationstate",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("clerk_id", sa.Integer(), nullable=True),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("resubmitted_at", MOMENT, nullable=True),
        sa.Column("desk_at", MOMENT, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("nudged_at", MOMENT, nullable=True),
        sa.Column("positions", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_invitations_unit_id")),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["officials.id"], name=op.f("fk_invitations_submitted_by_id")
        ),
        sa.ForeignKeyConstraint(["clerk_id"], ["officials.id"], name=op.f("fk_invitations_clerk_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
    )
    with op.batch_alter_table("invitations") as batch_op:
        batch_op.create_index(batch_op.f("ix_invitations_start"), ["start"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitations_unit_id"), ["unit_id"], unique=False)
    op.create_table(
        "invitation_asked",
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_invitation_asked_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["official_id"], ["officials.id"], name=op.f("fk_invitation_asked_official_id")
        ),
        sa.PrimaryKeyConstraint("invitation_id", "official_id", name=op.f("pk_invitation_asked")),
    )
    op.create_table(
        "invitation_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("方案议程", "讲话代拟稿", "批准文件", name="purpose", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("photo", sa.Boolean(), nullable=False),
        sa.Column("change", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_invitation_papers_invitation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_papers")),
    )
    with op.batch_alter_table("invitation_papers") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_papers_invitation_id"), ["invitation_id"], unique=False
        )
    op.create_table(
        "invitation_permissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("nudged_at", MOMENT, nullable=True),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("unattended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_invitation_permissions_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["asked_id"], ["officials.id"], name=op.f("fk_invitation_permissions_asked_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officials.id"], name=op.f("fk_invitation_permissions_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["stand_in_id"], ["officials.id"], name=op.f("fk_invitation_permissions_stand_in_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_permissions")),
    )
    with op.batch_alter_table("invitation_permissions") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_permissions_invitation_id"), ["invitation_id"], unique=False
        )
    op.create_table(
        "invitation_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("line", sa.SmallInteger(), nullable=False),
        sa.Column("leader_id", sa.Integer(), nullable=False),
        sa.Column("forwarded_by_id", sa.Integer(), nullable=False),
        sa.Column("forwarded_at", MOMENT, nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column(
            "proposal",
            sa.Enum("出席", "不出席", "委托他人", name="answer", native_enum=False, length=16),
            nullable=True,
        ),
        sa.Column("proposed_delegate_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("nudged_at", MOMENT, nullable=True),
        sa.Column("returned_at", MOMENT, nullable=True),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.Column("closed_why", sa.Text(), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("unattended_at", MOMENT, nullable=True),
        sa.Column(
            "answer",
            sa.Enum("出席", "不出席", "委托他人", name="answer", native_enum=False, length=16),
            nullable=True,
        ),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("answer_version", sa.SmallInteger(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=True),
        sa.Column("delegate_asked_at", MOMENT, nullable=True),
        sa.Column("delegate_nudged_at", MOMENT, nullable=True),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("covers_leave", sa.Integer(), nullable=True),
        sa.Column("entry_with_id", sa.Integer(), nullable=True),
        sa.Column("clashes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_invitation_requests_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["officials.id"], name=op.f("fk_invitation_requests_leader_id")
        ),
        sa.ForeignKeyConstraint(
            ["forwarded_by_id"], ["officials.id"], name=op.f("fk_invitation_requests_forwarded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_delegate_id"],
            ["officials.id"],
            name=op.f("fk_invitation_requests_proposed_delegate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["stand_in_id"], ["officials.id"], name=op.f("fk_invitation_requests_stand_in_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officials.id"], name=op.f("fk_invitation_requests_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["entry_with_id"], ["officials.id"], name=op.f("fk_invitation_requests_entry_with_id")
        ),
        sa.ForeignKeyConstraint(
            ["delegate_id"], ["officials.id"], name=op.f("fk_invitation_requests_delegate_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_requests")),
    )
    with op.batch_alter_table("invitation_requests") as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_requests_delegate_id"), ["delegate_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_invitation_requests_invitation_id"), ["invitation_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_invitation_requests_leader_id"), ["leader_id"], unique=False)
    op.create_table(
        "invitation_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("proposed_by_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("end", MOMENT, nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("was_start", MOMENT, nullable=False),
        sa.Column("was_end", MOMENT, nullable=True),
        sa.Column("was_place", sa.Text(), nullable=False),
        sa.Column("programme", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "待办公室审核",
                "已生效",
                "未采纳",
                "已撤回",
                name="invitationchangestate",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitations.id"], name=op.f("fk_invitation_changes_invitation_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["officials.id"], name=op.f("fk_invitation_changes_proposed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officials.id"], name=op.f("fk_invitation_changes_decided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_changes")),
    )
    with op.batch_alter_table("invitation_changes") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_invitation_changes_invitation_id"), ["invitation_id"], unique=False
        )


def downgrade() -> None:
    for table in ("changes", "requests", "permissions", "papers", "asked"):
        op.drop_table(f"invitation_{table}")
    op.drop_table("invitations")
