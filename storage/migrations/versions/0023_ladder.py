"""What the silence of a clearance and of a permission has come to: reminded, then told to those above."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting_clearances") as batch:
        batch.add_column(sa.Column("reminded_at", storage.moment.Moment(timezone=True), nullable=True))
        batch.add_column(sa.Column("escalated_at", storage.moment.Moment(timezone=True), nullable=True))
    with op.batch_alter_table("invitation_permissions") as batch:
        batch.alter_column("nudged_at", new_column_name="reminded_at")
        batch.add_column(sa.Column("escalated_at", storage.moment.Moment(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("invitation_permissions") as batch:
        batch.drop_column("escalated_at")
        batch.alter_column("reminded_at", new_column_name="nudged_at")
    with op.batch_alter_table("meeting_clearances") as batch:
        batch.drop_column("escalated_at")
        batch.drop_column("reminded_at")
