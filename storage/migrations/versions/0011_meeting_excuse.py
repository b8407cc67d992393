"""When a meeting fell short of its quorum, and when the mayor had the summary of the excuses."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meetings") as batch:
        batch.add_column(sa.Column("short_at", storage.moment.Moment(timezone=True)))
        batch.add_column(sa.Column("summarised_at", storage.moment.Moment(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("meetings") as batch:
        batch.drop_column("summarised_at")
        batch.drop_column("short_at")
