"""What is kept of people and for them: roles, choices, subscriptions, reports."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Protocol

from bot.core.audit import Detail, Entry, Head
from bot.core.fingerprints import Fingerprint
from bot.core.people import PersonId, Role
from bot.core.records import Language
from bot.core.reports import Outcome, Report
from bot.core.subscriptions import Subscription, Topic


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
        last person of the page before, or empty. Nobody ends one of these subscriptions until this
        transaction ends.
        """

    def count(self, topics: Collection[Topic]) -> int:
        """How many follow one of `topics`, or anything."""


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


class Feeds(Protocol):
    """Secret addresses of calendars, by hash: one a person."""

    def give(self, person: PersonId, hash_: str, now: datetime) -> None:
        """Theirs from now on; the one that they had leads nowhere any more."""

    def made_at(self, person: PersonId) -> datetime | None:
        """When theirs was made, None where they have none."""

    def owner_of(self, hash_: str) -> PersonId | None: ...

    def remove(self, person: PersonId) -> bool:
        """Whether there was one to remove."""


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
