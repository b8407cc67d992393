"""Names in phones' calendars that no other database has, and how many files went there."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_FILES_SO_FAR = 2**30
"""More than any file sent so far has as its SEQUENCE (a version, or the seconds since the report)."""


def upgrade() -> None:
    for table, name in (("meetings", "meeting"), ("invitations", "invitation")):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column("calendar_uid", sa.String(64), nullable=True))
            batch.add_column(sa.Column("calendar_files", sa.Integer(), nullable=False, server_default="0"))
        rows = sa.table(
            table,
            sa.column("id", sa.Integer),
            sa.column("calendar_uid", sa.String),
            sa.column("calendar_files", sa.Integer),
        )
        # What phones have already keeps its name, so that it is still moved and taken out.
        uid = sa.literal(f"{name}-") + sa.cast(rows.c.id, sa.String) + sa.literal("@banjie")
        op.execute(rows.update().values(calendar_uid=uid, calendar_files=_FILES_SO_FAR))
        with op.batch_alter_table(table) as batch:
            batch.alter_column("calendar_uid", existing_type=sa.String(64), nullable=False)


def downgrade() -> None:
    for table in ("invitations", "meetings"):
        with op.batch_alter_table(table) as batch:
            batch.drop_column("calendar_files")
            batch.drop_column("calendar_uid")
