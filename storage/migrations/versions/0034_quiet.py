"""What somebody's phone rings for is kept with them (提醒设置); the desk's card 今日要办 and who is on it."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("officials", sa.Column("quiet", sa.String(16), nullable=False, server_default="只响要办的"))
    op.create_table(
        "desk_items",
        sa.Column("matter", sa.String(64), primary_key=True),
        sa.Column("first_on", sa.Date, nullable=False),
        columns.official("claimed_by_id"),
    )


def downgrade() -> None:
    op.drop_table("desk_items")
    op.drop_column("officials", "quiet")
