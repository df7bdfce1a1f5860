"""A schedule in words, as keys of phrases and what fills them; the commands say them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.core.records.base import Text
from bot.core.schedule.days import Calendar
from bot.core.schedule.rules import (
    AroundDay,
    Daily,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Rule,
    Weekly,
    Yearly,
)
from bot.core.schedule.schedules import Once, Schedule


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase to be said in the reader's language.

    Of its values a `Text` is given in that language, a `Said` said, a tuple listed, and a date
    or moment written as the commands write them; a value `n` chooses the form of the phrase.
    """

    key: str
    values: Mapping[str, "Value"] = field(default_factory=dict)


Value = int | date | datetime | Text | Said | tuple[str | Said, ...]

_WEEKDAYS = (
    Said("weekday.monday"),
    Said("weekday.tuesday"),
    Said("weekday.wednesday"),
    Said("weekday.thursday"),
    Said("weekday.friday"),
    Said("weekday.saturday"),
    Said("weekday.sunday"),
)
_NTH = {
    1: Said("schedule.nth.first"),
    2: Said("schedule.nth.second"),
    3: Said("schedule.nth.third"),
    4: Said("schedule.nth.fourth"),
    -1: Said("schedule.nth.last"),
}


def in_words(schedule: Schedule, calendar: Calendar) -> tuple[Said, ...]:
    """When it falls due, then how it ends and what was changed, as far as it does and was.

    Raises `NotASchedule` where the calendar lacks the day that it names.
    """
    if isinstance(schedule, Once):
        return (Said("schedule.once", {"when": schedule.at}),)
    said = [_rule(schedule.rule, schedule.times, calendar)]
    if schedule.until:
        said.append(Said("schedule.until", {"date": schedule.until}))
    if schedule.count:
        said.append(Said("schedule.counted", {"n": schedule.count}))
    if schedule.changes:
        said.append(Said("schedule.changed", {"n": len(schedule.changes)}))
    return tuple(said)


def _rule(rule: Rule, at: tuple[time, ...], calendar: Calendar) -> Said:
    times = tuple(f"{each:%H:%M}" for each in at)
    match rule:
        case Daily():
            return Said("schedule.daily", {"times": times})
        case Weekly():
            weekdays = tuple(_WEEKDAYS[each] for each in rule.weekdays)
            key = "schedule.weekly" if rule.every == 1 else "schedule.every-weeks"
            return Said(key, {"n": rule.every, "weekdays": weekdays, "times": times})
        case MonthlyOnDay(day=31):
            return Said("schedule.month-end", {"times": times})
        case MonthlyOnDay():
            return Said("schedule.monthly", {"day": rule.day, "times": times})
        case MonthlyOnWeekday():
            which = {"nth": _NTH[rule.nth], "weekday": _WEEKDAYS[rule.weekday]}
            return Said("schedule.monthly-weekday", {**which, "times": times})
        case Yearly():
            month = Said(f"month.{rule.month}")
            return Said("schedule.yearly", {"day": rule.day, "month": month, "times": times})
        case AroundDay():
            return _around_day(rule, times, calendar)


def _around_day(rule: AroundDay, times: tuple[str, ...], calendar: Calendar) -> Said:
    key = "schedule.on-day"
    if rule.days:
        key = "schedule.before-day" if rule.days < 0 else "schedule.after-day"
    name = calendar.day(rule.day).name
    return Said(key, {"n": abs(rule.days), "day": name, "times": times})
