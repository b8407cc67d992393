"""Outages: when the bot could last receive, the stretches in which it could not; receipts found by matter."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = storage.moment.Moment(timezone=True)


def upgrade() -> None:
    op.create_table(
        "contact",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
    )
    op.create_table(
        "outages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outages")),
    )
    with op.batch_alter_table("outages") as batch_op:
        batch_op.create_index(batch_op.f("ix_outages_ended_at"), ["ended_at"], unique=False)
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.create_index(
            "ix_outbox_receipt",
            ["receipt"],
            unique=False,
            sqlite_where=sa.text("receipt IS NOT NULL"),
            postgresql_where=sa.text("receipt IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("outbox") as batch_op:
        batch_op.drop_index("ix_outbox_receipt")
    op.drop_table("outages")
    op.drop_table("contact")
