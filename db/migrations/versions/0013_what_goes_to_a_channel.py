"""Deliveries are found by where they go and when, without looking through all others."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_index("ix_delivery_target_due_at", "delivery", ["target", "due_at"])
