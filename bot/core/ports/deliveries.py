"""What is sent where and when, and what becomes of it: the ledger of deliveries."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.core.people import PersonId
from bot.core.posts import (
    Delivery,
    DeliveryState,
    Message,
    Post,
    Tally,
)


class Deliveries(Protocol):
    """One row for each target and occurrence. Only the owner of a lease may change a leased row."""

    def plan(self, post: Post, key: str, due_at: datetime) -> None:
        """A pending row for each target, unless it has one for the occurrence of that key.

        A row that was cancelled waits again; a pending one whose moment was moved moves.
        """

    def plan_edits(self, post: Post, messages: Collection[Message], due_at: datetime) -> None:
        """A pending row for each message that a correction changes, unless it has one. One without
        a number is skipped at once, and told of as any problem."""

    def cancel(self, post_id: int, reason: str) -> None:
        """Cancel what has not begun."""

    def waiting(self, post_id: int) -> dict[str, datetime]:
        """The occurrences with pending rows, and when they are due; without those of readers, which
        were given at their time."""

    def withdraw(self, post_id: int, key: str, reason: str) -> None:
        """Cancel the pending rows of one occurrence."""

    def due_between(self, since: datetime, before: datetime, limit: int) -> list[Delivery]:
        """Rows in any state but cancelled, earliest first: up to `limit` that name a target, and
        one without a target for the readers of an occurrence, or the edits of a correction, that
        are in the same state, as of the earliest of them."""

    def last_sent(self) -> datetime | None:
        """When the latest row that went out was due."""

    def again(self, delivery_id: int, now: datetime) -> bool:
        """Let a row that ended in a problem wait again, from `now` on."""

    def skipped_with(self, post_id: int, delivery_id: int) -> list[Delivery]:
        """The skipped rows of that post whose occurrence is that of this row of it, save those
        that nobody knows the reader of any more."""

    def drop(self, deliveries: Collection[Delivery], reason: str) -> None:
        """Cancel those of them that were skipped, so that nobody sends them any more."""

    def of(self, post_id: int) -> list[Delivery]: ...

    def around(
        self,
        targets: Collection[str],
        first: datetime,
        last: datetime,
        posts: Collection[int] | None = None,
    ) -> list[Delivery]:
        """What went to these targets, or is planned to, and is due from `first` to `last`: of these
        `posts`, or of all. Edits of messages are left out."""

    def told_around(
        self, targets: Collection[str], first: datetime, last: datetime
    ) -> set[tuple[int, int]]:
        """Number and revision of every post that `around` has rows of."""

    def tally(self, post_id: int, problems: int = 20) -> Tally:
        """What became of a post so far, with the latest problems; those of readers by number."""

    def give(
        self, row: Delivery, chats: Collection[str], versions: Collection[int], now: datetime
    ) -> None:
        """Give readers of an audience, whose row this is, rows of their own, due `now`.

        Who has one for this occurrence, of this post or one of its `versions`, gets no other; what
        was cancelled waits again unless they unsubscribed.
        """

    def go_on(self, row: Delivery, owner: str, spread_to: PersonId, now: datetime) -> bool:
        """Let the owner's row of an audience wait for its next page, behind all that is due."""

    def given(self, row: Delivery, owner: str) -> bool:
        """Remove the owner's row of an audience: each of its readers has one."""

    def reaches_readers(self, row: Delivery) -> bool:
        """Whether any reader has a row for the post and occurrence of this one."""

    def forget(self, person: PersonId) -> int:
        """Take a reader out of every row at once; what was still to be sent to them is cancelled.
        In how many they were."""

    def forget_old(self, now: datetime, limit: int) -> int:
        """Take readers out of rows, at most `limit`, whose time for it has come; what is still to
        be sent is cancelled."""

    def untold_readers(self, post_id: int) -> dict[DeliveryState, int]:
        """Problems of readers that nobody was told of, by number."""

    def readers_told(self, post_id: int) -> None: ...

    def readers_again(self, post_id: int, now: datetime) -> int:
        """Let readers wait again who were skipped, or perhaps not reached; not who refused."""

    def counted(self, posts: Collection[int]) -> dict[DeliveryState, int]:
        """Rows of these posts together, by state."""

    def troubled(self, limit: int) -> list[int]:
        """Posts with problems that nobody was told of, in occurrences of which no row is open.

        Not those that are about to be over: then all is told.
        """

    def untold(self, post_id: int, limit: int) -> list[Delivery]:
        """Without those of readers."""

    def went_out(self, occurrences: Collection[tuple[int, str]]) -> dict[tuple[int, str], datetime]:
        """When those of these occurrences, by post and key, were due that reached any target."""

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

    def replace(
        self, delivery_id: int, owner: str, why: str, now: datetime, until: datetime
    ) -> bool:
        """Note, with the lease renewed, that a message is sent from now on in place of an edit.

        To be committed just before the call: an edit that a crash cut off is tried again by itself,
        since doing it twice changes nothing, but what may have been sent is not.
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
        """End the owner's row in `state`, or put it back as pending until `not_before`, with
        the reason that it has."""

    def expire(self, now: datetime) -> int:
        """End leases that ran out: leased rows wait again, and so does an edit that was under way;
        what else was being sent becomes unknown."""

    def abandon(self) -> int:
        """The same for every lease there is: only for a process that knows it is alone."""
