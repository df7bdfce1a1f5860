"""What a stretch of days holds: posts in every state, days of the calendar, clashes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.commands.desk import Desk
from bot.core.months import Clash, Entry, Slot, bounds, entries_of_rows, entries_to_come
from bot.core.ports import UnitOfWork
from bot.core.posts import Delivery, Draft, Post, PostState
from bot.core.records import CalendarDay
from bot.core.schedule import NotASchedule

ROWS_A_DAY = 40
"""Rows, one a target, that are read of a day; what goes beyond is not shown, and said so."""

MOST_SERIES, MOST_UNAPPROVED = 500, 200
UNAPPROVED = (PostState.DRAFT, PostState.REVIEW, PostState.PAUSED)
AROUND = timedelta(days=1)
"""How far beyond the days that are shown a post can lie that clashes with one of theirs."""


class KeptDay(NamedTuple):
    """A day of the calendar in one of its years. Where it is not `confirmed` it is only expected,
    on `at`, and may be on any day of the `band` around it."""

    id: str
    year: int
    day: CalendarDay
    at: date
    confirmed: bool
    band: int

    @property
    def earliest(self) -> date:
        return self.at - timedelta(days=self.band)

    @property
    def latest(self) -> date:
        return self.at + timedelta(days=self.band)

    def may_be(self, on: date) -> bool:
        return self.earliest <= on <= self.latest


@dataclass(frozen=True)
class Seen:
    """The days from `first` to `last`; `crowded` ones have more posts than are shown."""

    first: date
    last: date
    entries: Mapping[date, Sequence[Entry]]
    days: Sequence[KeptDay]
    clashes: Mapping[Slot, tuple[Clash, ...]]
    crowded: frozenset[date] = field(default_factory=frozenset)

    def on(self, day: date) -> Sequence[Entry]:
        return self.entries.get(day, ())

    def kept(self, day: date) -> list[KeptDay]:
        """Days of the calendar on that date, or perhaps on it."""
        return [each for each in self.days if each.may_be(day)]

    def clashes_of(self, each: Entry) -> tuple[Clash, ...]:
        return self.clashes.get(each.slot, ())

    def clashing(self, day: date) -> bool:
        return any(self.clashes_of(each) for each in self.on(day))


def seen(desk: Desk, first: date, last: date) -> Seen:
    """What those days hold as of now: planned rows, and what schedules name beyond them."""
    begin, end = first - AROUND, last + AROUND
    dates = [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
    with desk.new_uow(reading=True) as uow:
        rows = {day: _rows(uow, desk, day) for day in dates}
        drafts = uow.posts.drafts({row.post_id for some in rows.values() for row in some})
        series = uow.posts.repeating(MOST_SERIES)
        unapproved = uow.posts.listed(UNAPPROVED, MOST_UNAPPROVED)
    found = defaultdict[date, list[Entry]](list)
    since, before = bounds(begin, end, desk.zone)
    planned = (each for some in rows.values() for each in entries_of_rows(some, drafts))
    for each in (*planned, *_to_come(desk, series, unapproved, since, before)):
        found[each.at.astimezone(desk.zone).date()].append(each)
    for some in found.values():
        some.sort(key=lambda each: (each.at, each.post_id))
    everything = [each for some in found.values() for each in some]
    clashes = desk.clashes(everything, desk.library, desk.calendar, desk.zone, desk.clock())
    crowded = frozenset(day for day, some in rows.items() if len(some) == ROWS_A_DAY)
    return Seen(first, last, found, list(kept_between(desk, first, last)), clashes, crowded)


def kept_between(desk: Desk, first: date, last: date) -> Iterator[KeptDay]:
    """The days of the calendar from `first` to `last`, also those that may only be there."""
    calendar, band = desk.calendar, desk.library.plan_rules.hijri_band
    around = timedelta(days=band)
    for day_id, kept in calendar.between(first - around, last + around):
        wide = 0 if kept.confirmed else band
        found = KeptDay(day_id, kept.year, calendar.day(day_id), kept.date, kept.confirmed, wide)
        if found.latest >= first and found.earliest <= last:
            yield found


def _rows(uow: UnitOfWork, desk: Desk, day: date) -> list[Delivery]:
    return uow.deliveries.due_between(*bounds(day, day, desk.zone), ROWS_A_DAY)


def _to_come(
    desk: Desk,
    series: Iterable[tuple[int, Draft, datetime]],
    unapproved: Iterable[Post],
    since: datetime,
    before: datetime,
) -> Iterator[Entry]:
    """What has no row yet: later times of series, and of posts that nobody has approved."""
    waiting = [(id_, draft, PostState.SCHEDULED, until) for id_, draft, until in series]
    waiting += [(each.id, each.draft, each.state, desk.clock()) for each in unapproved]
    for post_id, draft, state, until in waiting:
        after = max(until, since - timedelta.resolution)
        try:
            yield from entries_to_come(post_id, draft, state, desk.calendar, after, before)
        except NotASchedule:  # its day is gone from the calendar, which its own page says
            continue
