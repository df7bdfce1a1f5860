"""Which days a repeating schedule keeps to: one model a kind of rule.

Every rule jumps to the day it is asked for, so that a far year costs no more than this one.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import count
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, Field, model_validator

from bot.core.records.base import Id, Model
from bot.core.schedule.days import Calendar, clamped

Weekday = Annotated[int, Field(ge=0, le=6)]
"""Monday is 0."""

_DAY = dt.timedelta(days=1)


def _in_order(values: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(values)))


class Occasion(NamedTuple):
    """A day that a rule names. The name stays the same if the moon moves the date."""

    name: str
    date: dt.date
    confirmed: bool = True


class _Dated(Model):
    """Rules whose days are named by their own date."""

    def dates(self, start: dt.date, first: dt.date) -> Iterator[dt.date]:
        raise NotImplementedError

    def occasions(self, start: dt.date, first: dt.date, calendar: Calendar) -> Iterator[Occasion]:
        """The days from `first` on, in order, of a series that began on `start`."""
        return (Occasion(day.isoformat(), day) for day in self.dates(start, first))

    def date_of(self, name: str, calendar: Calendar) -> dt.date | None:
        """The date that an occasion of that name would have; None for a foreign name."""
        try:
            return dt.date.fromisoformat(name)
        except ValueError:
            return None


class Daily(_Dated):
    kind: Literal["daily"] = "daily"

    def dates(self, start: dt.date, first: dt.date) -> Iterator[dt.date]:
        return (first + n * _DAY for n in count())


class Weekly(_Dated):
    """Some weekdays of each, or of every n-th, week; weeks begin on Monday, that of the start."""

    kind: Literal["weekly"] = "weekly"
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1), AfterValidator(_in_order)]
    every: Annotated[int, Field(ge=1, le=52)] = 1

    def dates(self, start: dt.date, first: dt.date) -> Iterator[dt.date]:
        monday = start - start.weekday() * _DAY
        weeks = (first - monday).days // 7
        for week in count(weeks - weeks % self.every, self.every):
            days = (monday + (7 * week + weekday) * _DAY for weekday in self.weekdays)
            yield from (day for day in days if day >= first)


class MonthlyOnDay(_Dated):
    """A day of the month; in a month without it, the month's last day."""

    kind: Literal["monthly"] = "monthly"
    day: Annotated[int, Field(ge=1, le=31)]

    def dates(self, start: dt.date, first: dt.date) -> Iterator[dt.date]:
        days = (clamped(year, month, self.day) for year, month in _months(first))
        return (day for day in days if day >= first)


class MonthlyOnWeekday(_Dated):
    """The n-th Friday of the month, say, or the last one (-1); the fifth, often missing, is none."""

    kind: Literal["monthly on weekday"] = "monthly on weekday"
    nth: Literal[1, 2, 3, 4, -1]
    weekday: Weekday

    def dates(self, start: dt.date, first: dt.date) -> Iterator[dt.date]:
        days = (self._in_month(year, month) for year, month in _months(first))
        return (day for day in days if day >= first)

    def _in_month(self, year: int, month: int) -> dt.date:
        if self.nth == -1:
            last = clamped(year, month, 31)
            return last - (last.weekday() - self.weekday) % 7 * _DAY
        begins = dt.date(year, month, 1)
        return begins + ((self.weekday - begins.weekday()) % 7 + 7 * (self.nth - 1)) * _DAY


class Yearly(_Dated):
    """A day of the year; 29 February is the 28th in a year without it."""

    kind: Literal["yearly"] = "yearly"
    month: Annotated[int, Field(ge=1, le=12)]
    day: Annotated[int, Field(ge=1, le=31)]

    @model_validator(mode="after")
    def _is_a_day(self) -> "Yearly":
        dt.date(2024, self.month, self.day)  # raises for 31 April
        return self

    def dates(self, start: dt.date, first: dt.date) -> Iterator[dt.date]:
        days = (clamped(year, self.month, self.day) for year in count(first.year))
        return (day for day in days if day >= first)


class AroundDay(Model):
    """So many days after a day of the calendar, before it if negative, on it if none.

    Its occasions are named by the day and its year (`ashura/1449`), since its date may move.
    """

    kind: Literal["around day"] = "around day"
    day: Id
    days: Annotated[int, Field(ge=-180, le=180)] = 0

    def occasions(self, start: dt.date, first: dt.date, calendar: Calendar) -> Iterator[Occasion]:
        for kept in calendar.coming(self.day, first - self.days * _DAY):
            date = kept.date + self.days * _DAY
            yield Occasion(f"{self.day}/{kept.year}", date, kept.confirmed)

    def date_of(self, name: str, calendar: Calendar) -> dt.date | None:
        day, _, year = name.partition("/")
        kept = calendar.in_year(day, int(year)) if day == self.day and year else None
        return kept.date + self.days * _DAY if kept else None


Rule = Annotated[
    Daily | Weekly | MonthlyOnDay | MonthlyOnWeekday | Yearly | AroundDay,
    Field(discriminator="kind"),
]


def _months(first: dt.date) -> Iterator[tuple[int, int]]:
    months = (divmod(n, 12) for n in count(first.year * 12 + first.month - 1))
    return ((year, month + 1) for year, month in months)
