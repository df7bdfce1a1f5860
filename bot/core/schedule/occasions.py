"""Which days a rule names. Each jumps to the first day asked for: a far year costs no more."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import NamedTuple, assert_never

from bot.core.schedule.days import Calendar, clamped
from bot.core.schedule.rules import (
    AroundDay,
    Daily,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Rule,
    Weekly,
    Yearly,
)

_DAY = timedelta(days=1)


class Occasion(NamedTuple):
    """A day that a rule names: by its date, or by the calendar day and its year (`ashura/1449`).

    So the name stays the same when the moon moves the date.
    """

    name: str
    date: date
    confirmed: bool = True


def occasions(rule: Rule, start: date, first: date, calendar: Calendar) -> Iterator[Occasion]:
    """The days from `first` on, in order, of a series that began on `start`, not after `first`."""
    if isinstance(rule, AroundDay):
        for kept in calendar.coming(rule.day, first - rule.days * _DAY):
            date = kept.date + rule.days * _DAY
            yield Occasion(f"{rule.day}/{kept.year}", date, kept.confirmed)
    else:
        for day in _dates(rule, start, first):
            if day >= first:
                yield Occasion(day.isoformat(), day)


def date_named(name: str, rule: Rule, calendar: Calendar) -> date | None:
    """The date of the occasion of that name, if the rule has one; None for a foreign name."""
    if isinstance(rule, AroundDay):
        day, _, year = name.partition("/")
        kept = calendar.in_year(day, int(year)) if day == rule.day and year else None
        return kept.date + rule.days * _DAY if kept else None
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None


def _dates(
    rule: Daily | Weekly | MonthlyOnDay | MonthlyOnWeekday | Yearly, start: date, first: date
) -> Iterator[date]:
    """Days in order, from a little before `first` on."""
    match rule:
        case Daily():
            return (first + n * _DAY for n in count())
        case Weekly():
            return _weekly(rule, start, first)
        case MonthlyOnDay():
            return (clamped(year, month, rule.day) for year, month in _months(first))
        case MonthlyOnWeekday():
            return (_nth_weekday(rule, year, month) for year, month in _months(first))
        case Yearly():
            return (clamped(year, rule.month, rule.day) for year in count(first.year))
        case _:
            assert_never(rule)


def _weekly(rule: Weekly, start: date, first: date) -> Iterator[date]:
    monday = start - start.weekday() * _DAY
    weeks = (first - monday).days // 7
    for week in count(weeks - weeks % rule.every, rule.every):
        for weekday in rule.weekdays:
            yield monday + (7 * week + weekday) * _DAY


def _nth_weekday(rule: MonthlyOnWeekday, year: int, month: int) -> date:
    if rule.nth == -1:
        last = clamped(year, month, 31)
        return last - (last.weekday() - rule.weekday) % 7 * _DAY
    begins = date(year, month, 1)
    return begins + ((rule.weekday - begins.weekday()) % 7 + 7 * (rule.nth - 1)) * _DAY


def _months(first: date) -> Iterator[tuple[int, int]]:
    months = (divmod(n, 12) for n in count(first.year * 12 + first.month - 1))
    return ((year, month + 1) for year, month in months)
