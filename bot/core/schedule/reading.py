"""A schedule as a moderator writes it: `every 2 weeks mon,thu 18:00 until 2027-01-31`."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.schedule.clock import wall
from bot.core.schedule.days import Calendar
from bot.core.schedule.errors import NotASchedule
from bot.core.schedule.occurrences import occurrences
from bot.core.schedule.rules import Weekly
from bot.core.schedule.schedules import MOST_COUNTED, Once, Repeating, Schedule
from bot.core.schedule.when import parse_when
from bot.core.schedule.wording import read_rule

UNSAID = time(9)
"""The time of day where a rule comes without one, as in `yearly 05-13`."""

_END = re.compile(r"(?P<rest>.+?) (?:until (?P<until>\S+)|x ?(?P<count>\d+))")
_TIMES = re.compile(r"(?P<rest>.+?)(?: at)? (?P<times>[\d,]*:\S*)")
_MINUTE = timedelta(minutes=1)


def read_schedule(text: str, now: datetime, zone: ZoneInfo, calendar: Calendar) -> Schedule | None:
    """The schedule meant by `text`, or None for "now", which is as soon as it is approved.

    A single moment is read as by `parse_when`, whose `NotATime` comes also for what is neither;
    `NotASchedule` says which part of a schedule is wrong. A repeating one starts with the first
    minute after `now`, and the weeks of `every n weeks` are counted from the first to come.
    """
    rest, until, count = _ends(re.sub(r" *, *", ",", " ".join(text.lower().split())))
    timed = _TIMES.fullmatch(rest)
    rule = read_rule(timed["rest"] if timed else rest, calendar)
    if rule is None:
        due_at = parse_when(text, now, zone)
        return Once(at=due_at, zone=zone) if due_at else None
    schedule = Repeating(
        rule=rule,
        times=_times(timed["times"]) if timed else (UNSAID,),
        zone=zone,
        start=wall(now, zone).replace(second=0, microsecond=0) + _MINUTE,
        until=until,
        count=count,
    )
    schedule = _from_its_first_week(schedule, now, calendar)
    if next(occurrences(schedule, calendar, now), None) is None:
        raise NotASchedule("schedule.never", part=" ".join(text.split()))
    return schedule


def _ends(written: str) -> tuple[str, date | None, int | None]:
    """What comes before `until ...` and `x5`, and these two."""
    until, count = None, None
    while found := _END.fullmatch(written):
        if found["until"] and until is None:
            until = _date(found["until"])
        elif found["count"] and count is None:
            count = _count(found["count"])
        else:
            break
        written = found["rest"]
    return written, until, count


def _date(part: str) -> date:
    try:
        return date.fromisoformat(part)
    except ValueError:
        raise NotASchedule("schedule.date", part=part) from None


def _count(part: str) -> int:
    if len(part) > 6 or not 1 <= int(part) <= MOST_COUNTED:
        raise NotASchedule("schedule.count", part=f"x{part}", most=str(MOST_COUNTED))
    return int(part)


def _times(part: str) -> tuple[time, ...]:
    return tuple(_time(each) for each in part.split(","))


def _time(part: str) -> time:
    try:
        if re.fullmatch(r"\d{1,2}:\d\d", part):
            return time.fromisoformat(part.zfill(5))
    except ValueError:
        pass
    raise NotASchedule("schedule.time", part=part)


def _from_its_first_week(schedule: Repeating, now: datetime, calendar: Calendar) -> Repeating:
    """So that `every 2 weeks mon`, written on a Tuesday, begins next Monday, not in two weeks."""
    if not isinstance(schedule.rule, Weekly):
        return schedule
    weekly = schedule.model_copy(update={"rule": Weekly(weekdays=schedule.rule.weekdays)})
    first = next(occurrences(weekly, calendar, now), None)
    if first is None:
        return schedule
    begins = datetime.combine(wall(first.at, schedule.zone).date(), time())
    return schedule.model_copy(update={"start": max(schedule.start, begins)})
