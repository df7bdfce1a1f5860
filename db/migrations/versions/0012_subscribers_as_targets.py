"""Subscribers as targets: rows that stand for readers, rows of readers, versions of a post."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    kind = sa.Column("kind", sa.String(16), nullable=False, server_default="chat")
    op.add_column("delivery", kind)
    op.add_column("delivery", sa.Column("spread_to", sa.String(64)))
    op.add_column("delivery", sa.Column("forget_at", sa.DateTime(timezone=True)))
    for column, on in (
        ("forget_at", "forget_at"),
        ("target", "forget_at"),
        ("spread_to", "spread_to"),
    ):
        there = sa.text(f"{on} IS NOT NULL")
        name = f"ix_delivery_{column}"
        op.create_index(name, "delivery", [column], sqlite_where=there, postgresql_where=there)
    op.add_column("revision", sa.Column("variant_of", sa.Integer))
    _note_versions()
    op.create_index("ix_revision_variant_of", "revision", ["variant_of"])


def _note_versions() -> None:
    connection = op.get_bind()
    table = sa.Table("revision", sa.MetaData(), autoload_with=connection)
    for row in connection.execute(sa.select(table)).mappings().all():
        first = json.loads(row["draft"]).get("variant_of")
        if first is not None:
            this = (table.c.post_id == row["post_id"]) & (table.c.number == row["number"])
            connection.execute(sa.update(table).where(this).values(variant_of=first))
