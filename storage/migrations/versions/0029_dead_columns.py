"""Three columns that nobody ever read go: the audit says who passed a sheet on, and when a topic was ready."""

from alembic import op

from storage.migrations.columns import moment, official

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("countersigns") as batch:
        batch.drop_constraint("fk_countersigns_ready_by_id", type_="foreignkey")
        batch.drop_column("ready_by_id")
    with op.batch_alter_table("consultations") as batch:
        batch.drop_column("passed_at")
    with op.batch_alter_table("countersign_mediations") as batch:
        batch.drop_column("meeting_at")


def downgrade() -> None:
    with op.batch_alter_table("countersign_mediations") as batch:
        batch.add_column(moment("meeting_at"))
    with op.batch_alter_table("consultations") as batch:
        batch.add_column(moment("passed_at"))
    with op.batch_alter_table("countersigns") as batch:
        batch.add_column(official("ready_by_id"))
