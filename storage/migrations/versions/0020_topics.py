"""Groups: the topic of a forum in which one was bound, and since when it takes nothing."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("units", sa.Column("group_topic_id", sa.BigInteger(), nullable=True))
    op.add_column("units", sa.Column("group_refused_at", storage.moment.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("units", "group_refused_at")
    op.drop_column("units", "group_topic_id")
