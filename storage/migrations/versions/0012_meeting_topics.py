"""Who came to a meeting in somebody's place, as the sign-in has it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("attendees") as batch:
        batch.add_column(sa.Column("came_name", sa.String(40), nullable=False, server_default=""))
        batch.add_column(sa.Column("came_post", sa.String(60), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("attendees") as batch:
        batch.drop_column("came_post")
        batch.drop_column("came_name")
