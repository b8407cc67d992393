"""What stands on the desk's card 今日要办, as it was last drawn: to be unfolded, and claimed."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("desk_items", columns.yes_or_no("folded"))
    op.add_column("desk_items", columns.text("heading"))
    op.add_column("desk_items", columns.text("line"))


def downgrade() -> None:
    for column in ("line", "heading", "folded"):
        op.drop_column("desk_items", column)
