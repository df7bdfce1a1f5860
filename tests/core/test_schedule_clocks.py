"""Wall-clock times where the clocks change, over the two years to come."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.core.schedule import Calendar, Daily, Repeating, instant, occurrences

FROM, TO = date(2026, 11, 30), date(2028, 11, 30)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
CHANGING = (
    "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/Los_Angeles",
    "America/New_York", "America/Nuuk", "America/Santiago", "America/St_Johns",
    "Antarctica/Troll", "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem", "Atlantic/Azores",
    "Australia/Lord_Howe", "Australia/Sydney", "Europe/Berlin", "Europe/Dublin",
    "Europe/Lisbon", "Europe/London", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Norfolk",
)  # fmt: skip
CONSTANT = ("Asia/Karachi", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tehran", "UTC")
TIMES = tuple(time(hour, minute) for hour in (0, 1, 2, 3, 12, 23) for minute in (0, 15, 30, 45))


def noons() -> list[datetime]:
    days = range((TO - FROM).days + 1)
    return [datetime.combine(FROM + n * DAY, time(12), UTC) for n in days]


def changes(zone: ZoneInfo) -> list[tuple[date, timedelta]]:
    """The days on which the clocks change, and by how much they go on."""
    local = [noon.astimezone(zone) for noon in noons()]
    steps = [
        (after.date(), (after.utcoffset() or MINUTE) - (before.utcoffset() or MINUTE))
        for before, after in pairwise(local)
    ]
    return [(day, step) for day, step in steps if step]


def first_not_before(wall: datetime, zone: ZoneInfo) -> datetime:
    """Found by looking at the clocks minute after minute."""
    about = wall.replace(tzinfo=UTC)
    offsets = [(about + n * DAY).astimezone(zone).utcoffset() or 0 * DAY for n in (-1, 0, 1)]
    moment = about - max(offsets) - MINUTE
    while moment.astimezone(zone).replace(tzinfo=None) < wall:
        moment += MINUTE
    return moment


@pytest.mark.parametrize("name", CHANGING)
def test_each_change_has_a_defined_outcome(name: str) -> None:
    zone = ZoneInfo(name)
    found = changes(zone)
    assert {step > timedelta() for _, step in found} == {True, False}  # both changes are there
    for day, _ in found:
        for at in (day - DAY, day, day + DAY):
            for each in TIMES:
                wall = datetime.combine(at, each)
                assert instant(wall, zone) == first_not_before(wall, zone), wall


@pytest.mark.parametrize("name", (*CHANGING, *CONSTANT))
def test_a_daily_time_comes_once_a_day_and_shows_on_the_clock(name: str) -> None:
    zone = ZoneInfo(name)
    days = {day + n * DAY for day, _ in changes(zone) for n in (-1, 0, 1)}
    for at in (time(0), time(0, 30), time(2, 30), time(18)):
        start = datetime.combine(FROM, time())
        schedule = Repeating(rule=Daily(), times=(at,), zone=zone, start=start, until=TO)
        found = list(occurrences(schedule, Calendar({}), datetime(2026, 1, 1, tzinfo=UTC)))
        assert len({each.key for each in found}) == len(found) == (TO - FROM).days + 1
        for each in found:
            planned, shown = datetime.fromisoformat(each.key), each.at.astimezone(zone)
            assert planned.time() == at
            assert shown.replace(tzinfo=None) == planned or shown.date() in days


@pytest.mark.parametrize("name", CONSTANT)
def test_zones_without_summer_time_have_no_change(name: str) -> None:
    assert changes(ZoneInfo(name)) == []


@pytest.mark.parametrize(
    ("zone", "wall", "moment"),
    [
        ("Africa/Cairo", "2027-04-30 00:00", "2027-04-29 22:00"),  # midnight is skipped
        ("Africa/Cairo", "2027-04-30 00:59", "2027-04-29 22:00"),
        ("Africa/Cairo", "2027-04-30 01:00", "2027-04-29 22:00"),
        ("Africa/Cairo", "2027-10-28 23:30", "2027-10-28 20:30"),  # comes twice
        ("America/Santiago", "2027-09-05 00:30", "2027-09-05 04:00"),
        ("Australia/Lord_Howe", "2027-10-03 02:15", "2027-10-02 15:30"),  # half an hour is skipped
        ("Australia/Lord_Howe", "2027-04-04 01:45", "2027-04-03 14:45"),  # and comes twice
        ("Europe/Berlin", "2027-03-28 02:30", "2027-03-28 01:00"),
        ("Europe/Berlin", "2027-10-31 02:30", "2027-10-31 00:30"),
        ("Europe/Dublin", "2027-03-28 01:30", "2027-03-28 01:00"),
        ("Asia/Karachi", "2027-03-28 02:30", "2027-03-27 21:30"),
        ("Pacific/Apia", "2011-12-30 18:00", "2011-12-30 10:00"),  # a whole day is skipped
    ],
)
def test_changes_worked_out_by_hand(zone: str, wall: str, moment: str) -> None:
    expected = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert instant(datetime.fromisoformat(wall), ZoneInfo(zone)) == expected
