"""What a sheet is by its nature is kept as it was said, instead of whether it is reviewed at all."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "countersigns", sa.Column("nature", sa.String(16), server_default="都不是", nullable=False)
    )
    # What was said is not in the books; the title tells it by the words by which it was told until now.
    norms = " OR ".join(f"title LIKE '%{word}%'" for word in ("办法", "规定", "细则", "规则", "条例"))
    op.execute(
        f"UPDATE countersigns SET nature = CASE WHEN {norms} THEN '规范性文件' ELSE '合同、协议' END "  # noqa: S608 - words of this file
        "WHERE legal_review"
    )
    with op.batch_alter_table("countersigns") as batch:
        batch.drop_column("legal_review")


def downgrade() -> None:
    with op.batch_alter_table("countersigns") as batch:
        batch.add_column(
            sa.Column("legal_review", sa.Boolean(), server_default=sa.text("false"), nullable=False)
        )
    op.execute("UPDATE countersigns SET legal_review = true WHERE nature <> '都不是'")
    with op.batch_alter_table("countersigns") as batch:
        batch.drop_column("nature")
