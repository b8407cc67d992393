"""What leaders are called in Telegram after the @."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("officials") as batch:
        batch.add_column(sa.Column("username", sa.String(40), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("officials") as batch:
        batch.drop_column("username")
