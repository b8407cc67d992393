"""When the person acted, where that is proven to be before the receipt."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("inbox") as batch:
        batch.add_column(sa.Column("acted_at", storage.moment.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("inbox") as batch:
        batch.drop_column("acted_at")
