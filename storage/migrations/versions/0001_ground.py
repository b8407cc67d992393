"""The ground: roster, inbox, outbox, audit, forms, leave."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_head",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "calendar_days",
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("festival", sa.String(length=40), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("date", name=op.f("pk_calendar_days")),
    )
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_key", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=True),
        sa.Column("received_at", storage.moment.Moment(timezone=True), nullable=False),
        sa.Column("done_at", storage.moment.Moment(timezone=True), nullable=True),
        sa.Column("failed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_inbox")),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_done_at", ["done_at"], unique=False)
        batch_op.create_index(
            "ix_inbox_waiting",
            ["update_id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "timers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("due_at", storage.moment.Moment(timezone=True), nullable=False),
        sa.Column("next_at", storage.moment.Moment(timezone=True), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timers")),
        sa.UniqueConstraint("kind", "subject_id", name=op.f("uq_timers_kind_subject_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("timers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_timers_next_at"), ["next_at"], unique=False)

    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "区政府领导",
                "办公室",
                "部门",
                "镇街",
                "开发区",
                "其他",
                name="unitkind",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("portfolio_id", sa.Integer(), nullable=True),
        sa.Column("group_chat_id", sa.BigInteger(), nullable=True),
        sa.Column("closed_at", storage.moment.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("group_chat_id", name=op.f("uq_units_group_chat_id")),
    )
    op.create_table(
        "wrong_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=False),
        sa.Column("tried_at", storage.moment.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_tries")),
    )
    with op.batch_alter_table("wrong_tries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wrong_tries_telegram_id"), ["telegram_id"], unique=False)

    op.create_table(
        "officials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=60), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "区长",
                "常务副区长",
                "副区长",
                "办公室主任",
                "办公室副主任",
                "办公室",
                "主要负责人",
                "班子成员",
                "联络员",
                "法律顾问",
                name="role",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("phone", sa.String(length=40), server_default="", nullable=False),
        sa.Column("backup_id", sa.Integer(), nullable=True),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("left_at", storage.moment.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["backup_id"], ["officials.id"], name=op.f("fk_officials_backup_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_officials_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officials")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_officials_telegram_id")),
    )
    with op.batch_alter_table("officials", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_officials_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_officials_role"), ["role"], unique=False)
        batch_op.create_index(batch_op.f("ix_officials_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "audit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", storage.moment.Moment(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("acting_for", sa.String(length=120), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("article", sa.SmallInteger(), nullable=True),
        sa.Column("update_id", sa.BigInteger(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["officials.id"], name=op.f("fk_audit_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_hash")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_previous")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_subject"), ["subject"], unique=False)

    op.create_table(
        "binding_codes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("issued_at", storage.moment.Moment(timezone=True), nullable=False),
        sa.Column("expires_at", storage.moment.Moment(timezone=True), nullable=False),
        sa.Column("used_at", storage.moment.Moment(timezone=True), nullable=True),
        sa.Column("revoked_at", storage.moment.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["official_id"], ["officials.id"], name=op.f("fk_binding_codes_official_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_binding_codes")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_binding_codes_code_hash")),
    )
    with op.batch_alter_table("binding_codes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_binding_codes_official_id"), ["official_id"], unique=False)

    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("procedure", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=40), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("problems", sa.JSON(), nullable=False),
        sa.Column("asking", sa.String(length=40), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("updated_at", storage.moment.Moment(timezone=True), nullable=False),
        sa.Column("closed_at", storage.moment.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["official_id"], ["officials.id"], name=op.f("fk_drafts_official_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.create_index(
            "ix_drafts_open",
            ["official_id", "chat_id"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "leaves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applicant_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "出差",
                "出访",
                "学习",
                "离岗休假",
                "探亲",
                "就医",
                "其他",
                name="leavekind",
                native_enum=False,
                length=16,
            ),
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
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("acting_id", sa.Integer(), nullable=True),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("urgent_reason", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "待审批",
                "退回修改",
                "已批准",
                "不同意",
                "已撤回",
                "已销假",
                name="leavestate",
                native_enum=False,
                length=16,
            ),
            nullable=False,
        ),
        sa.Column("submitted_at", storage.moment.Moment(timezone=True), nullable=False),
        sa.Column("decided_at", storage.moment.Moment(timezone=True), nullable=True),
        sa.Column("returned_at", storage.moment.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["acting_id"], ["officials.id"], name=op.f("fk_leaves_acting_id")),
        sa.ForeignKeyConstraint(["applicant_id"], ["officials.id"], name=op.f("fk_leaves_applicant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leaves")),
    )
    with op.batch_alter_table("leaves", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_leaves_applicant_id"), ["applicant_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_leaves_state"), ["state"], unique=False)

    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("once", sa.String(length=120), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("message", "edit", "toast", "menu", name="kind", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("official_id", sa.Integer(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("subject", sa.String(length=120), server_default="", nullable=False),
        sa.Column("card", sa.String(length=60), nullable=True),
        sa.Column("target_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "sent", "failed", "dropped", name="state", native_enum=False, length=16),
            nullable=False,
        ),
        sa.Column("created_at", storage.moment.Moment(timezone=True), nullable=False),
        sa.Column("sent_at", storage.moment.Moment(timezone=True), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["official_id"], ["officials.id"], name=op.f("fk_outbox_official_id")),
        sa.ForeignKeyConstraint(["target_id"], ["outbox.id"], name=op.f("fk_outbox_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("once", name=op.f("uq_outbox_once")),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_card",
            ["card"],
            unique=False,
            sqlite_where=sa.text("card IS NOT NULL"),
            postgresql_where=sa.text("card IS NOT NULL"),
        )
        batch_op.create_index("ix_outbox_created_at", ["created_at"], unique=False)
        batch_op.create_index(
            "ix_outbox_waiting",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("leave_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("approver_id", sa.Integer(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum("同意", "不同意", "退回修改", name="decision", native_enum=False, length=16),
            nullable=True,
        ),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", storage.moment.Moment(timezone=True), nullable=True),
        sa.Column("asked_at", storage.moment.Moment(timezone=True), nullable=True),
        sa.Column("nudged_at", storage.moment.Moment(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["approver_id"], ["officials.id"], name=op.f("fk_approvals_approver_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["officials.id"], name=op.f("fk_approvals_decided_by_id")),
        sa.ForeignKeyConstraint(["leave_id"], ["leaves.id"], name=op.f("fk_approvals_leave_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approvals_approver_id"), ["approver_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_approvals_leave_id"), ["leave_id"], unique=False)

    # Units name officials and officials units, so one of the two references comes last.
    with op.batch_alter_table("units") as batch_op:
        batch_op.create_foreign_key("fk_units_portfolio_id", "officials", ["portfolio_id"], ["id"])
    # The audit is append-only in the database itself, whoever is connected.
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER audit_no_{deed} BEFORE {deed.upper()} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()"
        )
    # The chain starts from a hash of zeros.
    op.execute(f"INSERT INTO audit_head (id, hash) VALUES (1, '{'0' * 64}')")


def downgrade() -> None:
    with op.batch_alter_table("units") as batch_op:
        batch_op.drop_constraint("fk_units_portfolio_id", type_="foreignkey")
    with op.batch_alter_table("approvals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approvals_leave_id"))
        batch_op.drop_index(batch_op.f("ix_approvals_approver_id"))

    op.drop_table("approvals")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_waiting",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_outbox_created_at")
        batch_op.drop_index(
            "ix_outbox_card",
            sqlite_where=sa.text("card IS NOT NULL"),
            postgresql_where=sa.text("card IS NOT NULL"),
        )

    op.drop_table("outbox")
    with op.batch_alter_table("leaves", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_leaves_state"))
        batch_op.drop_index(batch_op.f("ix_leaves_applicant_id"))

    op.drop_table("leaves")
    with op.batch_alter_table("drafts", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_drafts_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.drop_table("drafts")
    with op.batch_alter_table("binding_codes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_binding_codes_official_id"))

    op.drop_table("binding_codes")
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_subject"))

    op.drop_table("audit")
    with op.batch_alter_table("officials", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_officials_unit_id"))
        batch_op.drop_index(batch_op.f("ix_officials_role"))
        batch_op.drop_index(batch_op.f("ix_officials_name"))

    op.drop_table("officials")
    with op.batch_alter_table("wrong_tries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_wrong_tries_telegram_id"))

    op.drop_table("wrong_tries")
    op.drop_table("units")
    with op.batch_alter_table("timers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_timers_next_at"))

    op.drop_table("timers")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_inbox_waiting",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )
        batch_op.drop_index("ix_inbox_done_at")

    op.drop_table("inbox")
    op.drop_table("calendar_days")
    op.drop_table("audit_head")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_append_only()")
