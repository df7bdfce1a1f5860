"""Schedules as moderators write them, and as they are said back."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.records import Text
from bot.core.schedule import (
    AroundDay,
    Change,
    Daily,
    MonthlyOnDay,
    MonthlyOnWeekday,
    NotASchedule,
    NotATime,
    Once,
    Repeating,
    Rule,
    Said,
    Weekly,
    Yearly,
    in_words,
    occurrences,
    read_schedule,
)
from tests.core.test_schedule_days import CALENDAR, NAME

KARACHI = ZoneInfo("Asia/Karachi")
NOON = datetime(2026, 11, 30, 12, 0, 30, tzinfo=UTC)
"""A Monday, five in the afternoon in Karachi."""


def read(text: str, now: datetime = NOON) -> Repeating:
    schedule = read_schedule(text, now, KARACHI, CALENDAR)
    assert isinstance(schedule, Repeating)
    return schedule


def next_three(text: str) -> list[str]:
    found = occurrences(read(text), CALENDAR, NOON, limit=3)
    return [f"{each.at.astimezone(KARACHI):%Y-%m-%d %H:%M}" for each in found]


def test_now_is_no_schedule() -> None:
    assert read_schedule(" Now", NOON, KARACHI, CALENDAR) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("+10m", "2026-11-30 12:10:30"),
        ("18:00", "2026-11-30 13:00"),
        ("2026-12-01 18:00", "2026-12-01 13:00"),
    ],
)
def test_a_single_moment_is_read_as_ever(text: str, at: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert read_schedule(text, NOON, KARACHI, CALENDAR) == Once(at=moment, zone=KARACHI)


@pytest.mark.parametrize(
    ("text", "rule", "times"),
    [
        ("daily 09:00", Daily(), "09:00"),
        ("Every day at 9:00, 18:00", Daily(), "09:00 18:00"),
        ("daily", Daily(), "09:00"),
        ("mon,thu 18:00", Weekly(weekdays=(0, 3)), "18:00"),
        ("Thursday , mon 18:00", Weekly(weekdays=(0, 3)), "18:00"),
        ("every fri 18:00", Weekly(weekdays=(4,)), "18:00"),
        ("weekly tues,wednesday 18:00", Weekly(weekdays=(1, 2)), "18:00"),
        ("every 2 weeks mon 18:00", Weekly(weekdays=(0,), every=2), "18:00"),
        ("every 1 week on sat,sun 18:00", Weekly(weekdays=(5, 6)), "18:00"),
        ("monthly 1 09:00", MonthlyOnDay(day=1), "09:00"),
        ("monthly last 09:00", MonthlyOnDay(day=31), "09:00"),
        ("monthly 2nd fri 09:00", MonthlyOnWeekday(nth=2, weekday=4), "09:00"),
        ("monthly last sunday 09:00", MonthlyOnWeekday(nth=-1, weekday=6), "09:00"),
        ("yearly 05-13", Yearly(month=5, day=13), "09:00"),
        ("yearly 02-29 18:30", Yearly(month=2, day=29), "18:30"),
        ("on ashura 18:00", AroundDay(day="ashura"), "18:00"),
        ("3 days before ashura 18:00", AroundDay(day="ashura", days=-3), "18:00"),
        ("1 day after pakistan-day", AroundDay(day="pakistan-day", days=1), "09:00"),
    ],
)
def test_the_forms(text: str, rule: Rule, times: str) -> None:
    schedule = read(text)
    assert schedule.rule == rule
    assert [f"{at:%H:%M}" for at in schedule.times] == times.split()
    assert (schedule.until, schedule.count, schedule.zone) == (None, None, KARACHI)


@pytest.mark.parametrize(
    ("text", "until", "count"),
    [
        ("daily 09:00 until 2027-01-31", date(2027, 1, 31), None),
        ("daily x5", None, 5),
        ("mon 18:00 x 5", None, 5),
        ("mon 18:00 X1000 until 2030-01-01", date(2030, 1, 1), 1000),
        ("on ashura until 2028-01-01 x2", date(2028, 1, 1), 2),
    ],
)
def test_the_end(text: str, until: date | None, count: int | None) -> None:
    assert (read(text).until, read(text).count) == (until, count)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("daily 18:00", "2026-11-30 18:00, 2026-12-01 18:00, 2026-12-02 18:00"),
        ("daily 17:01", "2026-11-30 17:01, 2026-12-01 17:01, 2026-12-02 17:01"),
        ("daily 17:00", "2026-12-01 17:00, 2026-12-02 17:00, 2026-12-03 17:00"),
        ("daily 09:00,18:00 x2", "2026-11-30 18:00, 2026-12-01 09:00"),
        ("daily 17:00 x2", "2026-12-01 17:00, 2026-12-02 17:00"),
        ("mon 09:00,18:00 x2", "2026-11-30 18:00, 2026-12-07 09:00"),
        ("mon,thu 17:00", "2026-12-03 17:00, 2026-12-07 17:00, 2026-12-10 17:00"),
        ("every 2 weeks mon 18:00", "2026-11-30 18:00, 2026-12-14 18:00, 2026-12-28 18:00"),
        ("every 2 weeks mon 09:00", "2026-12-07 09:00, 2026-12-21 09:00, 2027-01-04 09:00"),
        ("every 3 weeks sun 09:00 x2", "2026-12-06 09:00, 2026-12-27 09:00"),
        ("monthly 31 09:00", "2026-12-31 09:00, 2027-01-31 09:00, 2027-02-28 09:00"),
        ("yearly 11-30 x2", "2027-11-30 09:00, 2028-11-30 09:00"),
        ("3 days before ashura 18:00 x1", "2027-06-12 18:00"),
    ],
)
def test_what_is_written_falls_due_when_it_should(text: str, expected: str) -> None:
    assert next_three(text) == expected.split(", ")


@pytest.mark.parametrize(
    ("text", "key", "values"),
    [
        ("daily 25:00", "schedule.time", {"part": "25:00"}),
        ("daily 09:00,9:5", "schedule.time", {"part": "9:5"}),
        ("mon,thx 18:00", "schedule.weekday", {"part": "thx"}),
        ("mon,t 18:00", "schedule.weekday", {"part": "t"}),
        ("mondey 18:00", "schedule.weekday", {"part": "mondey"}),
        ("every 2 weeks 18:00,19:00", "when.unreadable", {}),
        ("every 2 weeks maandag 18:00", "schedule.weekday", {"part": "maandag"}),
        ("every 0 weeks mon 18:00", "schedule.number", {"part": "0", "most": "52"}),
        ("every 53 weeks mon 18:00", "schedule.number", {"part": "53", "most": "52"}),
        ("monthly 32 09:00", "schedule.number", {"part": "32", "most": "31"}),
        ("monthly fifth fri 09:00", "schedule.nth", {"part": "fifth"}),
        ("monthly 5th fri 09:00", "schedule.nth", {"part": "5th"}),
        ("monthly last xyz 09:00", "schedule.weekday", {"part": "xyz"}),
        ("yearly 13-05", "schedule.day-of-year", {"part": "13-05"}),
        ("yearly 04-31 09:00", "schedule.day-of-year", {"part": "04-31"}),
        ("181 days after ashura", "schedule.number", {"part": "181", "most": "180"}),
        ("9999999 days after ashura", "schedule.number", {"part": "9999999"}),
        ("on ashurah 18:00", "schedule.unknown-day", {"part": "ashurah", "nearest": "ashura"}),
        ("on muharram-ashura", "schedule.unknown-day", {"nearest": "ashura"}),
        ("2 days before xmas", "schedule.unknown-day", {"part": "xmas", "nearest": "–"}),
        ("daily until tomorrow", "schedule.date", {"part": "tomorrow"}),
        ("daily until 2027-02-29", "schedule.date", {"part": "2027-02-29"}),
        ("daily x0", "schedule.count", {"part": "x0", "most": "1000"}),
        ("daily x1001", "schedule.count", {"part": "x1001", "most": "1000"}),
        ("Daily until 2026-11-29", "schedule.never", {"part": "Daily until 2026-11-29"}),
        ("every 2 weeks mon until 2026-11-29", "schedule.never", {}),
        ("180 days before easter", "schedule.never", {"part": "180 days before easter"}),
        ("18:00 x5", "when.unreadable", {}),
        ("daily x5 x6", "when.unreadable", {}),
        ("daily until 2027-01-01 until 2027-02-01", "when.unreadable", {}),
        ("daily 9", "when.unreadable", {}),
        ("now until 2027-01-01", "when.unreadable", {}),
        ("soon", "when.unreadable", {}),
        ("on -ashura", "when.unreadable", {}),
        ("", "when.unreadable", {}),
        ("2026-11-29 18:00", "when.past", {}),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, key: str, values: dict[str, str]) -> None:
    with pytest.raises(NotATime) as refused:
        read_schedule(text, NOON, KARACHI, CALENDAR)
    assert str(refused.value) == refused.value.key == key
    assert values.items() <= refused.value.values.items()
    assert isinstance(refused.value, NotASchedule) == key.startswith("schedule.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("daily 9:00,18:00", Said("schedule.daily", {"times": ("09:00", "18:00")})),
        (
            "mon,fri",
            Said(
                "schedule.weekly",
                {
                    "n": 1,
                    "weekdays": (Said("weekday.monday"), Said("weekday.friday")),
                    "times": ("09:00",),
                },
            ),
        ),
        (
            "every 2 weeks sun",
            Said(
                "schedule.every-weeks",
                {"n": 2, "weekdays": (Said("weekday.sunday"),), "times": ("09:00",)},
            ),
        ),
        ("monthly 30", Said("schedule.monthly", {"day": 30, "times": ("09:00",)})),
        ("monthly 31", Said("schedule.month-end", {"times": ("09:00",)})),
        (
            "monthly last fri",
            Said(
                "schedule.monthly-weekday",
                {
                    "nth": Said("schedule.nth.last"),
                    "weekday": Said("weekday.friday"),
                    "times": ("09:00",),
                },
            ),
        ),
        (
            "yearly 05-13",
            Said("schedule.yearly", {"day": 13, "month": Said("month.5"), "times": ("09:00",)}),
        ),
    ],
)
def test_a_rule_in_words(text: str, said: Said) -> None:
    assert in_words(read(text), CALENDAR) == (said,)


@pytest.mark.parametrize(
    ("text", "key", "n"),
    [
        ("on ashura", "schedule.on-day", 0),
        ("3 days before ashura", "schedule.before-day", 3),
        ("1 day after ashura", "schedule.after-day", 1),
    ],
)
def test_a_day_of_the_calendar_is_said_by_its_name(text: str, key: str, n: int) -> None:
    [said] = in_words(read(text), CALENDAR)
    assert (said.key, said.values["n"], said.values["day"]) == (key, n, NAME)
    assert isinstance(said.values["day"], Text)


def test_the_end_and_the_changes_follow() -> None:
    changes = tuple(Change(slot=f"2026-12-0{day} 18:00") for day in (1, 2))
    schedule = read("daily 18:00 until 2027-01-31 x5").model_copy(update={"changes": changes})
    assert in_words(schedule, CALENDAR)[1:] == (
        Said("schedule.until", {"date": date(2027, 1, 31)}),
        Said("schedule.counted", {"n": 5}),
        Said("schedule.changed", {"n": 2}),
    )


def test_a_single_moment_is_said_as_such() -> None:
    once = Once(at=NOON, zone=KARACHI)
    assert in_words(once, CALENDAR) == (Said("schedule.once", {"when": NOON}),)
