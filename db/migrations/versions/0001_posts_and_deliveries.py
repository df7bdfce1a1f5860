"""Posts, and a delivery for each of their targets."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "post",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("blocks", sa.JSON, nullable=False),
        sa.Column("targets", sa.JSON, nullable=False),
        sa.Column("due_at", UTC),
        sa.Column("record_id", sa.String(40)),
        sa.Column("origin", sa.String(100)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("created_at", UTC, nullable=False),
        sa.Column("approved", sa.String(64)),
        sa.Column("approver", sa.String(64)),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_post"),
        sa.UniqueConstraint("origin", name="uq_post_origin"),
    )
    op.create_index("ix_post_state_id", "post", ["state", "id"])
    op.create_table(
        "delivery",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=False),
        sa.Column("post_id", sa.Integer, nullable=False),
        sa.Column("target", sa.String(64), nullable=False),
        sa.Column("due_at", UTC, nullable=False),
        sa.Column("not_before", UTC, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("lease_owner", sa.String(64)),
        sa.Column("lease_until", UTC),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_delivery_post_id_post"),
        sa.UniqueConstraint(
            "post_id", "due_at", "target", name="uq_delivery_post_id_due_at_target"
        ),
    )
    op.create_index("ix_delivery_state_not_before", "delivery", ["state", "not_before"])
