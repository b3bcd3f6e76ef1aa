"""Priorities, tenants, parking and the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "outbox",
        sa.Column("workbook", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.Column("sent_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("workbook"),
    )
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("priority", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("workbooks", schema=None) as batch_op:
        batch_op.add_column(sa.Column("priority", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("tenant", sa.String(length=200), server_default="", nullable=False))
        batch_op.add_column(sa.Column("claimed_at", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("deaths", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("parked_at", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("parked_until", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("parked_reason", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("parked_error", sa.JSON(none_as_null=True), nullable=True))
        batch_op.create_index("workbooks_by_tenant", ["tenant", "claimed_at"], unique=False)


def downgrade() -> None:
    """Back to the one before."""
    with op.batch_alter_table("workbooks", schema=None) as batch_op:
        batch_op.drop_index("workbooks_by_tenant")
        batch_op.drop_column("parked_error")
        batch_op.drop_column("parked_reason")
        batch_op.drop_column("parked_until")
        batch_op.drop_column("parked_at")
        batch_op.drop_column("deaths")
        batch_op.drop_column("claimed_at")
        batch_op.drop_column("tenant")
        batch_op.drop_column("priority")

    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.drop_column("priority")

    op.drop_table("outbox")
