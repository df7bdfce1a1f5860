"""A month as moderators plan it: what goes out on each day, what the day is, what clashes."""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from bot.core.audiences import audience_of
from bot.core.faults import Severity
from bot.core.posts import (
    NOW,
    OPEN,
    PROBLEMS,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Draft,
    PostState,
    PostType,
)
from bot.core.records import Language
from bot.core.schedule import Calendar, instant

_WRITTEN = re.compile(r"(\d{4})-(\d\d)")
FIRST_YEAR, LAST_YEAR = 2000, 2198


class Month(NamedTuple):
    """A month of the Gregorian calendar; written as `2027-02`."""

    year: int
    number: int

    @classmethod
    def read(cls, written: str) -> "Month | None":
        found = _WRITTEN.fullmatch(written)
        month = cls(int(found[1]), int(found[2])) if found else None
        fits = month and FIRST_YEAR <= month.year <= LAST_YEAR and 1 <= month.number <= 12
        return month if fits else None

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @property
    def days(self) -> tuple[date, ...]:
        last = monthrange(self.year, self.number)[1]
        return tuple(date(self.year, self.number, day) for day in range(1, last + 1))

    def away(self, months: int) -> "Month":
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"


def bounds(first: date, last: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """The moments at which `first` begins and `last` ends on the wall of `zone`."""
    begins = instant(datetime.combine(first, time()), zone)
    return begins, instant(datetime.combine(last + timedelta(days=1), time()), zone)


@dataclass(frozen=True, slots=True)
class Entry:
    """One time that a post goes out, or went out; `key` is that of the occurrence.

    `state` is its own where its targets have ended, else that of the post. `confirmed` is false
    where the moment is only expected, since the day it keeps to waits for its date.
    """

    post_id: int
    key: str
    at: datetime
    targets: tuple[str, ...]
    state: PostState
    type: PostType
    language: Language = "en"
    confirmed: bool = True
    repeats: bool = False
    variant_of: int | None = None
    rapid: bool = False

    @property
    def slot(self) -> "Slot":
        return self.post_id, self.key


Slot = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A day that nobody has confirmed, in one of its years, and the scheduled posts that wait."""

    day_id: str
    year: int
    at: date
    posts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """What speaks against the moment of an entry: the last word of the key of a phrase, and about
    what it is: an hour, a day, another post."""

    key: str
    severity: Severity
    about: str


Clashes = Callable[[Entry], Iterator[Clash]]
"""What speaks against the moment of an entry, found one by one."""


def entries_to_come(
    post_id: int,
    draft: Draft,
    state: PostState,
    calendar: Calendar,
    after: datetime,
    before: datetime,
) -> Iterator[Entry]:
    """The occurrences of a post later than `after` and before `before`.

    Raises `NotASchedule` where the calendar lacks the day that it keeps to.
    """
    for each in draft.coming(calendar, after):
        if each.at >= before:
            return
        yield _entry(post_id, draft, each.key, each.at, state, confirmed=each.confirmed)


def entries_of_rows(rows: Iterable[Delivery], drafts: Mapping[int, Draft]) -> Iterator[Entry]:
    """One entry for the rows of one occurrence, in the order of the rows; one for all rows of a
    correction. Subscribers are named as the post names them."""
    slots = defaultdict[Slot, list[Delivery]](list)
    for row in rows:
        key = NOW if drafts[row.post_id].corrects else row.occurrence
        slots[row.post_id, key].append(row)
    for (post_id, key), some in slots.items():
        draft = drafts[post_id]
        targets = dict.fromkeys(target for row in some for target in _named(row, draft))
        yield _entry(post_id, draft, key, some[0].due_at, _state(some), targets=targets)


def _named(row: Delivery, draft: Draft) -> tuple[str, ...]:
    if draft.corrects:
        return draft.targets
    if row.kind is DeliveryKind.READER:
        return tuple(filter(audience_of, draft.targets))
    return (row.target,)


def _state(rows: Iterable[Delivery]) -> PostState:
    """Readers who refuse it do not make it fail: among many some always do."""
    refused = (DeliveryKind.READER, DeliveryState.REFUSED)
    states = {row.state for row in rows if (row.kind, row.state) != refused}
    if states & OPEN:
        return PostState.SCHEDULED
    well = DeliveryState.SENT in states and states.isdisjoint(PROBLEMS)
    return PostState.SENT if well else PostState.FAILED


def _entry(
    post_id: int,
    draft: Draft,
    key: str,
    at: datetime,
    state: PostState,
    *,
    targets: Iterable[str] | None = None,
    confirmed: bool = True,
) -> Entry:
    return Entry(
        post_id,
        key,
        at,
        tuple(targets if targets is not None else draft.targets),
        state,
        draft.type,
        draft.language,
        confirmed,
        draft.schedule is not None and draft.due_at is None,
        draft.variant_of,
        draft.rapid,
    )
