"""Meetings: the list with its answers and excuses, topics with their gates, materials, clearances."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = storage.moment.Moment(timezone=True)


def upgrade() -> None:
    op.create_table(
        "meetings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "全体会议",
                "常务会议",
                "区长办公会议",
                "专题会议",
                "部门全区性会议",
                name="meetingkind",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("end", MOMENT, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("entrance", sa.Text(), server_default="", nullable=False),
        sa.Column("called_by_id", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("reply_by", MOMENT, nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("chair_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("deputies", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "草稿",
                "待批",
                "退回",
                "未获同意",
                "已通知",
                "已开始",
                "已结束",
                "已取消",
                name="meetingstate",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("called_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "in_name",
            sa.Enum("以区政府名义", "本系统", name="inname", native_enum=False, length=16),
            nullable=True,
        ),
        sa.Column("grounds", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("remarks", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("history", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("sign_in_at", MOMENT, nullable=True),
        sa.Column("sign_in_closed_at", MOMENT, nullable=True),
        sa.Column("sign_in_code", sa.String(length=32), server_default="", nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("cancel_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("counted_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["called_by_id"], ["officials.id"], name=op.f("fk_meetings_called_by_id")),
        sa.ForeignKeyConstraint(["chair_id"], ["officials.id"], name=op.f("fk_meetings_chair_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_meetings_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    with op.batch_alter_table("meetings") as batch_op:
        batch_op.create_index(batch_op.f("ix_meetings_start"), ["start"], unique=False)
        batch_op.create_index(batch_op.f("ix_meetings_state"), ["state"], unique=False)

    op.create_table(
        "attendees",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum("出席", "列席", "列席议题", name="part", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("position", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column(
            "reply",
            sa.Enum("参加", "请假", "派员", name="reply", native_enum=False, length=16),
            nullable=True,
        ),
        sa.Column("replied_at", MOMENT, nullable=True),
        sa.Column("replied_by_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=40), server_default="", nullable=False),
        sa.Column("deputy_name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("deputy_post", sa.String(length=60), server_default="", nullable=False),
        sa.Column(
            "prepared",
            sa.Enum("参加", "请假", "派员", name="reply", native_enum=False, length=16),
            nullable=True,
        ),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("prepared_at", MOMENT, nullable=True),
        sa.Column("prepared_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("prepared_name", sa.String(length=40), server_default="", nullable=False),
        sa.Column("prepared_post", sa.String(length=60), server_default="", nullable=False),
        sa.Column("leave_id", sa.Integer(), nullable=True),
        sa.Column("away", sa.String(length=80), server_default="", nullable=False),
        sa.Column("away_until", sa.Date(), nullable=True),
        sa.Column("earlier", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("nudged_at", MOMENT, nullable=True),
        sa.Column("in_calendar", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("signed_in_at", MOMENT, nullable=True),
        sa.Column("late", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("corrected_by_id", sa.Integer(), nullable=True),
        sa.Column("corrected_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["corrected_by_id"], ["officials.id"], name=op.f("fk_attendees_corrected_by_id")
        ),
        sa.ForeignKeyConstraint(["leave_id"], ["leaves.id"], name=op.f("fk_attendees_leave_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_attendees_meeting_id")),
        sa.ForeignKeyConstraint(["official_id"], ["officials.id"], name=op.f("fk_attendees_official_id")),
        sa.ForeignKeyConstraint(
            ["prepared_by_id"], ["officials.id"], name=op.f("fk_attendees_prepared_by_id")
        ),
        sa.ForeignKeyConstraint(["replied_by_id"], ["officials.id"], name=op.f("fk_attendees_replied_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendees")),
    )
    with op.batch_alter_table("attendees") as batch_op:
        batch_op.create_index(batch_op.f("ix_attendees_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendees_official_id"), ["official_id"], unique=False)

    op.create_table(
        "meeting_excuses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attendee_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decider_id", sa.Integer(), nullable=True),
        sa.Column("written", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "state",
            sa.Enum("待批", "准假", "不准假", name="excusestate", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("report", sa.Text(), server_default="", nullable=False),
        sa.Column("report_file_id", sa.Text(), server_default="", nullable=False),
        sa.Column("report_name", sa.Text(), server_default="", nullable=False),
        sa.Column("report_photo", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("reported_at", MOMENT, nullable=True),
        sa.Column("by_leave", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("unattended_at", MOMENT, nullable=True),
        sa.Column("nudged_at", MOMENT, nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["attendee_id"], ["attendees.id"], name=op.f("fk_meeting_excuses_attendee_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officials.id"], name=op.f("fk_meeting_excuses_decided_by_id")
        ),
        sa.ForeignKeyConstraint(["decider_id"], ["officials.id"], name=op.f("fk_meeting_excuses_decider_id")),
        sa.ForeignKeyConstraint(
            ["stand_in_id"], ["officials.id"], name=op.f("fk_meeting_excuses_stand_in_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_excuses")),
    )
    with op.batch_alter_table("meeting_excuses") as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_excuses_attendee_id"), ["attendee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_excuses_decider_id"), ["decider_id"], unique=False)

    op.create_table(
        "meeting_topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("countersign_id", sa.Integer(), nullable=True),
        sa.Column("legal", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("legal_at", MOMENT, nullable=True),
        sa.Column("legal_by_id", sa.Integer(), nullable=True),
        sa.Column("added_at", MOMENT, nullable=True),
        sa.Column(
            "late",
            sa.Enum("待区长审定", "区长已同意", "区长未同意", name="latestate", native_enum=False, length=16),
            nullable=True,
        ),
        sa.Column("late_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("late_by_id", sa.Integer(), nullable=True),
        sa.Column("late_at", MOMENT, nullable=True),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("unattended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["late_by_id"], ["officials.id"], name=op.f("fk_meeting_topics_late_by_id")),
        sa.ForeignKeyConstraint(
            ["legal_by_id"], ["officials.id"], name=op.f("fk_meeting_topics_legal_by_id")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_topics_meeting_id")),
        sa.ForeignKeyConstraint(
            ["stand_in_id"], ["officials.id"], name=op.f("fk_meeting_topics_stand_in_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_meeting_topics_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_topics")),
    )
    with op.batch_alter_table("meeting_topics") as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_topics_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_topics_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "topic_gates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "议题材料送审",
                "向区长汇报、印制材料",
                "向区委报备、送达材料",
                name="gatekind",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("done_by_id", sa.Integer(), nullable=True),
        sa.Column("nudged_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["done_by_id"], ["officials.id"], name=op.f("fk_topic_gates_done_by_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["meeting_topics.id"], name=op.f("fk_topic_gates_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_gates")),
    )
    with op.batch_alter_table("topic_gates") as batch_op:
        batch_op.create_index(batch_op.f("ix_topic_gates_due"), ["due"], unique=False)
        batch_op.create_index(batch_op.f("ix_topic_gates_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "meeting_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("photo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_papers_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_papers")),
    )
    with op.batch_alter_table("meeting_papers") as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_papers_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "meeting_clearances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum("区政府办公室审核", "区政府分管领导审批", name="step", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column(
            "verdict",
            sa.Enum("审核通过", "退回", "同意", "不同意", name="verdict", native_enum=False, length=16),
            nullable=True,
        ),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("unattended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["approver_id"], ["officials.id"], name=op.f("fk_meeting_clearances_approver_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officials.id"], name=op.f("fk_meeting_clearances_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meetings.id"], name=op.f("fk_meeting_clearances_meeting_id")
        ),
        sa.ForeignKeyConstraint(
            ["stand_in_id"], ["officials.id"], name=op.f("fk_meeting_clearances_stand_in_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_clearances")),
    )
    with op.batch_alter_table("meeting_clearances") as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_clearances_approver_id"), ["approver_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_clearances_meeting_id"), ["meeting_id"], unique=False)


def downgrade() -> None:
    op.drop_table("meeting_clearances")
    op.drop_table("meeting_papers")
    op.drop_table("topic_gates")
    op.drop_table("meeting_topics")
    op.drop_table("meeting_excuses")
    op.drop_table("attendees")
    op.drop_table("meetings")
