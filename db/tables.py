"""The tables. Times are aware UTC; states are stored as their words. No behaviour."""

from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Text,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from bot.core.audit import Entry, Head
from bot.core.channels import Channel, ForumTopic, Kind, Look, Reach, Right, Use
from bot.core.holds import Held, Release
from bot.core.posts import Approval, Delivery, DeliveryKind, DeliveryState, Draft, Revision
from bot.core.records import Language
from bot.core.reports import Outcome, Report
from bot.core.runs import Run
from bot.core.subscriptions import Subscription
from bot.core.taps import Typed

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


def _where(condition: str) -> dict[str, Any]:
    """Arguments of an index of those rows alone."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class PostRow(SQLModel, table=True):
    """`planned_until` is how far deliveries are planned, empty where nothing is left to plan;
    `look_at` is when the clock has to plan more of it, close it, or drop it from review."""

    __tablename__ = "post"
    __table_args__ = (Index(None, "state", "id"), Index(None, "state", "look_at"))

    id: int | None = Field(default=None, primary_key=True)
    author: str = Field(max_length=64)
    origin: str | None = Field(default=None, max_length=100, unique=True)
    state: str = Field(max_length=16)
    created_at: datetime
    reason: str = Field(default="", sa_type=Text)
    revision: int = 1
    planned_until: datetime | None = None
    look_at: datetime | None = None


class RevisionRow(SQLModel, table=True):
    """Never changed. `draft` is the whole of it as JSON; the columns after it are for searching."""

    __tablename__ = "revision"
    __table_args__ = (
        Index(None, "record_id"),
        Index(None, "campaign"),
        Index(None, "run"),
        Index(None, "corrects"),
        Index(None, "variant_of"),
    )

    post_id: int = Field(primary_key=True, foreign_key="post.id")
    number: int = Field(primary_key=True)
    writer: str = Field(max_length=64)
    at: datetime
    draft: str = Field(sa_type=Text)
    record_id: str | None = Field(default=None, max_length=40)
    campaign: str | None = Field(default=None, max_length=40)
    run: int | None = None
    corrects: int | None = None
    variant_of: int | None = None

    def to_core(self) -> Revision:
        return Revision(self.number, self.writer, self.at, Draft.model_validate_json(self.draft))


class ApprovalRow(SQLModel, table=True):
    __tablename__ = "approval"
    __table_args__ = (
        ForeignKeyConstraint(["post_id", "revision"], ["revision.post_id", "revision.number"]),
    )

    post_id: int = Field(primary_key=True)
    revision: int = Field(primary_key=True)
    reviewer: str = Field(max_length=64, primary_key=True)
    at: datetime
    fingerprint: str = Field(max_length=64)

    def to_core(self) -> Approval:
        return Approval(self.reviewer, self.at, self.fingerprint)


UNTOLD = "untold"
"""To be written like this in a query as well, so that the database sees that the index fits."""


class DeliveryRow(SQLModel, table=True):
    """`untold` marks a problem that nobody has been told of yet; `begun_at` is when its latest try
    began. A row with an `original` edits that message, and is tried again by itself until it is
    marked as `replaced`. At `forget_at` a reader is taken out of the row, and is out of it already
    where there is none."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("post_id", "occurrence", "target"),
        Index(None, "state", "not_before"),
        Index(None, "post_id", "state"),
        Index(None, "due_at"),
        Index(None, "target", "due_at"),
        Index("ix_delivery_post_id_untold", "post_id", **_where(UNTOLD)),
        Index("ix_delivery_forget_at", "forget_at", **_where("forget_at IS NOT NULL")),
        Index("ix_delivery_target", "target", **_where("forget_at IS NOT NULL")),
        Index("ix_delivery_spread_to", "spread_to", **_where("spread_to IS NOT NULL")),
    )

    id: int | None = Field(
        default=None,
        primary_key=True,
        sa_type=BigId,
    )
    post_id: int = Field(foreign_key="post.id")
    occurrence: str = Field(max_length=64)
    target: str = Field(max_length=64)
    revision: int
    due_at: datetime
    not_before: datetime
    state: str = Field(max_length=16)
    lease_owner: str | None = Field(default=None, max_length=64)
    lease_until: datetime | None = None
    attempts: int = 0
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    reason: str = Field(default="", sa_type=Text)
    again_at: datetime | None = None
    untold: bool = False
    begun_at: datetime | None = None
    original: int | None = Field(default=None, sa_type=BigInteger)
    replaced: bool = False
    kind: str = Field(default=DeliveryKind.CHAT, max_length=16)
    spread_to: str | None = Field(default=None, max_length=64)
    forget_at: datetime | None = None

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
            self.occurrence,
            self.revision,
            self.again_at,
            self.original,
            self.replaced,
            DeliveryKind(self.kind),
            self.spread_to or "",
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


