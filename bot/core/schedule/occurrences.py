"""When a schedule falls due: the one place that preview, calendar and planner ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from heapq import merge
from itertools import dropwhile, groupby, islice, takewhile
from typing import NamedTuple

from bot.core.schedule.clock import instant, wall
from bot.core.schedule.days import Calendar
from bot.core.schedule.occasions import date_named, occasions
from bot.core.schedule.schedules import Once, Repeating, Schedule

LAST_DAY = date(2199, 12, 31)
"""Where endless schedules end."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that a schedule names.

    `key` tells it from the others for good, whatever moves it: its date and time on the wall as
    the rule gives them (`2026-12-01 18:00`), or the calendar day, its year and the time
    (`ashura/1449 18:00`). `at` is in UTC, and only expected where it is not `confirmed`.
    """

    at: datetime
    key: str
    confirmed: bool = True

    @property
    def due_at(self) -> datetime | None:
        """When to send it: never before somebody has confirmed the day."""
        return self.at if self.confirmed else None


class _Slot(NamedTuple):
    key: str
    wall: datetime
    confirmed: bool


def occurrences(
    schedule: Schedule,
    calendar: Calendar,
    after: datetime,
    until: datetime | None = None,
    limit: int | None = None,
) -> Iterator[Occurrence]:
    """The occurrences later than `after` and not later than `until`, in order, `limit` at most.

    Adjoining windows therefore share none and miss none. Each moment comes once: of two that
    coincide the one with the first key stays. Found one by one, however far `after` is.
    Raises `NotASchedule` where the calendar lacks a day that the schedule names.
    """
    found = _single(schedule) if isinstance(schedule, Once) else _all(schedule, calendar, after)
    late_enough = dropwhile(lambda each: each.at <= after, found)
    wanted = takewhile(lambda each: until is None or each.at <= until, late_enough)
    return islice((next(same) for _, same in groupby(wanted, lambda each: each.at)), limit)


def occurrence_named(key: str, schedule: Schedule, calendar: Calendar) -> Occurrence | None:
    """Where the occurrence of that key is now; None where there is none any more."""
    if isinstance(schedule, Once):
        return next((each for each in _single(schedule) if each.key == key), None)
    slot = _slot(key, schedule, calendar)
    change = next((each for each in schedule.changes if each.slot == key), None)
    if slot is None or (change and change.to is None):
        return None
    at = change.to if change and change.to else instant(slot.wall, schedule.zone)
    return Occurrence(at, key, slot.confirmed)


def _single(schedule: Once) -> Iterator[Occurrence]:
    yield Occurrence(schedule.at, f"{wall(schedule.at, schedule.zone):%Y-%m-%d %H:%M}")


def _all(schedule: Repeating, calendar: Calendar, after: datetime) -> Iterator[Occurrence]:
    """From about `after` on. Changed ones come at their new moment, which may be out of turn."""
    kept = _unchanged(schedule, calendar, wall(after, schedule.zone).date())
    moved = _moved(schedule, calendar, after)
    return merge(kept, moved, key=lambda each: (each.at, each.key))


def _unchanged(schedule: Repeating, calendar: Calendar, first: date) -> Iterator[Occurrence]:
    changed = {change.slot for change in schedule.changes}
    for slot in _slots(schedule, calendar, first):
        if slot.key not in changed:
            yield Occurrence(instant(slot.wall, schedule.zone), slot.key, slot.confirmed)


def _moved(schedule: Repeating, calendar: Calendar, after: datetime) -> Iterator[Occurrence]:
    moves = ((each.to, each.slot) for each in schedule.changes if each.to and each.to > after)
    for to, key in sorted(moves):
        if slot := _slot(key, schedule, calendar):
            yield Occurrence(to, key, slot.confirmed)


def _slot(key: str, schedule: Repeating, calendar: Calendar) -> _Slot | None:
    """The slot of that key; None where the schedule has none any more."""
    day = date_named(key.rsplit(" ", 1)[0], schedule.rule, calendar)
    if day is None:
        return None
    on_the_day = takewhile(lambda slot: slot.wall.date() <= day, _slots(schedule, calendar, day))
    return next((slot for slot in on_the_day if slot.key == key), None)


def _slots(schedule: Repeating, calendar: Calendar, first: date) -> Iterator[_Slot]:
    """What the rule names from `first` on, before any change."""
    if schedule.count is None:
        return _uncounted(schedule, calendar, first)
    counted = islice(_uncounted(schedule, calendar, schedule.start.date()), schedule.count)
    return dropwhile(lambda slot: slot.wall.date() < first, counted)


def _uncounted(schedule: Repeating, calendar: Calendar, first: date) -> Iterator[_Slot]:
    start, last = schedule.start.date(), min(schedule.until or LAST_DAY, LAST_DAY)
    for name, day, confirmed in occasions(schedule.rule, start, max(first, start), calendar):
        if day > last:
            return
        for time in schedule.times:
            if (at := datetime.combine(day, time)) >= schedule.start:
                yield _Slot(f"{name} {time:%H:%M}", at, confirmed)
