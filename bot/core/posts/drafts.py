"""What somebody wants to be sent: where, when, and made from what."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Annotated, Literal

from pydantic import Field

from bot.core.records import Language
from bot.core.records.base import Id, Line, Model
from bot.core.records.campaigns import PostType as CampaignPostType
from bot.core.replies import Block
from bot.core.schedule import (
    BAND,
    AroundDay,
    Calendar,
    IfMissed,
    Occurrence,
    Once,
    Repeating,
    Schedule,
    occurrences,
)

GRACE = timedelta(minutes=30)
"""How late a post may still go out unless it says otherwise. Later it is skipped, and reported."""

PATIENCE = timedelta(days=30)
"""From the first time of a post that repeats, while it waits for its approval."""

NOW = "now"
"""The key of the one occurrence of a post that goes out as soon as it is approved."""

_DELICATE: frozenset["PostType"] = frozenset({"testimony", "memorial"})

PostType = Literal[CampaignPostType, "correction"]
PostButton = Literal["sources", "more", "quiz", "share", "help", "wrong"]


class Drawn(Model):
    """A picture of a record, drawn anew when it is sent.

    `fingerprint` is that of the drawing which was approved: if the record has changed since, the
    picture would be another one, and the post stays where it is.
    """

    kind: Literal["card", "tolls"]
    record_id: Id
    fingerprint: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Uploaded(Model):
    """A picture that somebody gave to the platform, by its id there.

    `alt` says what it shows, to those who do not see it; empty until somebody has described it.
    """

    kind: Literal["uploaded"] = "uploaded"
    file_id: Annotated[str, Field(min_length=1, max_length=200)]
    alt: str = ""


Picture = Annotated[Drawn | Uploaded, Field(discriminator="kind")]


class Corrects(Model):
    """What a correction puts right: the messages of `post`, or staff's inline cards alone.

    `type` is that of the post, `what` says what was wrong, `day` when it was said, in the zone of
    the settings.
    """

    post: int | None = None
    type: PostType = "fact"
    day: date
    what: Annotated[str, Field(min_length=1)]


class Draft(Model):
    """All that an approval binds to. Without a schedule it goes out as soon as it is approved.

    `made_from` says as of when `record_id` was when the text was taken from it. `variant_of` is the
    post that this one tells in another language, `based_on_revision` the revision of it. `run` is
    the started campaign that it belongs to.
    """

    blocks: tuple[Block, ...]
    targets: tuple[str, ...]
    schedule: Schedule | None = None
    type: PostType = "fact"
    language: Language = "en"
    picture: Picture | None = None
    buttons: tuple[PostButton, ...] = ()
    previews: bool = False
    if_missed: IfMissed = IfMissed.SEND
    grace_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = int(GRACE.total_seconds()) // 60
    record_id: Id | None = None
    made_from: Line | None = None
    campaign: Id | None = None
    seq: Annotated[int, Field(ge=1)] | None = None
    run: int | None = None
    variant_of: int | None = None
    based_on_revision: int | None = None
    scripture: bool = False
    rapid: bool = False
    corrects: Corrects | None = None

    @property
    def fingerprint(self) -> str:
        """The hash that an approval binds to: any change is another version.

        What is as it is by default stays out, so that a later kind of field voids no approval.
        """
        exact = self.model_dump_json(exclude_defaults=True)
        when = self.schedule.model_dump_json() if self.schedule else ""
        return hashlib.sha256(f"{exact}\n{when}".encode()).hexdigest()

    @property
    def grace(self) -> timedelta:
        return timedelta(minutes=self.grace_minutes)

    @property
    def is_begun(self) -> bool:
        """Whether it says or shows anything yet."""
        return bool(self.blocks or self.picture)

    @property
    def reviewers(self) -> int:
        """How many people have to approve it."""
        types = {self.type, self.corrects.type if self.corrects else self.type}
        return 2 if types & _DELICATE or self.scripture or self.rapid else 1

    @property
    def due_at(self) -> datetime | None:
        """Its moment, where it has a single one that is known already."""
        return self.schedule.at if isinstance(self.schedule, Once) else None

    @property
    def keeps_to(self) -> str | None:
        """The id of the calendar day that it goes out on, or so many days from."""
        schedule = self.schedule
        rule = schedule.rule if isinstance(schedule, Repeating) else None
        return rule.day if isinstance(rule, AroundDay) else None

    def missed_until(self, now: datetime) -> datetime:
        """What fell due then or before is too late at `now`."""
        return now - self.grace - timedelta.resolution

    def coming(self, calendar: Calendar, after: datetime) -> Iterator[Occurrence]:
        """Its occurrences later than `after`; none for one that goes out when it is approved."""
        if self.schedule is not None:
            yield from occurrences(self.schedule, calendar, after)

    def waits_until(self, calendar: Calendar, now: datetime) -> datetime | None:
        """Until when it may wait for its approval; without end where it has no time.

        One that repeats may miss its first times, but not all of those within `PATIENCE`.
        """
        after = self.missed_until(now)
        first = next(self.coming(calendar, after), None)
        if self.schedule is None or first is None:
            return None
        *_, last = occurrences(self.schedule, calendar, after, first.at + PATIENCE)
        return last.at + self.grace + (timedelta() if last.confirmed else BAND)

    def next_times(self, calendar: Calendar, after: datetime, count: int) -> list[datetime]:
        return [each.at for each in islice(self.coming(calendar, after), count)]
