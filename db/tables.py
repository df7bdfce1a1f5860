"""The tables. Times are aware UTC; states are stored as their words. No behaviour."""

from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import JSON, BigInteger, Index, Integer, MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.core.posts import Delivery, DeliveryState, Draft, Post, PostState
from bot.core.records import Language
from bot.core.replies import Block
from bot.core.reports import Outcome, Report
from bot.core.subscriptions import Subscription

BLOCKS = TypeAdapter(tuple[Block, ...])
LANGUAGE: TypeAdapter[Language] = TypeAdapter(Language)
BigId: Any = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up INTEGER keys alone

metadata: MetaData = SQLModel.metadata
metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class PostRow(SQLModel, table=True):
    __tablename__ = "post"
    __table_args__ = (Index(None, "state", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    author: str = Field(max_length=64)
    blocks: list[Any] = Field(sa_type=JSON)
    targets: list[str] = Field(sa_type=JSON)
    due_at: datetime | None = None
    record_id: str | None = Field(default=None, max_length=40)
    origin: str | None = Field(default=None, max_length=100, unique=True)
    state: str = Field(max_length=16)
    created_at: datetime
    approved: str | None = Field(default=None, max_length=64)
    approver: str | None = Field(default=None, max_length=64)
    reason: str = Field(default="", sa_type=Text)

    def to_core(self) -> Post:
        assert self.id is not None  # noqa: S101  # it was read or flushed
        draft = Draft(
            author=self.author,
            blocks=BLOCKS.validate_python(self.blocks),
            targets=tuple(self.targets),
            due_at=self.due_at,
            record_id=self.record_id,
            origin=self.origin,
        )
        state = PostState(self.state)
        return Post(
            self.id, draft, state, self.created_at, self.approved, self.approver, self.reason
        )


class DeliveryRow(SQLModel, table=True):
    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("post_id", "due_at", "target"),
        Index(None, "state", "not_before"),
    )

    id: int | None = Field(
        default=None,
        primary_key=True,
        sa_type=BigId,
    )
    post_id: int = Field(foreign_key="post.id")
    target: str = Field(max_length=64)
    due_at: datetime
    not_before: datetime
    state: str = Field(max_length=16)
    lease_owner: str | None = Field(default=None, max_length=64)
    lease_until: datetime | None = None
    attempts: int = 0
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    reason: str = Field(default="", sa_type=Text)

    def to_core(self) -> Delivery:
        assert self.id is not None  # noqa: S101  # it was read or flushed
        return Delivery(
            self.id,
            self.post_id,
            self.target,
            DeliveryState(self.state),
            self.due_at,
            self.message_id,
            self.reason,
        )


class LanguageRow(SQLModel, table=True):
    __tablename__ = "language_choice"

    fingerprint: str = Field(max_length=32, primary_key=True)
    language: str = Field(max_length=8)


class SilentGroupRow(SQLModel, table=True):
    __tablename__ = "silent_group"

    chat: str = Field(max_length=64, primary_key=True)


class SubscriberRow(SQLModel, table=True):
    """`topics` are words with a space before and after each, so that one can be looked for."""

    __tablename__ = "subscriber"

    person: str = Field(max_length=64, primary_key=True)
    topics: str = Field(sa_type=Text)
    language: str = Field(max_length=8)
    since: date

    def to_core(self) -> Subscription:
        language = LANGUAGE.validate_python(self.language)
        return Subscription(self.person, tuple(self.topics.split()), language, self.since)


class ReportRow(SQLModel, table=True):
    __tablename__ = "report"
    __table_args__ = (Index(None, "outcome", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str | None = Field(default=None, max_length=64, unique=True)
    text: str = Field(sa_type=Text)
    record_id: str | None = Field(default=None, max_length=40)
    day: date
    contact: str | None = Field(default=None, max_length=64)
    language: str | None = Field(default=None, max_length=8)
    outcome: str | None = Field(default=None, max_length=16)

    def to_core(self) -> Report:
        assert self.id is not None  # noqa: S101  # it was read or flushed
        return Report(
            self.id,
            self.text,
            self.record_id,
            self.day,
            self.contact,
            LANGUAGE.validate_python(self.language) if self.language else None,
            Outcome(self.outcome) if self.outcome else None,
        )


class UploadRow(SQLModel, table=True):
    __tablename__ = "upload"
    __table_args__ = (Index(None, "at"),)

    fingerprint: str = Field(max_length=64, primary_key=True)
    file_id: str = Field(sa_type=Text)
    at: datetime
