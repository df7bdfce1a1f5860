"""The days that posts keep to, by date, as the calendar has them or expects them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

from bot.core.records import CalendarDay
from bot.core.schedule import Calendar

_DAY = timedelta(days=1)
_RAMADAN, _SHAWWAL = 9, 10


class KeptDay(NamedTuple):
    """A day of the calendar on, or in the band around, a date.

    `near` says that the date is only one of those on which an unconfirmed day may fall.
    """

    id: str
    day: CalendarDay
    near: bool = False

    @property
    def called(self) -> str:
        return f"perhaps {self.day.name.en}" if self.near else self.day.name.en

    @property
    def is_ashura(self) -> bool:
        """Whether it is the 9th or 10th of Muharram."""
        return self.day.hijri_month == 1 and self.day.hijri_day in (9, 10)


class KeptDays:
    """A calendar by date; each year is worked out once.

    A day that nobody has confirmed also fills `band` days before and after it.
    """

    def __init__(self, calendar: Calendar, band: int) -> None:
        self.calendar, self.band = calendar, band
        self._years: dict[int, dict[date, list[KeptDay]]] = {}

    def on(self, at: date) -> tuple[KeptDay, ...]:
        if at.year not in self._years:
            self._years[at.year] = self._of(at.year)
        return tuple(self._years[at.year].get(at, ()))

    def in_ramadan(self, at: date) -> bool:
        """Whether it lies from the first of Ramadan to the last day before Eid."""
        begins = self._first_of(_RAMADAN, at - 31 * _DAY)
        return begins is not None and begins <= at < (self._first_of(_SHAWWAL, begins) or begins)

    def _first_of(self, month: int, first: date) -> date | None:
        """The first of that Hijri month, as the calendar has it, from a date on."""
        for name, day in self.calendar.days.items():
            if (day.hijri_month, day.hijri_day) == (month, 1):
                return next(self.calendar.coming(name, first)).date
        return None

    def _of(self, year: int) -> dict[date, list[KeptDay]]:
        found = defaultdict[date, list[KeptDay]](list)
        for name, day in self.calendar.days.items():
            for at, confirmed in self._dates(name, year):
                found[at].append(KeptDay(name, day))
                for away in () if confirmed else range(1, self.band + 1):
                    found[at - away * _DAY].append(KeptDay(name, day, near=True))
                    found[at + away * _DAY].append(KeptDay(name, day, near=True))
        return found

    def _dates(self, name: str, year: int) -> Iterator[tuple[date, bool]]:
        band, last = self.band * _DAY, date(year, 12, 31)
        coming = self.calendar.coming(name, date(year, 1, 1) - band)
        within = takewhile(lambda kept: kept.date <= last + band, coming)
        return ((kept.date, kept.confirmed) for kept in within)
