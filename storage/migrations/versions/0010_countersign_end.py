"""Who lets a sheet of countersigning lie after the answers, as the clock knows of it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("countersigns") as batch:
        batch.add_column(sa.Column("stalls", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("countersigns") as batch:
        batch.drop_column("stalls")