class RoleRow(SQLModel, table=True):
    __tablename__ = "role"

    person: str = Field(max_length=64, primary_key=True)
    role: str = Field(max_length=16)
    granted_by: str = Field(max_length=64)
    at: datetime


class AuditRow(SQLModel, table=True):
    """`details` is text and no JSON column: what was hashed has to come back letter by letter."""

    __tablename__ = "audit"
    __table_args__ = (Index(None, "about", "number"),)

    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    person: str | None = Field(default=None, max_length=64)
    what: str = Field(max_length=64)
    about: str = Field(max_length=128)
    details: str = Field(sa_type=Text)
    before: str = Field(max_length=64)
    hash: str = Field(max_length=64)

    def to_core(self) -> Entry:
        return Entry(
            self.number,
            self.at,
            self.person,
            self.what,
            self.about,
            self.details,
            self.before,
            self.hash,
        )


class AuditHeadRow(SQLModel, table=True):
    """One row."""

    __tablename__ = "audit_head"

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    number: int
    hash: str = Field(max_length=64)

    def to_core(self) -> Head:
        return Head(self.number, self.hash)


class HoldRow(SQLModel, table=True):
    __tablename__ = "hold"
    __table_args__ = (Index(None, "lifted_at"),)

    number: int | None = Field(default=None, primary_key=True)
    person: str | None = Field(default=None, max_length=64)
    reason: str = Field(sa_type=Text)
    at: datetime
    lifted_at: datetime | None = None

    def to_core(self) -> Held:
        assert self.number is not None  # noqa: S101  # it was read or flushed
        return Held(self.number, self.person, self.reason, self.at)


class HoldReleaseRow(SQLModel, table=True):
    __tablename__ = "hold_release"

    hold: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    person: str = Field(max_length=64)
    queue: str = Field(max_length=64)
    shown_to: list[str] = Field(sa_type=JSON)

    def to_core(self) -> Release:
        return Release(self.hold, self.person, self.queue, tuple(self.shown_to))


class HoldExemptionRow(SQLModel, table=True):
    __tablename__ = "hold_exemption"

    post_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    revision: int
    hold: int
    person: str = Field(max_length=64)


class ChannelRow(SQLModel, table=True):
    __tablename__ = "channel"

    chat_id: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    username: str | None = Field(default=None, max_length=32)
    title: str = Field(sa_type=Text)
    kind: str = Field(max_length=16)
    rights: list[str] = Field(sa_type=JSON)
    state: str = Field(max_length=16)
    checked_at: datetime
    use: str = Field(max_length=16)
    enabled_by: str | None = Field(default=None, max_length=64)
    enabled_at: datetime | None = None

    def to_core(self) -> Channel:
        rights = frozenset(map(Right, self.rights))
        present = self.state != Reach.GONE
        look = Look(self.chat_id, self.title, Kind(self.kind), self.username, present, rights)
        return Channel(look, self.checked_at, Use(self.use), self.enabled_by, self.enabled_at)


class ForumTopicRow(SQLModel, table=True):
    __tablename__ = "forum_topic"

    chat_id: int = Field(
        primary_key=True,
        foreign_key="channel.chat_id",
        ondelete="CASCADE",
        sa_type=BigInteger,
        sa_column_kwargs={"autoincrement": False},
    )
    thread_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str = Field(sa_type=Text)

    def to_core(self) -> ForumTopic:
        return ForumTopic(self.chat_id, self.thread_id, self.name)


