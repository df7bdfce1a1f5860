"""Posts as a head over revisions with their approvals; deliveries by occurrence."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op
from pydantic import TypeAdapter

from bot.core.posts import Draft
from bot.core.replies import Block
from bot.core.schedule import Once

revision = "0006"
down_revision = "0005"

UTC_TIME = sa.DateTime(timezone=True)
BLOCKS = TypeAdapter(tuple[Block, ...])
BEFORE = ("blocks", "targets", "due_at", "record_id", "approved", "approver")


def upgrade() -> None:
    op.create_table(
        "revision",
        sa.Column("post_id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("writer", sa.String(64), nullable=False),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.Column("draft", sa.Text, nullable=False),
        sa.Column("record_id", sa.String(40)),
        sa.Column("campaign", sa.String(40)),
        sa.PrimaryKeyConstraint("post_id", "number", name="pk_revision"),
        sa.ForeignKeyConstraint(["post_id"], ["post.id"], name="fk_revision_post_id_post"),
    )
    op.create_index("ix_revision_record_id", "revision", ["record_id"])
    op.create_index("ix_revision_campaign", "revision", ["campaign"])
    op.create_table(
        "approval",
        sa.Column("post_id", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("reviewer", sa.String(64), nullable=False),
        sa.Column("at", UTC_TIME, nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("post_id", "revision", "reviewer", name="pk_approval"),
        sa.ForeignKeyConstraint(
            ["post_id", "revision"],
            ["revision.post_id", "revision.number"],
            name="fk_approval_post_id_revision_revision",
        ),
    )
    op.add_column("post", sa.Column("revision", sa.Integer, nullable=False, server_default="1"))
    op.add_column("post", sa.Column("planned_until", UTC_TIME))
    op.add_column("post", sa.Column("look_at", UTC_TIME))
    key, number = sa.String(64), sa.Integer
    op.add_column("delivery", sa.Column("occurrence", key, nullable=False, server_default=""))
    op.add_column("delivery", sa.Column("revision", number, nullable=False, server_default="1"))
    op.add_column("delivery", sa.Column("again_at", UTC_TIME))
    untold = sa.Column("untold", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("delivery", untold)
    _carry_posts_over()
    for name in BEFORE:
        op.drop_column("post", name)
    op.create_index("ix_post_state_look_at", "post", ["state", "look_at"])
    _know_deliveries_by_occurrence()


def _carry_posts_over() -> None:
    """Each post becomes its first revision; what was approved stays so, and what is planned."""
    connection, tables = op.get_bind(), sa.MetaData()
    posts, revisions, approvals, deliveries = (
        sa.Table(name, tables, autoload_with=connection)
        for name in ("post", "revision", "approval", "delivery")
    )
    for row in connection.execute(sa.select(posts)).mappings().all():
        draft, at = _draft(row), _aware(row["created_at"])
        first = {"post_id": row["id"], "at": at}
        written = {"number": 1, "writer": row["author"], "draft": draft.model_dump_json()}
        searched = {"record_id": row["record_id"]}
        connection.execute(sa.insert(revisions).values(**first, **written, **searched))
        if row["approved"]:
            by = {"revision": 1, "reviewer": row["approver"], "fingerprint": draft.fingerprint}
            connection.execute(sa.insert(approvals).values(**first, **by))
        this = sa.update(posts).where(posts.c.id == row["id"])
        connection.execute(this.values(look_at=_look_at(row["state"], draft, at)))
        rows = sa.update(deliveries).where(deliveries.c.post_id == row["id"])
        connection.execute(rows.values(occurrence=_occurrence(draft)))


def _draft(row: Any) -> Draft:
    """The zone that a time was written in is not known any more: UTC tells the same moment."""
    due_at = row["due_at"]
    return Draft(
        blocks=BLOCKS.validate_python(row["blocks"]),
        targets=tuple(row["targets"]),
        schedule=Once(at=_aware(due_at), zone=ZoneInfo("UTC")) if due_at else None,
        record_id=row["record_id"],
    )


def _look_at(state: str, draft: Draft, created_at: datetime) -> datetime | None:
    if state == "scheduled":
        return draft.due_at or created_at
    return draft.due_at + draft.grace if state == "review" and draft.due_at else None


def _occurrence(draft: Draft) -> str:
    return f"{draft.due_at:%Y-%m-%d %H:%M}" if draft.due_at else "now"


def _aware(moment: datetime) -> datetime:
    """SQLite gives times back without their zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _know_deliveries_by_occurrence() -> None:
    with op.batch_alter_table("delivery") as table:
        table.drop_constraint("uq_delivery_post_id_due_at_target", type_="unique")
        table.create_unique_constraint(
            "uq_delivery_post_id_occurrence_target", ["post_id", "occurrence", "target"]
        )
    op.create_index("ix_delivery_post_id_state", "delivery", ["post_id", "state"])
    untold = sa.text("untold")
    op.create_index(
        "ix_delivery_post_id_untold",
        "delivery",
        ["post_id"],
        sqlite_where=untold,
        postgresql_where=untold,
    )
