"""Which day of the year brings back what: attacks, events and the days that people keep."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from bot.core.library import Dated, Library
from bot.core.records import Attack, CalendarDay, Event, Record

YEARS_TO_A_DAY = 9
"""29 February comes back after eight years at the latest."""


class Kept(NamedTuple):
    """What comes back on a day; never empty."""

    day: dt.date
    records: tuple[Dated, ...]
    days: tuple[CalendarDay, ...]


def kept_on(day: dt.date, library: Library) -> Kept | None:
    """What comes back on `day`; attacks and events of that very day come with it."""
    records = tuple(
        each
        for each in library.dated
        if (each.date.month, each.date.day) == (day.month, day.day) and _comes_back(each, day)
    )
    days = tuple(each for each in _told(day, library) if _next_time(each, day) == day)
    return Kept(day, records, days) if records or days else None


def coming(day: dt.date, library: Library) -> Iterator[Kept]:
    """The days from `day` on that bring something back, in order, each of them once."""
    records = defaultdict[dt.date, list[Dated]](list)
    days = defaultdict[dt.date, list[CalendarDay]](list)
    for record in library.dated:
        if _comes_back(record, day):
            records[_again(record.date.month, record.date.day, day)].append(record)
    for each in _told(day, library):
        if next_time := _next_time(each, day):
            days[next_time].append(each)
    for at in sorted(records.keys() | days.keys()):
        yield Kept(at, tuple(records.get(at, ())), tuple(days.get(at, ())))


def _comes_back(record: Record | None, day: dt.date) -> bool:
    """Whether it has happened, on a day that is known."""
    if isinstance(record, Event) and record.precision != "day":
        return False
    return isinstance(record, Attack | Event) and record.date <= day


def _told(day: dt.date, library: Library) -> Iterator[CalendarDay]:
    """A memorial day needs a source, and is not told beside the attacks that it remembers.

    Of the others those that an editor still has doubts about wait; a predicted date says so itself.
    """
    for each in library.calendar.values():
        if each.kind == "commemoration":
            back = [_comes_back(library.get(record), day) for record in each.records]
            if each.sources and not (back and all(back)):
                yield each
        elif each.note is None or each.predicted is not None:
            yield each


def _next_time(day: CalendarDay, after: dt.date) -> dt.date | None:
    if day.month and day.day:
        return _again(day.month, day.day, after)
    return day.predicted if day.predicted and day.predicted >= after else None


def _again(month: int, day: int, after: dt.date) -> dt.date:
    """The first such day that is not before `after`."""
    for year in range(after.year, after.year + YEARS_TO_A_DAY):
        try:
            again = dt.date(year, month, day)
        except ValueError:  # 29 February, in other years
            continue
        if again >= after:
            return again
    raise ValueError(f"{day}.{month}. does not come back")
