"""Digests: the SHA-256 of a file, or why there is none."""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_digests",
        sa.Column("file_id", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("at", storage.moment.Moment(timezone=True), nullable=True),
        sa.Column(
            "lack",
            sa.Enum(
                "文件超过20MB，未取校验值",
                "Telegram已无此文件，未取校验值",
                "取文件未成，未取校验值",
                name="lack",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_file_digests")),
    )


def downgrade() -> None:
    op.drop_table("file_digests")
    op.execute("DELETE FROM outbox WHERE kind = 'digest'")
