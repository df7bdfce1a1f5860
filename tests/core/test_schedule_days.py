"""Days of the calendar: when they are expected, and what an admin's confirmation does."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.core.records import CalendarDay, Text
from bot.core.schedule import (
    AroundDay,
    Calendar,
    Change,
    NotASchedule,
    Occurrence,
    Repeating,
    hijri,
    occurrences,
)

KARACHI = ZoneInfo("Asia/Karachi")
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NAME = Text(en="A day")
DAYS = {
    "ashura": CalendarDay(name=NAME, kind="religious", hijri_month=1, hijri_day=10),
    "eid-al-fitr": CalendarDay(
        name=NAME, kind="religious", hijri_month=10, hijri_day=1, predicted=date(2027, 3, 11)
    ),
    "year-end": CalendarDay(name=NAME, kind="religious", hijri_month=12, hijri_day=29),
    "pakistan-day": CalendarDay(name=NAME, kind="national", month=3, day=23),
    "leap-day": CalendarDay(name=NAME, kind="national", month=2, day=29),
    "easter": CalendarDay(name=NAME, kind="festival", predicted=date(2027, 3, 28)),
}
CALENDAR = Calendar(DAYS)


def days(text: str) -> list[date]:
    return [date.fromisoformat(each) for each in text.split()]


def deviations(listed: list[date], month: int, day: int) -> set[int]:
    """By how many days the nearest expected date misses each of them."""
    found = set()
    for each in listed:
        years = range(hijri.year_on(each) - 1, hijri.year_on(each) + 2)
        expected = (hijri.expected_date(year, month, day) for year in years)
        found.add(min(((each - other).days for other in expected), key=abs))
    return found


def test_the_eids_of_pakistan() -> None:
    """Both Eids from 2005 to 2025, as the Python library `holidays` lists them for Pakistan
    (https://github.com/vacanza/holidays, holidays/countries/pakistan.py, after timeanddate.com).
    """
    fitr = days(
        "2005-11-04 2006-10-24 2007-10-13 2008-10-02 2009-09-21 2010-09-10 2011-08-31 2012-08-19 "
        "2013-08-08 2014-07-29 2015-07-17 2016-07-06 2017-06-26 2018-06-16 2019-06-05 2020-05-24 "
        "2021-05-13 2022-05-03 2023-04-22 2024-04-10 2025-03-31"
    )
    adha = days(
        "2005-01-21 2006-01-10 2006-12-31 2007-12-20 2008-12-09 2009-11-28 2010-11-17 2011-11-07 "
        "2012-10-26 2013-10-15 2014-10-06 2015-09-24 2016-09-12 2017-09-02 2018-08-22 2019-08-12 "
        "2020-07-31 2021-07-21 2022-07-10 2023-06-29 2024-06-17 2025-06-07"
    )
    assert deviations(fitr, 10, 1) == deviations(adha, 12, 10) == {-1, 0, 1}


@pytest.mark.parametrize(
    ("announced", "year", "month", "day"),
    [
        # https://goonj.pk/zil-haj-moon-sighted-eid-al-adha-on-august-22_pakistan_39f97718-e4ca-4553-863d-2b2544e926fa_2018_2018-08-12t171426-029z_news/
        ("2018-08-22", 1439, 12, 10),
        # https://www.brecorder.com/news/40106375/pakistan-to-celebrate-eid-al-adha-on-july-21
        ("2021-07-21", 1442, 12, 10),
        # https://thefridaytimes.com/07-Jun-2024/pakistan-to-celebrate-eidul-adha-on-june-17-after-zil-hajj-moon-sighted
        ("2024-06-17", 1445, 12, 10),
    ],
)  # fmt: skip
def test_what_the_moon_sighting_committee_announced(
    announced: str, year: int, month: int, day: int
) -> None:
    """Dates that Pakistan's Central Ruet-e-Hilal Committee announced, by the press cited above."""
    expected = hijri.expected_date(year, month, day)
    assert abs(date.fromisoformat(announced) - expected) <= DAY


def test_the_new_years_of_umm_al_qura() -> None:
    """1 Muharram of 1440 to 1449 in the Umm al-Qura calendar of Saudi Arabia, from the table of
    the library `hijridate` (https://github.com/dralshehri/hijridate, src/hijridate/ummalqura.py).
    """
    new_years = days(
        "2018-09-11 2019-08-31 2020-08-20 2021-08-09 2022-07-30 2023-07-19 2024-07-07 2025-06-26 "
        "2026-06-16 2027-06-06"
    )
    for year, new_year in enumerate(new_years, 1440):
        assert abs(new_year - hijri.expected_date(year, 1, 1)) <= DAY


def test_the_reckoning_itself() -> None:
    """The lengths of the months are those of https://oeis.org/A057348, a cycle of 30 years."""
    firsts = [hijri.expected_date(y, m, 1) for y in range(1441, 1472) for m in range(1, 13)]
    lengths = [(after - before).days for before, after in pairwise(firsts)]
    leap = {2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29}
    for n, length in enumerate(lengths[:360]):
        year, month = divmod(n, 12)
        in_leap_year = month == 11 and year + 1 in leap
        assert length == (30 if month % 2 == 0 or in_leap_year else 29)
    assert sum(lengths[:360]) == 10631


def test_the_year_on_a_day_is_the_one_that_began_last() -> None:
    for year in range(1400, 1600):
        first = hijri.expected_date(year, 1, 1)
        assert (hijri.year_on(first - DAY), hijri.year_on(first)) == (year - 1, year)


def at_six(rule: AroundDay, **more: object) -> Repeating:
    start = datetime(2026, 11, 30, 17, 1)  # noqa: DTZ001 - on the wall
    return Repeating.model_validate(
        {"rule": rule, "times": (time(18),), "zone": KARACHI, "start": start, **more}
    )


def next_of(schedule: Repeating, calendar: Calendar, limit: int = 1) -> list[Occurrence]:
    return list(occurrences(schedule, calendar, NOW, limit=limit))


def test_a_hijri_day_is_only_expected_and_never_due() -> None:
    [found] = next_of(at_six(AroundDay(day="ashura")), CALENDAR)
    assert found == Occurrence(
        datetime(2027, 6, 15, 13, tzinfo=UTC), "ashura/1449 18:00", confirmed=False
    )
    assert found.due_at is None


def test_confirmation_gives_the_day_and_keeps_the_key() -> None:
    confirmed = Calendar(DAYS, {("ashura", 1449): date(2027, 6, 17)})
    sighted, later = next_of(at_six(AroundDay(day="ashura", days=-3)), confirmed, 2)
    assert sighted.due_at == datetime(2027, 6, 14, 13, tzinfo=UTC)
    assert sighted.key == "ashura/1449 18:00"
    assert (later.key, later.due_at) == ("ashura/1450 18:00", None)


def test_a_confirmation_far_from_the_expected_date_is_none() -> None:
    slip = Calendar(DAYS, {("ashura", 1449): date(2027, 7, 15)})
    [found] = next_of(at_six(AroundDay(day="ashura")), slip)
    assert found.due_at is None


def test_a_feast_cannot_be_confirmed_for_another_year() -> None:
    slip = Calendar(DAYS, {("easter", 2028): date(2027, 4, 16)})
    assert len(next_of(at_six(AroundDay(day="easter")), slip, 9)) == 1


def test_the_moon_can_carry_a_day_over_the_expected_new_year() -> None:
    expected = hijri.expected_date(1450, 1, 1) - DAY
    late = Calendar(DAYS, {("year-end", 1449): expected + 2 * DAY})
    new_year = datetime.combine(expected + DAY, time(), UTC)
    [found] = occurrences(at_six(AroundDay(day="year-end")), late, new_year, limit=1)
    assert found.key == "year-end/1449 18:00"


def test_the_date_that_the_editors_predict_comes_before_the_reckoning() -> None:
    this, next_year = next_of(at_six(AroundDay(day="eid-al-fitr")), CALENDAR, 2)
    assert this.at.date() == date(2027, 3, 11)
    assert next_year.at.date() == hijri.expected_date(1449, 10, 1) == date(2028, 2, 27)


def test_a_day_of_fixed_date_needs_no_confirmation() -> None:
    found = next_of(at_six(AroundDay(day="pakistan-day", days=-3)), CALENDAR, 2)
    assert [each.due_at for each in found] == [
        datetime(2027, 3, 20, 13, tzinfo=UTC),
        datetime(2028, 3, 20, 13, tzinfo=UTC),
    ]
    assert found[0].key == "pakistan-day/2027 18:00"


def test_a_leap_day_is_kept_on_the_28th_in_other_years() -> None:
    found = next_of(at_six(AroundDay(day="leap-day")), CALENDAR, 2)
    assert [each.at.date() for each in found] == days("2027-02-28 2028-02-29")


def test_a_movable_feast_is_known_as_far_as_somebody_dated_it() -> None:
    schedule = at_six(AroundDay(day="easter"))
    [predicted] = next_of(schedule, CALENDAR, 9)
    assert (predicted.at.date(), predicted.due_at) == (date(2027, 3, 28), None)
    dated = Calendar(DAYS, {("easter", year): day for year, day in EASTERS.items()})
    assert [each.due_at and each.due_at.date() for each in next_of(schedule, dated, 9)] == [
        *EASTERS.values()
    ]


EASTERS = {2027: date(2027, 3, 28), 2028: date(2028, 4, 16)}


def test_a_change_holds_through_confirmation_but_does_not_replace_it() -> None:
    to = datetime(2027, 6, 14, 10, tzinfo=UTC)
    moved = at_six(AroundDay(day="ashura"), changes=(Change(slot="ashura/1449 18:00", to=to),))
    [waiting] = next_of(moved, CALENDAR)
    assert (waiting.at, waiting.due_at) == (to, None)
    confirmed = Calendar(DAYS, {("ashura", 1449): date(2027, 6, 17)})
    settled, other = next_of(moved, confirmed, 2)
    assert settled.due_at == to
    assert other.key == "ashura/1450 18:00"


@pytest.mark.parametrize(
    ("day", "told", "year"),
    [
        ("ashura", "2027-06-15", 1449),
        ("ashura", "2027-06-17", 1449),
        ("ashura", "2027-06-13", 1449),
        ("ashura", "2028-06-05", 1450),
        ("easter", "2028-04-16", 2028),
    ],
)
def test_a_confirmation_is_about_the_nearest_year(day: str, told: str, year: int) -> None:
    assert CALENDAR.year_meant(day, date.fromisoformat(told)) == year


@pytest.mark.parametrize(
    ("day", "told", "key", "values"),
    [
        ("ashura", "2027-06-19", "schedule.other-date", {"expected": "2027-06-15"}),
        ("ashura", "2027-06-11", "schedule.other-date", {"expected": "2027-06-15"}),
        ("pakistan-day", "2027-03-23", "schedule.fixed-day", {"part": "pakistan-day"}),
        ("ashuraa", "2027-06-15", "schedule.unknown-day", {"nearest": "ashura"}),
    ],
)
def test_a_confirmation_that_can_mean_no_year_is_refused(
    day: str, told: str, key: str, values: dict[str, str]
) -> None:
    with pytest.raises(NotASchedule) as refused:
        CALENDAR.year_meant(day, date.fromisoformat(told))
    assert refused.value.key == key
    assert values.items() <= refused.value.values.items()


def test_a_day_that_the_calendar_lost_is_told() -> None:
    with pytest.raises(NotASchedule, match=r"^schedule\.unknown-day$"):
        next_of(at_six(AroundDay(day="gone")), CALENDAR)
