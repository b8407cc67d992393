"""Files that go out together are one row of the outbox and as many messages, whose ids are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("message_ids", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("outbox", "message_ids")
