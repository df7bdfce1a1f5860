"""The rules as moderators write them, without the times of day and the end."""

import re
from collections.abc import Callable
from datetime import date

from bot.core.schedule.days import Calendar
from bot.core.schedule.errors import NotASchedule
from bot.core.schedule.rules import (
    AroundDay,
    Daily,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Rule,
    Weekly,
    Yearly,
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


def read_rule(written: str, calendar: Calendar) -> Rule | None:
    """The rule meant by lower-case words; None if they are none of the forms.

    Raises `NotASchedule` for a form with a wrong part: a weekday, a number, a date, a day's id.
    """
    if written in ("daily", "every day"):
        return Daily()
    for pattern, read in _FORMS:
        if found := pattern.fullmatch(written):
            rule = read(found)
            if isinstance(rule, AroundDay):
                calendar.day(rule.day)  # raises for a day that it lacks
            return rule
    return None


def _weekly(found: re.Match[str]) -> Rule:
    weekdays = tuple(_weekday(part) for part in found["weekdays"].split(","))
    return Weekly(weekdays=weekdays, every=_number(found["n"] or "1", 52))


def _monthly(found: re.Match[str]) -> Rule:
    return MonthlyOnDay(day=31 if found["day"] == "last" else _number(found["day"], 31))


def _monthly_on_weekday(found: re.Match[str]) -> Rule:
    weekday = _weekday(found["weekday"])
    if found["nth"] == "last":
        return MonthlyOnWeekday(nth=-1, weekday=weekday)
    if found["nth"] not in NTH:
        raise NotASchedule("schedule.nth", part=found["nth"])
    return MonthlyOnWeekday.model_validate({"nth": NTH[found["nth"]], "weekday": weekday})


def _yearly(found: re.Match[str]) -> Rule:
    try:
        day = date.fromisoformat(f"2024-{found['day']}")
    except ValueError:
        raise NotASchedule("schedule.day-of-year", part=found["day"]) from None
    return Yearly(month=day.month, day=day.day)


def _around_day(found: re.Match[str]) -> Rule:
    days = _number(found["n"], 180) if found["n"] else 0
    return AroundDay(day=found["day"], days=-days if found["side"] == "before" else days)


def _number(part: str, most: int) -> int:
    if len(part) > 6 or not 1 <= int(part) <= most:
        raise NotASchedule("schedule.number", part=part, most=str(most))
    return int(part)


def _weekday(part: str) -> int:
    for number, name in enumerate(WEEKDAYS):
        if len(part) > 2 and name.startswith(part):
            return number
    raise NotASchedule("schedule.weekday", part=part)


Reader = Callable[[re.Match[str]], Rule]
_ONE_WEEKDAY = f"(?:{'|'.join(name[:3] for name in WEEKDAYS)})[a-z]*"
_WEEKDAY_FIRST = f"(?P<weekdays>{_ONE_WEEKDAY}(?:,[^ ,]+)*)"
_ID = "[a-z0-9][a-z0-9-]{0,39}"
_FORMS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"every (?P<n>\d+) weeks?(?: on)? (?P<weekdays>\S+)", _weekly),
        (rf"(?:weekly |every |on )?(?P<n>){_WEEKDAY_FIRST}", _weekly),
        (r"monthly (?P<day>\d+|last)", _monthly),
        (r"monthly (?P<nth>\S+) (?P<weekday>\S+)", _monthly_on_weekday),
        (r"yearly (?P<day>\S+)", _yearly),
        (rf"(?P<n>\d+) days? (?P<side>before|after) (?P<day>{_ID})", _around_day),
        (rf"(?P<n>)(?P<side>)on (?P<day>{_ID})", _around_day),
    )
)
