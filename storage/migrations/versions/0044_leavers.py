"""Of whoever left long ago it is known when what is personal was cut down."""

import sqlalchemy as sa
from alembic import op

from storage.moment import Moment

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("officials", sa.Column("cleared_at", Moment, nullable=True))


def downgrade() -> None:
    op.drop_column("officials", "cleared_at")
