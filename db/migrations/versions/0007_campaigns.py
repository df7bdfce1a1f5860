"""Campaigns that were started, and the posts of each."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

UTC_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "campaign_run",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("campaign", sa.String(40), nullable=False),
        sa.Column("started_by", sa.String(64), nullable=False),
        sa.Column("started_at", UTC_TIME, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("day", sa.Date),
        sa.Column("languages", sa.JSON, nullable=False),
        sa.Column("targets", sa.JSON, nullable=False),
        sa.Column("written_at", UTC_TIME),
        sa.Column("paused_at", UTC_TIME),
        sa.Column("cancelled_at", UTC_TIME),
        sa.Column("report", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_campaign_run"),
    )
    unwritten = sa.text("written_at IS NULL AND cancelled_at IS NULL")
    op.create_index(
        "uq_campaign_run_unwritten",
        "campaign_run",
        ["campaign", "started_by"],
        unique=True,
        sqlite_where=unwritten,
        postgresql_where=unwritten,
    )
    op.add_column("revision", sa.Column("run", sa.Integer))
    op.create_index("ix_revision_run", "revision", ["run"])
