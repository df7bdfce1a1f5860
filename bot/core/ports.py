"""What the core needs from outside, as protocols. A fake and a real one pass the same tests."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.core.changes import News, Proposal, Written
from bot.core.fingerprints import Fingerprint
from bot.core.people import PersonId
from bot.core.posts import Delivery, DeliveryState, Draft, Post, PostState
from bot.core.records import Language
from bot.core.replies import Reply
from bot.core.reports import Outcome, Report
from bot.core.subscriptions import Subscription, Topic


class Posts(Protocol):
    """Posts by number. Every change of state is compare-and-set: it says whether it took place."""

    def add(self, draft: Draft, now: datetime) -> Post:
        """Put it in review. The same `origin` again returns the post it made the first time."""

    def get(self, post_id: int) -> Post | None: ...

    def listed(self, states: Collection[PostState], limit: int) -> list[Post]:
        """Latest first."""

    def approve(self, post_id: int, by: PersonId, fingerprint: str, now: datetime) -> bool:
        """From review to scheduled, if it is still what `fingerprint` stands for and another's.

        Its targets get their rows, due at its time or `now`.
        """

    def move(self, post_id: int, before: PostState, after: PostState, reason: str = "") -> bool: ...

    def cancel(self, post_id: int, reason: str) -> bool:
        """Cancel it and every delivery that has not begun; False where all is over."""

    def using(self, records: Collection[str]) -> list[Post]:
        """Posts made from these records that are to go out or went out, latest first."""

    def stale(self, due_before: datetime) -> list[Post]:
        """Posts in review whose time was before that."""

    def over(self) -> list[Post]:
        """Scheduled posts of which no delivery is open any more."""

    def public_between(self, since: datetime, until: datetime) -> Post | None:
        """The latest post that is sent and went to a public channel, due from `since` on and
        before `until`."""


class Deliveries(Protocol):
    """One row a target. Only the owner of a lease may change a leased row."""

    def of(self, post_id: int) -> list[Delivery]: ...

    def counts(self, post_id: int) -> dict[DeliveryState, int]: ...

    def next_due(self) -> datetime | None:
        """When the earliest pending row is due."""

    def lease(self, owner: str, now: datetime, until: datetime, limit: int) -> list[Delivery]:
        """Take up to `limit` due rows, oldest first, passing over any taken elsewhere meanwhile."""

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
