"""When a post goes out, as a moderator writes it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.schedule import NotATime, parse_when

KARACHI, BERLIN, NEW_YORK = map(ZoneInfo, ("Asia/Karachi", "Europe/Berlin", "America/New_York"))
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize("text", ["now", " NOW ", "Now"])
def test_now_is_as_soon_as_it_is_approved(text: str) -> None:
    assert parse_when(text, NOON, KARACHI) is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("+10s", "2026-11-30 12:00:10"),
        ("+10m", "2026-11-30 12:10"),
        ("+ 2 H", "2026-11-30 14:00"),
        ("+3d", "2026-12-03 12:00"),
        ("18:00", "2026-11-30 13:00"),
        ("17:01", "2026-11-30 12:01"),
        ("17:00", "2026-12-01 12:00"),
        ("16:59", "2026-12-01 11:59"),
        ("9:05", "2026-12-01 04:05"),
        ("00:00", "2026-11-30 19:00"),
        ("2026-12-01 18:00", "2026-12-01 13:00"),
        ("2026-12-01  9:30", "2026-12-01 04:30"),
        ("2028-02-29 00:00", "2028-02-28 19:00"),
    ],
)
def test_what_is_written_is_read_in_the_zone_of_the_settings(text: str, due: str) -> None:
    assert parse_when(text, NOON, KARACHI) == datetime.fromisoformat(due).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "10m", "+10", "+m", "+-5m", "+1.5h", "+1w", "-5m", "+9999999m",
        "24:00", "25:00", "12:60", "1800", "18", "18:0", "18:00:00", "6pm", "18.00",
        "2026-13-01 10:00", "2026-02-30 10:00", "2026-12-01", "01-12-2026 10:00",
        "2026-12-01T10:00", "0000-00-00 00:00", "tomorrow 18:00", "now!", "+1m +1m",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_to_be_so(text: str) -> None:
    with pytest.raises(NotATime, match=r"^when\.unreadable$"):
        parse_when(text, NOON, KARACHI)


@pytest.mark.parametrize(
    "text", ["2026-11-30 17:00", "2026-11-30 16:59", "1999-01-01 00:00", "+0s", "0001-01-01 00:00"]
)
def test_a_time_that_is_over_is_refused(text: str) -> None:
    with pytest.raises(NotATime, match=r"^when\.past$"):
        parse_when(text, NOON, KARACHI)


@pytest.mark.parametrize("text", ["+732d", "+999999h", "2029-01-01 00:00", "9999-12-31 23:59"])
def test_a_time_too_far_off_is_refused(text: str) -> None:
    with pytest.raises(NotATime, match=r"^when\.far$"):
        parse_when(text, NOON, KARACHI)


def test_the_furthest_time_is_two_years_away() -> None:
    assert parse_when("+731d", NOON, KARACHI) == NOON + timedelta(days=731)


def test_the_result_has_the_zone_of_the_clock() -> None:
    due = parse_when("18:00", NOON, NEW_YORK)
    assert due is not None
    assert due.tzinfo is UTC
    assert due.hour == 23


@pytest.mark.parametrize(
    ("now", "text", "due"),
    [
        ("2026-03-28 12:00", "18:00", "2026-03-28 17:00"),  # the day before the clocks go on
        ("2026-03-28 18:00", "18:00", "2026-03-29 16:00"),  # over the change, and an hour less
        ("2026-03-29 00:30", "02:30", "2026-03-29 01:00"),  # does not exist: the first that does
        ("2026-10-24 22:00", "02:30", "2026-10-25 00:30"),  # happens twice: the first
        ("2026-10-24 18:00", "18:00", "2026-10-25 17:00"),  # over the change, and an hour more
    ],
)
def test_clock_changes_keep_the_time_on_the_wall(now: str, text: str, due: str) -> None:
    at, expected = (datetime.fromisoformat(each).replace(tzinfo=UTC) for each in (now, due))
    assert parse_when(text, at, BERLIN) == expected
