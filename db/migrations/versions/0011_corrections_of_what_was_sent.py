"""Corrections of what was sent: edits in the ledger, staff's inline cards, who was told."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

UTC_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("revision", sa.Column("corrects", sa.Integer))
    op.create_index("ix_revision_corrects", "revision", ["corrects"])
    op.add_column("delivery", sa.Column("original", sa.BigInteger))
    replaced = sa.Column("replaced", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("delivery", replaced)
    op.create_table(
        "inline_card",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("inline_id", sa.String(64), nullable=False),
        sa.Column("record_id", sa.String(40), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_inline_card"),
        sa.UniqueConstraint("inline_id", name="uq_inline_card_inline_id"),
    )
    op.create_index("ix_inline_card_record_id_language", "inline_card", ["record_id", "language"])
    op.create_index("ix_inline_card_person", "inline_card", ["person"])
    op.create_table(
        "correction_notice",
        sa.Column("record_id", sa.String(40), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("told", sa.Boolean, nullable=False),
        sa.Column("until", UTC_TIME, nullable=False),
        sa.PrimaryKeyConstraint("record_id", "fingerprint", name="pk_correction_notice"),
    )
