"""Holds that stop every queue, the request to lift one, and posts let through one."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "hold",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("person", sa.String(64)),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("lifted_at", UTC),
        sa.PrimaryKeyConstraint("number", name="pk_hold"),
    )
    op.create_index("ix_hold_lifted_at", "hold", ["lifted_at"])
    op.create_table(
        "hold_release",
        sa.Column("hold", sa.Integer, nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("queue", sa.String(64), nullable=False),
        sa.Column("shown_to", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("hold", name="pk_hold_release"),
    )
    op.create_table(
        "hold_exemption",
        sa.Column("post_id", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("hold", sa.Integer, nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("post_id", name="pk_hold_exemption"),
    )
