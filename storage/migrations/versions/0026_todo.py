"""What waits on somebody's desk is kept the same for every kind: asked, reminded, told to those above.

When an excuse was raised is one thing, since when it lies where it lies another. In whose place a mediation
was decided follows from its mediator.
"""

import sqlalchemy as sa
from alembic import op

import storage.moment

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("invitation_requests") as batch:
        batch.alter_column("nudged_at", new_column_name="reminded_at")
        batch.alter_column("returned_at", new_column_name="escalated_at")
    with op.batch_alter_table("meeting_excuses") as batch:
        batch.alter_column("asked_at", new_column_name="raised_at")
        batch.alter_column("nudged_at", new_column_name="reminded_at")
    with op.batch_alter_table("meeting_excuses") as batch:
        batch.add_column(sa.Column("asked_at", storage.moment.Moment(timezone=True), nullable=True))
        batch.add_column(sa.Column("escalated_at", storage.moment.Moment(timezone=True), nullable=True))
    op.execute("UPDATE meeting_excuses SET asked_at = raised_at WHERE decider_id IS NOT NULL")
    with op.batch_alter_table("countersign_mediations") as batch:
        batch.drop_constraint("fk_countersign_mediations_decided_for_id", type_="foreignkey")
        batch.drop_column("decided_for_id")


def downgrade() -> None:
    with op.batch_alter_table("countersign_mediations") as batch:
        batch.add_column(sa.Column("decided_for_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            "fk_countersign_mediations_decided_for_id", "officials", ["decided_for_id"], ["id"]
        )
    op.execute(
        "UPDATE countersign_mediations SET decided_for_id = mediator_id WHERE decided_by_id <> mediator_id"
    )
    with op.batch_alter_table("meeting_excuses") as batch:
        batch.drop_column("escalated_at")
        batch.drop_column("asked_at")
    with op.batch_alter_table("meeting_excuses") as batch:
        batch.alter_column("reminded_at", new_column_name="nudged_at")
        batch.alter_column("raised_at", new_column_name="asked_at")
    with op.batch_alter_table("invitation_requests") as batch:
        batch.alter_column("escalated_at", new_column_name="returned_at")
        batch.alter_column("reminded_at", new_column_name="nudged_at")
