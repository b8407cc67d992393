"""Countersigning: the sheet, its rounds, the units asked, their answers, and what comes of objections."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = storage.moment.Moment(timezone=True)


def upgrade() -> None:
    op.create_table(
        "countersigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lead_unit_id", sa.Integer(), nullable=False),
        sa.Column("drafter_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("文稿", "议题", "请示", name="countersignkind", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.Column("urgent", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("limit_days", sa.SmallInteger(), nullable=True),
        sa.Column("limit_until", MOMENT, nullable=True),
        sa.Column("legal_review", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("not_secret", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "待送出",
                "退回修改",
                "会签中",
                "办结",
                "已撤回",
                name="countersignstate",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("sent_back_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("prepared_at", MOMENT, nullable=False),
        sa.Column("released_at", MOMENT, nullable=True),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("released_for_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_for_id", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("new_version", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("ready_at", MOMENT, nullable=True),
        sa.Column("ready_by_id", sa.Integer(), nullable=True),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("unattended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["drafter_id"], ["officials.id"], name=op.f("fk_countersigns_drafter_id")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["officials.id"], name=op.f("fk_countersigns_ended_by_id")),
        sa.ForeignKeyConstraint(
            ["ended_for_id"], ["officials.id"], name=op.f("fk_countersigns_ended_for_id")
        ),
        sa.ForeignKeyConstraint(["ready_by_id"], ["officials.id"], name=op.f("fk_countersigns_ready_by_id")),
        sa.ForeignKeyConstraint(["lead_unit_id"], ["units.id"], name=op.f("fk_countersigns_lead_unit_id")),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["officials.id"], name=op.f("fk_countersigns_released_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["released_for_id"], ["officials.id"], name=op.f("fk_countersigns_released_for_id")
        ),
        sa.ForeignKeyConstraint(["stand_in_id"], ["officials.id"], name=op.f("fk_countersigns_stand_in_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countersigns")),
    )
    with op.batch_alter_table("countersigns", schema=None) as batch_op:
        batch_op.create_index("ix_countersigns_lead_unit_id", ["lead_unit_id"], unique=False)
        batch_op.create_index(
            "ix_countersigns_open",
            ["id"],
            unique=False,
            postgresql_where=sa.text("state IN ('待送出', '退回修改', '会签中')"),
            sqlite_where=sa.text("state IN ('待送出', '退回修改', '会签中')"),
        )
    op.create_table(
        "consultations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("countersign_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("head_id", sa.Integer(), nullable=True),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("unattended_at", MOMENT, nullable=True),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("waiting", sa.Boolean(), nullable=False),
        sa.Column("delivered_at", MOMENT, nullable=True),
        sa.Column("delivered_to_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "channel", sa.Enum("机器人", "书面", name="channel", native_enum=False, length=16), nullable=True
        ),
        sa.Column("delivery_recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("delivery_note", sa.Text(), server_default="", nullable=False),
        sa.Column("closes_at", MOMENT, nullable=True),
        sa.Column("due_label", sa.String(length=80), server_default="", nullable=False),
        sa.Column("due_explained", sa.Text(), server_default="", nullable=False),
        sa.Column("provisional", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("clock_at", MOMENT, nullable=True),
        sa.Column("passed_to_id", sa.Integer(), nullable=True),
        sa.Column("passed_by_id", sa.Integer(), nullable=True),
        sa.Column("passed_at", MOMENT, nullable=True),
        sa.Column("nudges", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("escalations", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("unreachable_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["countersign_id"], ["countersigns.id"], name=op.f("fk_consultations_countersign_id")
        ),
        sa.ForeignKeyConstraint(
            ["delivered_to_id"], ["officials.id"], name=op.f("fk_consultations_delivered_to_id")
        ),
        sa.ForeignKeyConstraint(
            ["delivery_recorded_by_id"],
            ["officials.id"],
            name=op.f("fk_consultations_delivery_recorded_by_id"),
        ),
        sa.ForeignKeyConstraint(["head_id"], ["officials.id"], name=op.f("fk_consultations_head_id")),
        sa.ForeignKeyConstraint(
            ["passed_by_id"], ["officials.id"], name=op.f("fk_consultations_passed_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["passed_to_id"], ["officials.id"], name=op.f("fk_consultations_passed_to_id")
        ),
        sa.ForeignKeyConstraint(["stand_in_id"], ["officials.id"], name=op.f("fk_consultations_stand_in_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_consultations_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
    )
    with op.batch_alter_table("consultations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_consultations_waiting_clock_at",
            ["clock_at"],
            unique=False,
            postgresql_where=sa.text("waiting"),
            sqlite_where=sa.text("waiting"),
        )
        batch_op.create_index(
            "ix_consultations_waiting_closes_at",
            ["closes_at"],
            unique=False,
            postgresql_where=sa.text("waiting"),
            sqlite_where=sa.text("waiting"),
        )
        batch_op.create_index(
            "ix_consultations_waiting_passed_to_id",
            ["passed_to_id"],
            unique=False,
            postgresql_where=sa.text("waiting"),
            sqlite_where=sa.text("waiting"),
        )
        batch_op.create_index(
            "ix_consultations_waiting_unit_id",
            ["unit_id"],
            unique=False,
            postgresql_where=sa.text("waiting"),
            sqlite_where=sa.text("waiting"),
        )
        batch_op.create_index("ix_consultations_countersign_id", ["countersign_id"], unique=False)
    op.create_table(
        "countersign_mediations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("countersign_id", sa.Integer(), nullable=False),
        sa.Column("mediator_id", sa.Integer(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("lead_grounds", sa.Text(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum(
                "按主办意见",
                "按会签单位意见",
                "另行研究",
                name="mediationdecision",
                native_enum=False,
                length=16,
            ),
            nullable=True,
        ),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_for_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("meeting", sa.Text(), server_default="", nullable=False),
        sa.Column("meeting_at", MOMENT, nullable=True),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("unattended_at", MOMENT, nullable=True),
        sa.Column("moot_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["countersign_id"], ["countersigns.id"], name=op.f("fk_countersign_mediations_countersign_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officials.id"], name=op.f("fk_countersign_mediations_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_for_id"], ["officials.id"], name=op.f("fk_countersign_mediations_decided_for_id")
        ),
        sa.ForeignKeyConstraint(
            ["mediator_id"], ["officials.id"], name=op.f("fk_countersign_mediations_mediator_id")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["officials.id"], name=op.f("fk_countersign_mediations_opened_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["stand_in_id"], ["officials.id"], name=op.f("fk_countersign_mediations_stand_in_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countersign_mediations")),
    )
    with op.batch_alter_table("countersign_mediations", schema=None) as batch_op:
        batch_op.create_index("ix_countersign_mediations_countersign_id", ["countersign_id"], unique=False)
        batch_op.create_index("ix_countersign_mediations_mediator_id", ["mediator_id"], unique=False)
    op.create_table(
        "countersign_rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("countersign_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_for_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["countersign_id"], ["countersigns.id"], name=op.f("fk_countersign_rounds_countersign_id")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["officials.id"], name=op.f("fk_countersign_rounds_opened_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["opened_for_id"], ["officials.id"], name=op.f("fk_countersign_rounds_opened_for_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countersign_rounds")),
    )
    with op.batch_alter_table("countersign_rounds", schema=None) as batch_op:
        batch_op.create_index("ix_countersign_rounds_countersign_id", ["countersign_id"], unique=False)
    op.create_table(
        "countersign_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column(
            "opinion",
            sa.Enum(
                "无不同意见", "有不同意见", "视为无不同意见", name="opinion", native_enum=False, length=16
            ),
            nullable=False,
        ),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "待签字",
                "有效",
                "逾期意见",
                "已被取代",
                "未采用",
                name="answerstatus",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "source",
            sa.Enum("本人签署", "书面", "电话", "逾期未回复", name="source", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("signer_id", sa.Integer(), nullable=True),
        sa.Column("acting_for_id", sa.Integer(), nullable=True),
        sa.Column("drafted_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("source_note", sa.Text(), server_default="", nullable=False),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.JSON(), server_default="{}", nullable=False),
        sa.ForeignKeyConstraint(
            ["acting_for_id"], ["officials.id"], name=op.f("fk_countersign_answers_acting_for_id")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_countersign_answers_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["officials.id"], name=op.f("fk_countersign_answers_drafted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["officials.id"], name=op.f("fk_countersign_answers_recorded_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["signer_id"], ["officials.id"], name=op.f("fk_countersign_answers_signer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countersign_answers")),
    )
    with op.batch_alter_table("countersign_answers", schema=None) as batch_op:
        batch_op.create_index("ix_countersign_answers_consultation_id", ["consultation_id"], unique=False)
        batch_op.create_index(
            "uq_countersign_answers_in_force",
            ["consultation_id"],
            unique=True,
            postgresql_where=sa.text("status = '有效'"),
            sqlite_where=sa.text("status = '有效'"),
        )
    op.create_table(
        "countersign_extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "待答复",
                "同意延期",
                "不同意延期",
                "未答复",
                name="extensionstate",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_for_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["officials.id"], name=op.f("fk_countersign_extensions_asked_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_countersign_extensions_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officials.id"], name=op.f("fk_countersign_extensions_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_for_id"], ["officials.id"], name=op.f("fk_countersign_extensions_decided_for_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countersign_extensions")),
    )
    with op.batch_alter_table("countersign_extensions", schema=None) as batch_op:
        batch_op.create_index("ix_countersign_extensions_consultation_id", ["consultation_id"], unique=False)
    op.create_table(
        "countersign_objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column(
            "draft_reply",
            sa.Enum("采纳", "部分采纳", "不采纳", name="reply", native_enum=False, length=16),
            nullable=True,
        ),
        sa.Column("draft_text", sa.Text(), server_default="", nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=True),
        sa.Column("drafted_at", MOMENT, nullable=True),
        sa.Column(
            "reply",
            sa.Enum("采纳", "部分采纳", "不采纳", name="reply", native_enum=False, length=16),
            nullable=True,
        ),
        sa.Column("reply_text", sa.Text(), server_default="", nullable=False),
        sa.Column("replied_by_id", sa.Integer(), nullable=True),
        sa.Column("replied_for_id", sa.Integer(), nullable=True),
        sa.Column("replied_at", MOMENT, nullable=True),
        sa.Column(
            "stand",
            sa.Enum("保留意见", "无不同意见", name="stand", native_enum=False, length=16),
            nullable=True,
        ),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_for_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("mediation_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_countersign_objections_consultation_id")
        ),
        sa.ForeignKeyConstraint(
            ["mediation_id"],
            ["countersign_mediations.id"],
            name=op.f("fk_countersign_objections_mediation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by_id"], ["officials.id"], name=op.f("fk_countersign_objections_drafted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["replied_by_id"], ["officials.id"], name=op.f("fk_countersign_objections_replied_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["replied_for_id"], ["officials.id"], name=op.f("fk_countersign_objections_replied_for_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["officials.id"], name=op.f("fk_countersign_objections_settled_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_for_id"], ["officials.id"], name=op.f("fk_countersign_objections_settled_for_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countersign_objections")),
    )
    with op.batch_alter_table("countersign_objections", schema=None) as batch_op:
        batch_op.create_index("ix_countersign_objections_consultation_id", ["consultation_id"], unique=False)
        batch_op.create_index("ix_countersign_objections_mediation_id", ["mediation_id"], unique=False)
    op.create_table(
        "countersign_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("countersign_id", sa.Integer(), nullable=True),
        sa.Column("answer_id", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("photo", sa.Boolean(), nullable=False),
        sa.Column("round", sa.SmallInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["countersign_answers.id"], name=op.f("fk_countersign_papers_answer_id")
        ),
        sa.ForeignKeyConstraint(
            ["countersign_id"], ["countersigns.id"], name=op.f("fk_countersign_papers_countersign_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countersign_papers")),
    )
    with op.batch_alter_table("countersign_papers", schema=None) as batch_op:
        batch_op.create_index("ix_countersign_papers_answer_id", ["answer_id"], unique=False)
        batch_op.create_index("ix_countersign_papers_countersign_id", ["countersign_id"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    op.drop_table("countersign_papers")
    op.drop_table("countersign_objections")
    op.drop_table("countersign_extensions")
    op.drop_table("countersign_answers")
    op.drop_table("countersign_rounds")
    op.drop_table("countersign_mediations")
    op.drop_table("consultations")
    op.drop_table("countersigns")
