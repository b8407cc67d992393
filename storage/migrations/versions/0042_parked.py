"""An update that was parked says why, and may be tried again."""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("inbox", sa.Column("error", sa.String(300), nullable=True))
    op.add_column("inbox", sa.Column("retries", sa.SmallInteger, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("inbox", "retries")
    op.drop_column("inbox", "error")
