"""Dates of calendar days that admins confirmed, and notices to moderators."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

UTC_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "confirmed_day",
        sa.Column("day_id", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("kept_on", sa.Date, nullable=False),
        sa.Column("confirmed_by", sa.String(64), nullable=False),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.PrimaryKeyConstraint("day_id", "year", name="pk_confirmed_day"),
    )
    op.create_table(
        "notice",
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("until", UTC_TIME, nullable=False),
        sa.PrimaryKeyConstraint("person", "what", name="pk_notice"),
    )
    op.create_table(
        "unwanted_notice",
        sa.Column("person", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_unwanted_notice"),
    )
    op.create_index("ix_delivery_due_at", "delivery", ["due_at"])
