"""What the core needs from outside, as protocols. A fake and a real one pass the same tests."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.core.audit import Detail, Entry, Head
from bot.core.changes import News, Proposal, Written
from bot.core.channels import Address, Channel, ForumTopic, Look
from bot.core.fingerprints import Fingerprint
from bot.core.holds import Hold, Queued, Release
from bot.core.people import PersonId, Role
from bot.core.posts import Approval, Delivery, DeliveryState, Draft, Post, PostState, Tally
from bot.core.records import Language
from bot.core.replies import Reply
from bot.core.reports import Outcome, Report
from bot.core.subscriptions import Subscription, Topic


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

    def using(self, records: Collection[str]) -> list[Post]:
        """Posts made from these records that are to go out or went out, latest first."""

    def revise(self, post: Post, writer: PersonId, draft: Draft, now: datetime) -> None:
        """Make a new revision the current one."""

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

    def public_between(self, since: datetime, until: datetime) -> Post | None:
        """The latest post that is sent and went to a public channel, due from `since` on and
        before `until`."""


class Deliveries(Protocol):
    """One row for each target and occurrence. Only the owner of a lease may change a leased row."""

    def plan(self, post: Post, key: str, due_at: datetime) -> None:
        """A pending row for each target, unless it has one for the occurrence of that key.

        A row that was cancelled waits again; a pending one whose moment was moved moves.
        """

    def cancel(self, post_id: int, reason: str) -> None:
        """Cancel what has not begun."""

    def again(self, delivery_id: int, now: datetime) -> bool:
        """Let a row that ended in a problem wait again, from `now` on."""

    def of(self, post_id: int) -> list[Delivery]: ...

    def tally(self, post_id: int, problems: int = 20) -> Tally:
        """What became of a post so far, with the latest problems."""

    def troubled(self, limit: int) -> list[int]:
        """Posts with problems that nobody was told of, in occurrences of which no row is open.

        Not those that are about to be over: then all is told.
        """

    def untold(self, post_id: int, limit: int) -> list[Delivery]: ...

    def told(self, deliveries: Collection[Delivery]) -> None: ...

    def due_posts(self, now: datetime, limit: int) -> list[int]:
        """Posts with pending rows that are due."""

    def next_due(self, posts: Collection[int] | None = None) -> datetime | None:
        """When the earliest pending row is due, be it of any post or of one of these."""

    def lease(
        self,
        owner: str,
        now: datetime,
        until: datetime,
        limit: int,
        posts: Collection[int] | None = None,
    ) -> list[Delivery]:
        """Take up to `limit` due rows, oldest first, passing over any taken elsewhere meanwhile;
        rows of any post, or of these."""

    def begin(self, delivery_id: int, owner: str, now: datetime, until: datetime) -> bool:
        """From leased to sending, with the lease renewed; False where it is lost or ran out.

        To be committed just before the call: a row found in `sending` after a crash is one that
        may have been sent.
        """

    def record(
        self,
        delivery_id: int,
        owner: str,
        state: DeliveryState,
        *,
        message_id: int | None = None,
        reason: str = "",
        not_before: datetime | None = None,
    ) -> bool:
        """End the owner's row in `state`, or put it back as pending until `not_before`."""

    def expire(self, now: datetime) -> int:
        """End leases that ran out: leased rows wait again, sending ones become unknown."""

    def abandon(self) -> int:
        """The same for every lease there is: only for a process that knows it is alone."""


class Languages(Protocol):
    """Languages that people chose, by fingerprint: nobody's id is among them."""

    def all(self) -> dict[Fingerprint, Language]: ...

    def keep(self, fingerprint: Fingerprint, language: Language) -> None: ...

    def forget(self, fingerprint: Fingerprint) -> bool:
        """Whether there was one to forget."""


class SilentGroups(Protocol):
    """Chats of many people whose administrators switched the bot off."""

    def all(self) -> set[str]: ...

    def add(self, chat: str) -> None: ...

    def remove(self, chat: str) -> None: ...


class Subscribers(Protocol):
    """One subscription a person."""

    def of(self, person: PersonId) -> Subscription | None:
        """Theirs, which nobody else changes until this transaction ends."""

    def follow(self, wanted: Subscription) -> Subscription:
        """What they follow from now on: `wanted`, or what they had and `wanted.topics` also."""

    def change(self, subscription: Subscription) -> None:
        """Give theirs these topics and this language."""

    def remove(self, person: PersonId) -> bool:
        """Delete theirs at once, also for whoever blocked the bot; whether there was one."""

    def page(self, topics: Collection[Topic], after: PersonId, limit: int) -> list[Subscription]:
        """Those who follow one of `topics` (any, if none is named), in the order of their ids.

        What belongs to a campaign is for who follows its id or its kind: name both. `after` is the
        last person of the page before, or empty.
        """


class Reports(Protocol):
    """Errors that readers report; an open one has no outcome."""

    def add(self, text: str, record_id: str | None, day: date, token_hash: str) -> Report: ...

    def get(self, report_id: int) -> Report | None: ...

    def waiting(self, limit: int) -> list[Report]:
        """Open ones, earliest first."""

    def count_waiting(self) -> int: ...

    def attach(self, token_hash: str, person: PersonId, language: Language) -> Report | None:
        """Note whom to answer, and return the report as it was.

        None where no open report has that token, or somebody else waits for its answer.
        """

    def close(self, report_id: int, outcome: Outcome) -> Report | None:
        """Erase its text and contact, and return it as it was; None where it is not open."""

    def detach(self, person: PersonId) -> int:
        """Forget whom to answer on every report of that person; on how many there were."""


