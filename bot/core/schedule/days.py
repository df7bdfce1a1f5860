"""On which dates the days of the calendar fall, year by year."""

import difflib
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count, islice, takewhile
from typing import NamedTuple

from bot.core.records.reference import CalendarDay
from bot.core.schedule import hijri
from bot.core.schedule.errors import NotASchedule

BAND = timedelta(days=3)
"""How far from the expected date a Hijri day can be; a confirmation further off is a slip."""


class Kept(NamedTuple):
    """A calendar day in one year: of the Hijri reckoning for a Hijri day, else Gregorian."""

    year: int
    date: date
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of `content/calendar.yaml`, with the actual dates that admins have confirmed.

    `confirmed` goes by the day's id and its year. Days of a fixed date need no confirmation;
    Hijri days and movable feasts wait for it, since their dates are only expected.
    """

    days: Mapping[str, CalendarDay]
    confirmed: Mapping[tuple[str, int], date] = field(default_factory=dict)

    def coming(self, day_id: str, first: date) -> Iterator[Kept]:
        """The day from `first` on, in order; without end, save for movable feasts.

        Raises `NotASchedule` if the calendar has no such day.
        """
        for year in self._years(day_id, first):
            kept = self.in_year(day_id, year)
            if kept and kept.date >= first:
                yield kept

    def in_year(self, day_id: str, year: int) -> Kept | None:
        """When the day is in one of its years; None for a movable feast that nobody has dated."""
        day, sighted = self.day(day_id), self.confirmed.get((day_id, year))
        if day.month and day.day:
            return Kept(year, clamped(year, day.month, day.day), True)
        if day.hijri_month and day.hijri_day:
            expected = hijri.expected_date(year, day.hijri_month, day.hijri_day)
            if day.predicted and abs(day.predicted - expected) <= BAND:
                expected = day.predicted
            if sighted and abs(sighted - expected) <= BAND:
                return Kept(year, sighted, True)
            return Kept(year, expected, False)
        if sighted and sighted.year == year:
            return Kept(year, sighted, True)
        if day.predicted and day.predicted.year == year:
            return Kept(year, day.predicted, False)
        return None

    def between(self, first: date, last: date) -> Iterator[tuple[str, Kept]]:
        """Every day of the calendar from `first` to `last`, unconfirmed ones where expected."""
        for day_id in self.days:
            for kept in takewhile(lambda kept: kept.date <= last, self.coming(day_id, first)):
                yield day_id, kept

    def expected(self, day_id: str, year: int) -> Kept | None:
        """As `in_year`, whatever anybody has confirmed."""
        return Calendar(self.days).in_year(day_id, year)

    def year_meant(self, day_id: str, date: date) -> int:
        """The year of the day that a confirmation of `date` is about.

        Raises `NotASchedule` where the day needs none, or is expected on quite another date.
        """
        day = self.day(day_id)
        if day.month:
            raise NotASchedule("schedule.fixed-day", part=day_id)
        if not day.hijri_month:
            return date.year
        two = islice(Calendar(self.days).coming(day_id, date - timedelta(days=200)), 2)
        nearest = min(two, key=lambda kept: abs(kept.date - date))
        if abs(nearest.date - date) > BAND:
            expected = nearest.date.isoformat()
            raise NotASchedule("schedule.other-date", part=date.isoformat(), expected=expected)
        return nearest.year

    def day(self, day_id: str) -> CalendarDay:
        """Raises `NotASchedule` if there is none of that id."""
        if found := self.days.get(day_id):
            return found
        nearest = ", ".join(difflib.get_close_matches(day_id, self.days, cutoff=0.5)) or "–"
        raise NotASchedule("schedule.unknown-day", part=day_id, nearest=nearest)

    def _years(self, day_id: str, first: date) -> Iterator[int]:
        day = self.day(day_id)
        if day.hijri_month:
            return count(hijri.year_on(first) - 1)
        if day.month:
            return count(first.year)
        dated = {year for known, year in self.confirmed if known == day_id}
        return iter(sorted(dated | ({day.predicted.year} if day.predicted else set())))


def clamped(year: int, month: int, day: int) -> date:
    """That day, or the last of the month if it is shorter: 31 April is the 30th."""
    return date(year, month, min(day, monthrange(year, month)[1]))
