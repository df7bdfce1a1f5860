"""What readers leave with us: languages, subscriptions, reports; silent groups; known pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "language_choice",
        sa.Column("fingerprint", sa.String(32), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_language_choice"),
    )
    op.create_table(
        "silent_group",
        sa.Column("chat", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("chat", name="pk_silent_group"),
    )
    op.create_table(
        "subscriber",
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("topics", sa.Text, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_subscriber"),
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("token_hash", sa.String(64)),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("record_id", sa.String(40)),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("contact", sa.String(64)),
        sa.Column("language", sa.String(8)),
        sa.Column("outcome", sa.String(16)),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("token_hash", name="uq_report_token_hash"),
    )
    op.create_index("ix_report_outcome_id", "report", ["outcome", "id"])
    op.create_table(
        "upload",
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("file_id", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name="pk_upload"),
    )
    op.create_index("ix_upload_at", "upload", ["at"])
