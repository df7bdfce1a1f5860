"""Posts, the campaigns that they belong to, where they go, and what stops them."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.core.channels import Channel, ForumTopic
from bot.core.holds import Hold, Queued, Release
from bot.core.people import PersonId
from bot.core.posts import (
    Approval,
    Draft,
    Post,
    PostState,
    Revision,
)
from bot.core.runs import Run


class Posts(Protocol):
    """Posts by number. What may be done to them is for `bot.core.posting` to decide."""

    def add(self, author: PersonId, draft: Draft, now: datetime, origin: str | None = None) -> Post:
        """A new draft. The same `origin` again returns the post it made the first time."""

    def get(self, post_id: int) -> Post | None: ...

    def of_origin(self, origin: str) -> Post | None: ...

    def take(self, post_id: int) -> Post | None:
        """As it is now; nobody else changes it until this transaction ends."""

    def watch(self, post_id: int) -> Post | None:
        """The same, where others may be watching too."""

    def listed(self, states: Collection[PostState], limit: int) -> list[Post]:
        """Latest first."""

    def of_run(self, run: int) -> list[Post]:
        """All posts of a started campaign, in the order in which they were written."""

    def several(self, post_ids: Collection[int]) -> list[Post]:
        """In no order; numbers that no post has are passed over."""

    def written(self, revisions: Collection[tuple[int, int]]) -> dict[tuple[int, int], Draft]:
        """What these revisions say, each a post's number and its own."""

    def going_on(self) -> list[Post]:
        """Scheduled posts that have more times to come than are planned."""

    def told_in_campaign(self, campaign: str) -> set[tuple[int, int]]:
        """Of its posts that are in review, are to go out or went out, without corrections of them:
        number, current revision."""

    def using(self, records: Collection[str]) -> list[Post]:
        """Posts made from these records that are to go out or went out, latest first."""

    def versions(self, post: Post) -> list[Post]:
        """The same message in other languages, where somebody wants it sent or it was."""

    def revise(self, post: Post, writer: PersonId, draft: Draft, now: datetime) -> None:
        """Make a new revision the current one."""

    def revision(self, post_id: int, number: int) -> Revision | None:
        """One version of a post, the current or an earlier one."""

    def approve(self, post: Post, approval: Approval) -> None:
        """Note an approval of the current revision."""

    def unapprove(self, post: Post) -> None:
        """Void the approvals of the current revision."""

    def move(self, post: Post, state: PostState, reason: str, look_at: datetime | None) -> None:
        """Set its state. At `look_at` it is stale, or over; nothing of it is left to plan."""

    def planned(self, post_id: int, until: datetime | None, look_at: datetime | None) -> None:
        """Note how far it is planned (no time: to its end), and when to look at it next."""

    def planned_until(self, post_id: int) -> datetime | None: ...

    def to_plan(self, now: datetime, limit: int) -> list[int]:
        """Scheduled posts of which more is to be planned by now, those that wait longest first."""

    def stale(self, now: datetime, limit: int) -> list[Post]:
        """Posts in review whose time is over."""

    def over(self, now: datetime, limit: int) -> list[Post]:
        """Scheduled posts of which nothing is to come and no delivery is open any more."""

    def soonest(self, limit: int) -> list[Post]:
        """Scheduled posts, those first that the clock has to look at first."""

    def drafts(self, ids: Collection[int]) -> dict[int, Draft]:
        """What these posts say now."""

    def repeating(self, limit: int) -> list[tuple[int, Draft, datetime]]:
        """Scheduled posts of which more is to be planned, with how far they are planned."""

    def kept_to_days(self) -> dict[int, str]:
        """Scheduled posts that keep to a day of the calendar, and the id of that day."""

    def public_between(self, since: datetime, until: datetime) -> Post | None:
        """The latest post that is sent and went to a public channel, due from `since` on and
        before `until`."""


class Holds(Protocol):
    """The switch that stops every queue."""

    def lock(self) -> None:
        """Nobody else places or lifts one, and nothing begins to be sent, until this transaction
        ends. To be called before anything else here."""

    def active(self) -> Hold | None:
        """The hold in force. None stays true until this transaction ends: a hold that is placed
        meanwhile waits for it, so that what is begun in it was begun before the hold."""

    def allows(self, post_id: int) -> bool:
        """Whether a post may go out: there is no hold, or an admin let its current revision
        through, which is a rapid response."""

    def place(self, person: PersonId | None, reason: str, now: datetime) -> bool:
        """Stop everything at once; False where the same person said the same already."""

    def lift(self, hold: int, now: datetime) -> bool:
        """Lift it, if `hold` is the number of the one in force."""

    def ask(self, release: Release) -> None:
        """Keep this as the request to lift its hold, in place of any before it."""

    def asked(self, hold: int) -> Release | None: ...

    def waiting(self, until: datetime) -> list[Queued]:
        """What of scheduled posts is to be sent by then and has not begun, in its order."""

    def exempt(self, post: Post, hold: int, person: PersonId) -> None:
        """Let this revision of a post through this hold, and no later one that joins it."""


class Channels(Protocol):
    """Channels and groups that the bot was put into, by their numbers."""

    def all(self) -> list[Channel]:
        """By title."""

    def get(self, chat_id: int) -> Channel | None:
        """It, which nobody else changes until this transaction ends."""

    def put(self, channel: Channel) -> None: ...

    def remove(self, chat_id: int) -> None:
        """Forget it and its topics."""

    def topics(self) -> list[ForumTopic]:
        """Those of every forum, in the order in which each forum counts them."""

    def name_topic(self, topic: ForumTopic) -> None:
        """Remember it, or its new name; its forum has to be known."""


class Runs(Protocol):
    """Campaigns that were started."""

    def add(self, campaign: str, person: PersonId, now: datetime) -> Run:
        """A new one; the one that this person has begun of it and not written yet, if there is."""

    def get(self, run: int) -> Run | None: ...

    def take(self, run: int) -> Run | None:
        """As it is now; nobody else changes it until this transaction ends."""

    def listed(self, limit: int) -> list[Run]:
        """Latest first."""

    def put(self, run: Run) -> None:
        """Keep it as it is now."""
