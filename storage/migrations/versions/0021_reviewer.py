"""Which of the units asked reviews the law: its silence is never consent, on sheets under way neither."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Written inline, so that SQLite adds a column and does not make the table anew.
    units = sa.ForeignKey("units.id", name=op.f("fk_countersigns_reviewer_id"))
    op.add_column("countersigns", sa.Column("reviewer_id", sa.Integer(), units), inline_references=True)
    # The books name the reviewer for the first time. Every district's is its 司法局, whatever it calls it for short.
    op.execute(
        "UPDATE countersigns SET reviewer_id = ("
        "SELECT min(units.id) FROM units JOIN consultations ON consultations.unit_id = units.id "
        "WHERE consultations.countersign_id = countersigns.id "
        "AND (units.name LIKE '%司法%' OR units.full_name LIKE '%司法局%')"
        ") WHERE legal_review"
    )


def downgrade() -> None:
    with op.batch_alter_table("countersigns") as batch:
        batch.drop_column("reviewer_id")
