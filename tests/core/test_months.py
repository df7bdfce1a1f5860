"""Months as they are written and turned, and where their days begin."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.months import Month, bounds


def test_a_month_is_read_as_it_is_written() -> None:
    month = Month.read("2027-02")
    assert month == (2027, 2) and str(month) == "2027-02"
    assert month is not None and (month.days[0], len(month.days)) == (date(2027, 2, 1), 28)


@pytest.mark.parametrize(
    "written", ["", "2027", "2027-13", "2027-00", "1999-12", "2199-01", "27-2"]
)
def test_what_is_no_month_is_none(written: str) -> None:
    assert Month.read(written) is None


def test_months_turn_over_the_year() -> None:
    assert Month(2026, 12).away(1) == (2027, 1)
    assert Month(2027, 1).away(-1) == (2026, 12)
    assert Month(2027, 1).away(-13) == (2025, 12)


def test_a_day_lasts_as_long_as_the_clocks_say() -> None:
    day = date(2027, 3, 28)
    spring = bounds(day, day, ZoneInfo("Europe/Berlin"))
    assert spring == (datetime(2027, 3, 27, 23, tzinfo=UTC), datetime(2027, 3, 28, 22, tzinfo=UTC))
