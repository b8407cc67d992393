"""A half-filled form may be put aside, and several of them lie there."""

from alembic import op

from storage.migrations import columns

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("drafts") as batch:
        batch.add_column(columns.moment("aside_at"))


def downgrade() -> None:
    with op.batch_alter_table("drafts") as batch:
        batch.drop_column("aside_at")
