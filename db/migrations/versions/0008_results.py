"""Counts of taps and reactions, figures typed by hand, and when each delivery began."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

UTC = sa.DateTime(timezone=True)


def upgrade() -> None:
    with op.batch_alter_table("delivery") as delivery:
        delivery.add_column(sa.Column("begun_at", UTC))
    op.create_table(
        "tap",
        sa.Column("campaign", sa.String(20), nullable=False),
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("button", sa.String(16), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("campaign", "seq", "button", "day", name="pk_tap"),
    )
    op.create_table(
        "reactions",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("message_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name="pk_reactions"),
    )
    op.create_table(
        "typed_views",
        sa.Column("post_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("views", sa.BigInteger, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("post_id", name="pk_typed_views"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_typed_views_post_id_post"),
    )