class FeedRow(SQLModel, table=True):
    __tablename__ = "feed"

    person: str = Field(max_length=64, primary_key=True)
    hash: str = Field(max_length=64, unique=True)
    made_at: datetime


class TapRow(SQLModel, table=True):
    """How often one button of one post was pressed on one day."""

    __tablename__ = "tap"

    campaign: str = Field(max_length=20, primary_key=True)
    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    button: str = Field(max_length=16, primary_key=True)
    day: date = Field(primary_key=True)
    count: int


class ReactionsRow(SQLModel, table=True):
    """How many reactions a message of a channel had at a moment."""

    __tablename__ = "reactions"

    chat_id: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    message_id: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    total: int
    at: datetime


class TypedViewsRow(SQLModel, table=True):
    """A figure of the app that somebody typed."""

    __tablename__ = "typed_views"

    post_id: int = Field(
        primary_key=True, foreign_key="post.id", sa_column_kwargs={"autoincrement": False}
    )
    views: int = Field(sa_type=BigInteger)
    at: datetime

    def to_core(self) -> Typed:
        return Typed(self.views, self.at)


UNWRITTEN = "written_at IS NULL AND cancelled_at IS NULL"


class RunRow(SQLModel, table=True):
    """A started campaign. Of one campaign a person has but one that is not written yet."""

    __tablename__ = "campaign_run"
    __table_args__ = (
        Index(
            "uq_campaign_run_unwritten",
            "campaign",
            "started_by",
            unique=True,
            **_where(UNWRITTEN),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign: str = Field(max_length=40)
    started_by: str = Field(max_length=64)
    started_at: datetime
    revision: int = 1
    day: date | None = None
    languages: list[str] = Field(sa_type=JSON)
    targets: list[str] = Field(sa_type=JSON)
    written_at: datetime | None = None
    paused_at: datetime | None = None
    cancelled_at: datetime | None = None
    report: str = Field(default="", sa_type=Text)

    def to_core(self) -> Run:
        assert self.id is not None  # noqa: S101  # it was read or flushed
        return Run(
            self.id,
            self.campaign,
            self.started_by,
            self.started_at,
            self.revision,
            self.day,
            tuple(LANGUAGE.validate_python(each) for each in self.languages),
            tuple(self.targets),
            self.written_at,
            self.paused_at,
            self.cancelled_at,
            self.report,
        )


class InlineCardRow(SQLModel, table=True):
    """Inline cards that staff sent; nobody else's are kept."""

    __tablename__ = "inline_card"
    __table_args__ = (Index(None, "record_id", "language"), Index(None, "person"))

    id: int | None = Field(default=None, primary_key=True)
    inline_id: str = Field(max_length=64, unique=True)
    record_id: str = Field(max_length=40)
    language: str = Field(max_length=8)
    person: str = Field(max_length=64)
    day: date


class CorrectionNoticeRow(SQLModel, table=True):
    """An entry of a record's corrections of which the moderators were told, or are being told by a
    process until then."""

    __tablename__ = "correction_notice"

    record_id: str = Field(max_length=40, primary_key=True)
    fingerprint: str = Field(max_length=64, primary_key=True)
    told: bool = False
    until: datetime


class ConfirmedDayRow(SQLModel, table=True):
    """A calendar day in one year of its own reckoning, on the date that an admin confirmed."""

    __tablename__ = "confirmed_day"

    day_id: str = Field(max_length=40, primary_key=True)
    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    kept_on: date
    confirmed_by: str = Field(max_length=64)
    at: datetime


class NoticeRow(SQLModel, table=True):
    """How far somebody was told of one thing: of what goes out next, of the last, of a day."""

    __tablename__ = "notice"

    person: str = Field(max_length=64, primary_key=True)
    what: str = Field(max_length=64, primary_key=True)
    until: datetime


class UnwantedNoticeRow(SQLModel, table=True):
    __tablename__ = "unwanted_notice"

    person: str = Field(max_length=64, primary_key=True)