class Uploads(Protocol):
    """Pictures that the platform has already, by 64 digits that stand for what was drawn, how, and
    for which bot."""

    def file_id(self, fingerprint: str) -> str | None: ...

    def keep(self, fingerprint: str, file_id: str, now: datetime) -> None:
        """Remember it, and forget what is older than the newest five thousand."""


class Traces(StrEnum):
    """For how long what was deleted is still in the database's own files."""

    NONE = "none"
    FOR_MINUTES = "minutes"
    UNTIL_SERVER_CLEANS = "server"


class Roles(Protocol):
    """Roles that were granted in the chat; the owners of the settings are not among them."""

    def of(self, person: PersonId) -> Role:
        """Theirs as it is in this transaction: a reader's where none was granted."""

    def all(self) -> dict[PersonId, Role]: ...

    def lock(self) -> None:
        """Nobody else grants or revokes until this transaction ends."""

    def grant(self, person: PersonId, role: Role, by: PersonId, now: datetime) -> None: ...

    def revoke(self, person: PersonId) -> bool:
        """Whether there was one to revoke."""


class Audit(Protocol):
    """What the staff did; entries are only ever added."""

    def append(
        self, person: PersonId | None, what: str, about: str, now: datetime, **details: Detail
    ) -> Entry:
        """Note it in the transaction of what it records, as the last statement of it: it makes
        everyone else who appends wait for the end of the transaction.

        `what` is an event ("post.approved"), `about` what it befell ("post 12"). Never a reader's
        words.
        """

    def page(self, about: str, skip: int, limit: int) -> list[Entry]:
        """Latest first, all or those about one thing."""

    def count(self, about: str) -> int: ...

    def get(self, number: int) -> Entry | None: ...

    def knows(self, person: PersonId) -> bool:
        """Whether an entry is by them or about their role."""

    def all(self) -> Iterator[Entry]:
        """The whole chain from the first."""

    def head(self) -> Head:
        """The head as it is kept beside the chain."""


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


class Figures(Protocol):
    """Counts for whoever looks after the bot."""

    def posts(self) -> dict[PostState, int]: ...

    def database(self) -> str:
        """What kind it is: sqlite or postgresql."""


class UnitOfWork(Protocol):
    """One short transaction. Rolled back unless `commit()` ran."""

    @property
    def posts(self) -> Posts: ...

    @property
    def deliveries(self) -> Deliveries: ...

    @property
    def languages(self) -> Languages: ...

    @property
    def silent_groups(self) -> SilentGroups: ...

    @property
    def subscribers(self) -> Subscribers: ...

    @property
    def reports(self) -> Reports: ...

    @property
    def uploads(self) -> Uploads: ...

    @property
    def roles(self) -> Roles: ...

    @property
    def audit(self) -> Audit: ...

    @property
    def holds(self) -> Holds: ...

    @property
    def figures(self) -> Figures: ...

    @property
    def channels(self) -> Channels: ...

    def commit(self) -> None: ...

    def cleanse(self) -> Traces:
        """After a commit: rid the database's own files of what was deleted, as far as it goes now.

        The clock does it again and again. It may hold up who writes for half a second.
        """


class Keeper(Protocol):
    """Who keeps the content, from any thread; what it takes over is served at once."""

    def state(self) -> News:
        """The revision that is served, and the faults of what is on disk, if it has any."""

    def reload(self, *, confirmed: bool) -> News:
        """Look at the files now; `confirmed` lets many records vanish."""

    def propose(self, file_name: str, raw: bytes, hint: str) -> Proposal:
        """Check a file without writing it; `hint` may name its folder. Raises `EditRefused`."""

    def write(self, token: str) -> Written:
        """Write a proposal, keeping the version before it. Raises `EditRefused`, also where the
        file was changed since it was proposed."""

    def drop(self, token: str) -> None: ...

    def undo(self) -> Written:
        """Bring back what the latest write replaced. Raises `EditRefused`."""


class NewUow(Protocol):
    """A maker of units of work."""

    def __call__(self, *, reading: bool = False) -> AbstractContextManager[UnitOfWork]:
        """One that is only for `reading` waits for nobody who writes.

        It changes nothing, and raises `OutsideError` where the database does not answer at once.
        """


Clock = Callable[[], datetime]


class Messenger(Protocol):
    """A platform that messages can be sent to."""

    async def send(self, target: str, reply: Reply) -> int:
        """Send and return the id of the (first) message.

        Raises `TryLater`, `NotSent`, `Refused`, or plain `DeliveryError` where nobody can tell.
        """

    async def tell(self, person: PersonId, reply: Reply) -> bool:
        """Send to a person's private chat; False, and nothing raised, where it is worth another
        try. A person who cannot be written to counts as told."""


class Chats(Protocol):
    """A platform that can be asked about its chats."""

    async def look(self, address: Address) -> Look | None:
        """The chat and our place in it; None where there is no such chat, or none that we may see.

        Raises `DeliveryError` where the platform cannot be asked now.
        """
