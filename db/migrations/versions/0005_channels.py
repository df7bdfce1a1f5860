"""Channels and groups that posts can go to, and the topics of forums."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "channel",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("username", sa.String(32)),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("rights", sa.JSON, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("use", sa.String(16), nullable=False),
        sa.Column("enabled_by", sa.String(64)),
        sa.Column("enabled_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("chat_id", name="pk_channel"),
    )
    op.create_table(
        "forum_topic",
        sa.Column("chat_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("thread_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "thread_id", name="pk_forum_topic"),
        sa.ForeignKeyConstraint(
            ["chat_id"],
            ["channel.chat_id"],
            name="fk_forum_topic_chat_id_channel",
            ondelete="CASCADE",
        ),
    )
