"""What the staff did, as a chain in which every entry carries the hash of the one before.

A changed row, one missing from the middle and a new order break the chain. Entries missing from its
end are found by comparing with a head that is kept elsewhere: the database has one in a table of
its own, the log one for every entry, and `/audit` shows it. Whoever may write to the database can
make the whole chain anew from some entry on; only a head that was kept outside of it tells.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.core.people import PersonId

Detail = str | int | bool | None


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of the chain: its number and its hash. Number 0 is before the first."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


GENESIS = Head(0, "0" * 64)
RESTORED = "database.restored"
"""What the operator does, whom nobody knows here; all else that no person did the clock did."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`person` did `what` ("post.approved") to `about` ("post 12"); where there is none the bot did
    it by itself, or the operator.

    `details` is canonical JSON. `before` is the hash of the entry before, `hash` its own as kept.
    """

    number: int
    at: datetime
    person: PersonId | None
    what: str
    about: str
    details: str
    before: str
    hash: str

    @property
    def computed(self) -> str:
        """The hash that it should have."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        parts = [self.number, at, self.person, self.what, self.about, self.details, self.before]
        return hashlib.sha256(canonical(parts).encode()).hexdigest()

    @property
    def head(self) -> Head:
        return Head(self.number, self.hash)


def role_of(person: PersonId) -> str:
    """What an entry is about that changes somebody's role."""
    return f"role {person}"


def canonical(value: object) -> str:
    """JSON in the one form that is hashed: sorted keys, no spaces, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def follow(
    head: Head,
    at: datetime,
    person: PersonId | None,
    what: str,
    about: str,
    details: Mapping[str, Detail],
) -> Entry:
    """The entry that comes after `head`."""
    number = head.number + 1
    bare = Entry(number, at, person, what, about, canonical(details), head.hash, "")
    return Entry(number, at, person, what, about, bare.details, head.hash, bare.computed)


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain is first broken, and the key of how: changed, missing, unlinked or head."""

    number: int
    how: str


def first_break(entries: Iterable[Entry], kept: Iterable[Head]) -> Break | None:
    """The first fault of the whole chain, given in the order of its numbers from the first.

    Every head in `kept` has to be in the chain as it was noted.
    """
    noted = {head.number: head.hash for head in kept if head != GENESIS}
    last = GENESIS
    for entry in entries:
        if entry.number != last.number + 1:
            return Break(last.number + 1, "missing")
        if entry.hash != entry.computed:
            return Break(entry.number, "changed")
        if entry.before != last.hash:
            return Break(entry.number, "unlinked")
        if noted.pop(entry.number, entry.hash) != entry.hash:
            return Break(entry.number, "head")
        last = entry.head
    return Break(last.number + 1, "missing") if noted else None
