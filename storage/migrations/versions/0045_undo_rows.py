"""Which rows a decision changed, so that what goes on from one of them finds it without reading all others."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    rows = op.create_table(
        "undo_rows",
        sa.Column("undo_id", sa.Integer, sa.ForeignKey("undos.id", ondelete="CASCADE"), nullable=False),
        sa.Column("of", sa.String(60), nullable=False),
        sa.Column("row", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("undo_id", "of", "row", name="pk_undo_rows"),
    )
    op.create_index("ix_undo_rows_row_of", "undo_rows", ["row", "of"])
    undos = sa.table("undos", sa.column("id", sa.Integer), sa.column("trace", sa.JSON(none_as_null=True)))
    for one in op.get_bind().execute(sa.select(undos).where(undos.c.trace.is_not(None))).all():
        changed = [{"undo_id": one.id, "of": of, "row": row} for of, row, *_ in one.trace["rows"]]
        if changed:
            op.bulk_insert(rows, changed)


def downgrade() -> None:
    op.drop_table("undo_rows")
