"""Schedules: which days each rule names, how a series ends, what single changes do."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from bot.core.posts import GRACE
from bot.core.schedule import (
    AroundDay,
    Calendar,
    Change,
    Daily,
    IfMissed,
    MonthlyOnDay,
    MonthlyOnWeekday,
    Occurrence,
    Once,
    Repeating,
    Rule,
    Step,
    Weekly,
    Yearly,
    from_json,
    next_step,
    occurrences,
    to_json,
)
from tests.core.test_schedule_days import CALENDAR
from tests.fakes.growth import MORE_THAN_IN_STEP, growth

KARACHI, BERLIN = ZoneInfo("Asia/Karachi"), ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 11, 30)  # noqa: DTZ001 - on the wall
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def repeating(rule: Rule, *times: time, **more: object) -> Repeating:
    given = {"zone": KARACHI, "start": MONDAY, "times": times or (time(18),), **more}
    return Repeating.model_validate({"rule": rule, **given})


def keys(schedule: Repeating, limit: int = 4, after: datetime = LONG_AGO) -> list[str]:
    return [each.key for each in occurrences(schedule, CALENDAR, after, limit=limit)]


def dates(text: str) -> list[str]:
    return [f"{each} 18:00" for each in text.split()]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Daily(), "2026-11-30 2026-12-01 2026-12-02 2026-12-03"),
        (Weekly(weekdays=(3, 0)), "2026-11-30 2026-12-03 2026-12-07 2026-12-10"),
        (Weekly(weekdays=(6,)), "2026-12-06 2026-12-13 2026-12-20 2026-12-27"),
        (Weekly(weekdays=(0, 6), every=2), "2026-11-30 2026-12-06 2026-12-14 2026-12-20"),
        (MonthlyOnDay(day=1), "2026-12-01 2027-01-01 2027-02-01 2027-03-01"),
        (MonthlyOnDay(day=31), "2026-11-30 2026-12-31 2027-01-31 2027-02-28"),
        (MonthlyOnDay(day=29), "2026-12-29 2027-01-29 2027-02-28 2027-03-29"),
        (MonthlyOnWeekday(nth=1, weekday=1), "2026-12-01 2027-01-05 2027-02-02 2027-03-02"),
        (MonthlyOnWeekday(nth=3, weekday=4), "2026-12-18 2027-01-15 2027-02-19 2027-03-19"),
        (MonthlyOnWeekday(nth=-1, weekday=0), "2026-11-30 2026-12-28 2027-01-25 2027-02-22"),
        (MonthlyOnWeekday(nth=-1, weekday=6), "2027-01-31 2027-02-28 2027-03-28"),
        (Yearly(month=5, day=13), "2027-05-13 2028-05-13 2029-05-13 2030-05-13"),
        (Yearly(month=2, day=29), "2027-02-28 2028-02-29 2029-02-28 2030-02-28"),
    ],
    ids=str,
)
def test_the_days_of_each_rule(rule: Rule, expected: str) -> None:
    named = dates(expected)
    from_there = datetime.fromisoformat(f"{named[0]}+05:00") - timedelta(minutes=1)
    assert keys(repeating(rule), len(named), from_there) == named


def test_a_day_can_have_several_times() -> None:
    twice = repeating(Daily(), time(18), time(9), time(18))
    assert keys(twice, 3) == ["2026-11-30 09:00", "2026-11-30 18:00", "2026-12-01 09:00"]


def test_the_moment_is_that_of_the_zone() -> None:
    [found] = occurrences(repeating(Daily(), zone=BERLIN), CALENDAR, LONG_AGO, limit=1)
    assert (found.at, found.at.tzinfo) == (datetime(2026, 11, 30, 17, tzinfo=UTC), UTC)


def test_nothing_comes_before_the_start() -> None:
    late = repeating(Daily(), time(9), time(18), start=MONDAY.replace(hour=12))
    assert keys(late, 2) == ["2026-11-30 18:00", "2026-12-01 09:00"]


def test_the_last_day_is_part_of_the_series() -> None:
    assert keys(repeating(Daily(), until=date(2026, 12, 1))) == dates("2026-11-30 2026-12-01")


def test_a_count_ends_the_series_wherever_one_looks() -> None:
    three = repeating(Weekly(weekdays=(0,)), count=3)
    assert keys(three) == dates("2026-11-30 2026-12-07 2026-12-14")
    assert keys(three, after=datetime(2026, 12, 10, tzinfo=UTC)) == dates("2026-12-14")
    assert keys(three, after=datetime(2027, 1, 1, tzinfo=UTC)) == []


def test_adjoining_windows_share_nothing_and_miss_nothing() -> None:
    at = datetime(2026, 12, 1, 13, tzinfo=UTC)
    daily = repeating(Daily())
    until = [each.at for each in occurrences(daily, CALENDAR, LONG_AGO, until=at)]
    [after] = occurrences(daily, CALENDAR, at, limit=1)
    assert (until[-1], after.at) == (at, at + timedelta(days=1))


def test_once_is_a_single_occurrence() -> None:
    at = datetime(2026, 12, 1, 13, tzinfo=UTC)
    once = Once(at=at, zone=KARACHI)
    assert [*occurrences(once, CALENDAR, LONG_AGO)] == [Occurrence(at, "2026-12-01 18:00")]
    assert [*occurrences(once, CALENDAR, at)] == []


def test_one_can_be_dropped_or_moved_and_the_others_stay() -> None:
    drop = Change(slot="2026-12-01 18:00")
    forward = Change(slot="2026-12-02 18:00", to=datetime(2026, 12, 5, 10, tzinfo=UTC))
    back = Change(slot="2026-12-20 18:00", to=datetime(2026, 12, 3, 12, tzinfo=UTC))
    changed = repeating(Daily(), changes=(forward, back, drop))
    assert keys(changed, 5) == dates("2026-11-30 2026-12-20 2026-12-03 2026-12-04 2026-12-02")
    assert keys(repeating(Daily(), changes=(drop, back), count=3), 9) == dates(
        "2026-11-30 2026-12-02"
    )


def test_a_change_of_what_is_no_longer_in_the_series_does_nothing() -> None:
    to = datetime(2026, 12, 1, 10, tzinfo=UTC)
    foreign = ("2026-12-01 17:00", "2026-11-29 18:00", "2026-12-04 18:00", "ashura/1449 18:00")
    stale = tuple(Change(slot=slot, to=to) for slot in (*foreign, "2026-02-30 18:00"))
    assert keys(repeating(Daily(), changes=stale, until=date(2026, 12, 2))) == dates(
        "2026-11-30 2026-12-01 2026-12-02"
    )


def test_two_at_the_same_moment_are_one() -> None:
    day = datetime(2027, 3, 28, tzinfo=UTC)
    skipped = repeating(Daily(), time(2, 15), time(2, 45), time(3), zone=BERLIN)
    found = occurrences(skipped, CALENDAR, day, until=day.replace(hour=12))
    assert [*found] == [Occurrence(day.replace(hour=1), "2027-03-28 02:15")]
    onto = Change(slot="2026-12-05 18:00", to=datetime(2026, 12, 1, 13, tzinfo=UTC))
    assert keys(repeating(Daily(), changes=(onto,)), 3) == dates("2026-11-30 2026-12-01 2026-12-02")


def test_an_endless_series_ends_with_the_last_day_that_is_planned() -> None:
    far = datetime(2199, 12, 29, tzinfo=UTC)
    assert keys(repeating(Daily()), 9, far) == dates("2199-12-29 2199-12-30 2199-12-31")


EVERY_KIND = pytest.mark.parametrize(
    "rule",
    [
        Daily(),
        Weekly(weekdays=(0, 3), every=3),
        MonthlyOnDay(day=31),
        MonthlyOnWeekday(nth=-1, weekday=4),
        Yearly(month=2, day=29),
        AroundDay(day="ashura", days=-40),
        AroundDay(day="pakistan-day", days=40),
    ],
    ids=str,
)


@EVERY_KIND
def test_the_same_come_whenever_one_begins_to_look(rule: Rule) -> None:
    schedule, end = repeating(rule), datetime(2028, 1, 1, tzinfo=UTC)
    known = list(occurrences(schedule, CALENDAR, LONG_AGO, until=end))
    for n in range(0, 400, 4):
        after = datetime(2026, 11, 29, 12, tzinfo=UTC) + timedelta(days=n)
        found = list(occurrences(schedule, CALENDAR, after, until=end))
        assert found == [each for each in known if each.at > after]


@EVERY_KIND
def test_a_far_year_costs_no_more_than_the_first(rule: Rule) -> None:
    schedule = repeating(rule)

    def ask(year: int) -> None:
        for month in range(1, 13):
            after = datetime(year, month, 1, tzinfo=UTC)
            assert len([*occurrences(schedule, CALENDAR, after, limit=3)]) == 3

    assert growth(lambda: ask(2027), lambda: ask(2107)) < MORE_THAN_IN_STEP


@pytest.mark.parametrize(
    "wrong",
    [
        {"times": ()},
        {"times": (time(18, 0, 1),)},
        {"times": (time(18, tzinfo=UTC),)},
        {"start": datetime(2026, 11, 30, tzinfo=UTC)},
        {"count": 0},
        {"count": 1001},
        {"zone": "Asia/Atlantis"},
        {"changes": (Change(slot="2026-12-01 18:00"), Change(slot="2026-12-01 18:00"))},
        {"rule": {"kind": "yearly", "month": 4, "day": 31}},
        {"rule": {"kind": "weekly", "weekdays": ()}},
        {"rule": {"kind": "hourly"}},
    ],
    ids=str,
)
def test_what_is_no_schedule_cannot_be_made(wrong: Mapping[str, object]) -> None:
    right = {"rule": Daily(), "times": (time(18),), "zone": KARACHI, "start": MONDAY}
    with pytest.raises(ValidationError):
        Repeating.model_validate({**right, **wrong})


def test_equal_schedules_have_the_same_text() -> None:
    first, second = Change(slot="2026-12-01 18:00"), Change(slot="2026-12-02 18:00")
    one = repeating(Weekly(weekdays=(0, 3)), time(9), time(18), changes=(first, second))
    other = repeating(Weekly(weekdays=(3, 0, 3)), time(18), time(9), changes=(second, first))
    assert one == other
    assert to_json(one) == to_json(other)
    there = datetime.fromisoformat("2026-12-01T18:00+05:00")
    assert to_json(Once(at=there, zone=KARACHI)) == to_json(
        Once(at=there.astimezone(UTC), zone=KARACHI)
    )


def test_the_text_in_the_database() -> None:
    text = (
        '{"kind":"repeating","rule":{"kind":"weekly","weekdays":[0,3],"every":1},'
        '"times":["18:00:00"],"zone":"Asia/Karachi","start":"2026-11-30T00:00:00","until":null,'
        '"count":5,"changes":[{"slot":"2026-12-03 18:00","to":"2026-12-04T13:00:00Z"}]}'
    )
    moved = Change(slot="2026-12-03 18:00", to=datetime(2026, 12, 4, 13, tzinfo=UTC))
    schedule = repeating(Weekly(weekdays=(0, 3)), count=5, changes=(moved,))
    assert to_json(schedule) == text
    assert from_json(text) == schedule


DUE = Occurrence(datetime(2026, 12, 1, 13, tzinfo=UTC), "2026-12-01 18:00")


@pytest.mark.parametrize(
    ("late", "steps"),
    [
        ({"seconds": -1}, "wait wait wait"),
        ({"seconds": 0}, "send send send"),
        ({"minutes": 1}, "send send send"),
        ({"minutes": 1, "seconds": 1}, "send skip ask"),
        ({"minutes": 30}, "send skip ask"),
        ({"minutes": 30, "seconds": 1}, "skip skip ask"),
        ({"days": 40}, "skip skip ask"),
    ],
    ids=str,
)
def test_what_becomes_of_a_late_one_is_the_choice_of_its_author(
    late: dict[str, float], steps: str
) -> None:
    now = DUE.at + timedelta(**late)
    assert [next_step(DUE, policy, now, GRACE) for policy in IfMissed] == steps.split()


@pytest.mark.parametrize("policy", IfMissed)
def test_what_nobody_has_confirmed_waits_for_ever(policy: IfMissed) -> None:
    waiting = Occurrence(DUE.at, "ashura/1448 18:00", confirmed=False)
    assert next_step(waiting, policy, DUE.at + timedelta(days=9), GRACE) is Step.WAIT


def test_without_a_calendar_dated_rules_do_as_well() -> None:
    found = occurrences(repeating(Daily()), Calendar({}), LONG_AGO, limit=1)
    assert [each.key for each in found] == dates("2026-11-30")
