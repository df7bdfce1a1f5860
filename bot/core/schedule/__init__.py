"""When posts go out: schedules as data, their occurrences, and how people write and read them."""

from bot.core.schedule.clock import instant
from bot.core.schedule.days import BAND, Calendar
from bot.core.schedule.errors import NotASchedule, NotATime
from bot.core.schedule.lateness import IfMissed, Step, next_step
from bot.core.schedule.occurrences import Occurrence, occurrence_named, occurrences
from bot.core.schedule.reading import read_schedule
from bot.core.schedule.rules import (
    AroundDay,
    Daily,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Rule,
    Weekly,
    Yearly,
)
from bot.core.schedule.saying import Said, in_words
from bot.core.schedule.schedules import Change, Once, Repeating, Schedule, from_json, to_json
from bot.core.schedule.when import parse_when
from bot.core.schedule.wording import WEEKDAYS

__all__ = [
    "BAND",
    "WEEKDAYS",
    "AroundDay",
    "Calendar",
    "Change",
    "Daily",
    "IfMissed",
    "MonthlyOnDay",
    "MonthlyOnWeekday",
    "NotASchedule",
    "NotATime",
    "Occurrence",
    "Once",
    "Repeating",
    "Rule",
    "Said",
    "Schedule",
    "Step",
    "Weekly",
    "Yearly",
    "from_json",
    "in_words",
    "instant",
    "next_step",
    "occurrence_named",
    "occurrences",
    "parse_when",
    "read_schedule",
    "to_json",
]
