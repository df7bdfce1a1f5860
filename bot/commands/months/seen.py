"""What a stretch of days holds: posts in every state, days of the calendar, clashes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from bot.commands.desk import Desk
from bot.core.months import Clashes, Entry, Slot, bounds, entries_of_rows, entries_to_come
from bot.core.posts import Draft, Post, PostState
from bot.core.records import CalendarDay
from bot.core.schedule import NotASchedule

MOST_SERIES, MOST_UNAPPROVED = 500, 200
UNAPPROVED = (PostState.DRAFT, PostState.REVIEW, PostState.PAUSED)


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
    clashes: Clashes
    crowded: frozenset[date]

    @property
    def shown(self) -> Iterator[Entry]:
        return (each for day, some in self.entries.items() if self._is_in(day) for each in some)

    @cached_property
    def clashing(self) -> frozenset[Slot]:
        """The entries against whose moment anything speaks."""
        return frozenset(each.slot for each in self.shown if any(True for _ in self.clashes(each)))

    def on(self, day: date) -> Sequence[Entry]:
        return self.entries.get(day, ())

    def kept(self, day: date) -> list[KeptDay]:
        """Days of the calendar on that date, or perhaps on it."""
        return [each for each in self.days if each.may_be(day)]

    def clashes_on(self, day: date) -> bool:
        return any(each.slot in self.clashing for each in self.on(day))

    def _is_in(self, day: date) -> bool:
        return self.first <= day <= self.last


def seen(desk: Desk, first: date, last: date, most: int) -> Seen:
    """What those days hold as of now: planned rows, and what schedules name beyond them.

    `most` are the rows, one a target, that are read of a day.
    """
    begins, ends = bounds(first, last, desk.zone)
    reach = max(desk.library.plan_rules.spacing, desk.library.plan_rules.collision)
    since, before = begins - reach, ends + reach
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    with desk.new_uow(reading=True) as uow:
        due = uow.deliveries.due_between
        rows = {day: due(*bounds(day, day, desk.zone), most) for day in dates}
        beside = [*due(since, begins, most), *due(ends, before, most)]
        planned = [*(row for some in rows.values() for row in some), *beside]
        drafts = uow.posts.drafts({row.post_id for row in planned})
        series = uow.posts.repeating(MOST_SERIES)
        unapproved = uow.posts.listed(UNAPPROVED, MOST_UNAPPROVED)
    to_come = _to_come(desk, series, unapproved, since, before)
    everything = sorted(
        (*entries_of_rows(planned, drafts), *to_come), key=lambda each: (each.at, each.post_id)
    )
    found = defaultdict[date, list[Entry]](list)
    for each in everything:
        found[each.at.astimezone(desk.zone).date()].append(each)
    clashes = desk.judge.moments(everything, desk.grounds())
    crowded = frozenset(day for day, some in rows.items() if len(some) >= most)
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
