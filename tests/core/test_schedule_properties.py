"""What holds for every schedule, found out by trying many."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.schedule import (
    AroundDay,
    Calendar,
    Change,
    Daily,
    MonthlyOnDay,
    MonthlyOnWeekday,
    NotATime,
    Occurrence,
    Once,
    Repeating,
    Rule,
    Schedule,
    Weekly,
    Yearly,
    from_json,
    in_words,
    occurrences,
    read_schedule,
    to_json,
)
from tests.core.test_schedule_days import DAYS

ZONES = (
    "Africa/Cairo", "America/Santiago", "Asia/Beirut", "Asia/Karachi", "Australia/Lord_Howe",
    "Europe/Berlin", "Pacific/Chatham",
)  # fmt: skip
UNHURRIED = settings(deadline=None)
BEGIN, END = datetime(2026, 6, 1, tzinfo=UTC), datetime(2028, 4, 1, tzinfo=UTC)

weekdays = st.integers(0, 6)
rules: st.SearchStrategy[Rule] = st.one_of(
    st.just(Daily()),
    st.builds(
        Weekly,
        weekdays=st.lists(weekdays, min_size=1, max_size=3).map(tuple),
        every=st.integers(1, 5),
    ),
    st.builds(MonthlyOnDay, day=st.integers(1, 31)),
    st.builds(MonthlyOnWeekday, nth=st.sampled_from((1, 2, 3, 4, -1)), weekday=weekdays),
    st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda d: Yearly(month=d.month, day=d.day)),
    st.builds(AroundDay, day=st.sampled_from(sorted(DAYS)), days=st.integers(-40, 40)),
)
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
# Times in the small hours are drawn often: the clocks change then.
times = st.lists(minutes | st.builds(time, st.integers(0, 3)), min_size=1, max_size=3).map(tuple)
moments = st.datetimes(BEGIN.replace(tzinfo=None), END.replace(tzinfo=None)).map(
    lambda at: at.replace(tzinfo=UTC)
)
calendars = st.dictionaries(
    st.tuples(
        st.sampled_from(("ashura", "eid-al-fitr", "easter")),
        st.integers(1447, 1452) | st.just(2027),
    ),
    st.dates(date(2026, 6, 1), date(2030, 1, 1)),
).map(lambda confirmed: Calendar(DAYS, confirmed))


@st.composite
def unchanged(draw: st.DrawFn) -> Repeating:
    return Repeating(
        rule=draw(rules),
        times=draw(times),
        zone=ZoneInfo(draw(st.sampled_from(ZONES))),
        start=draw(moments).replace(tzinfo=None, second=0, microsecond=0),
        until=draw(st.none() | st.dates(date(2026, 9, 1), date(2028, 3, 1))),
        count=draw(st.none() | st.integers(1, 60)),
    )


@st.composite
def changed(draw: st.DrawFn) -> tuple[Repeating, Repeating, Calendar]:
    """A schedule, the same with some of its occurrences moved or dropped, and a calendar."""
    schedule, calendar = draw(unchanged()), draw(calendars)
    slots = [each.key for each in occurrences(schedule, calendar, BEGIN, limit=30)]
    picked = draw(st.lists(st.sampled_from(slots), unique=True, max_size=5)) if slots else []
    changes = tuple(Change(slot=slot, to=draw(st.none() | moments)) for slot in picked)
    return schedule, schedule.model_copy(update={"changes": changes}), calendar


schedules: st.SearchStrategy[Schedule] = st.one_of(
    st.builds(Once, at=moments, zone=st.sampled_from(ZONES).map(ZoneInfo)),
    changed().map(lambda made: Repeating.model_validate(dict(made[1]))),
)


def all_of(schedule: Schedule, calendar: Calendar) -> list[Occurrence]:
    return list(occurrences(schedule, calendar, BEGIN, until=END))


@UNHURRIED
@given(changed(), moments, moments)
def test_a_window_holds_just_what_falls_in_it(
    made: tuple[Repeating, Repeating, Calendar], one: datetime, other: datetime
) -> None:
    _, schedule, calendar = made
    after, until = sorted((one, other))
    found = list(occurrences(schedule, calendar, after, until=until))
    assert found == [each for each in all_of(schedule, calendar) if after < each.at <= until]


@UNHURRIED
@given(changed())
def test_moments_strictly_increase_and_keys_never_repeat(
    made: tuple[Repeating, Repeating, Calendar],
) -> None:
    _, schedule, calendar = made
    found = all_of(schedule, calendar)
    assert all(earlier.at < later.at for earlier, later in pairwise(found))
    assert len({each.key for each in found}) == len(found)


@UNHURRIED
@given(changed())
def test_changes_never_shift_the_others(made: tuple[Repeating, Repeating, Calendar]) -> None:
    plain, schedule, calendar = made
    slots = {change.slot for change in schedule.changes}
    taken = {change.to for change in schedule.changes}
    before, after = all_of(plain, calendar), all_of(schedule, calendar)
    others = {each for each in before if each.key not in slots}
    assert {each for each in others if each.at not in taken} <= set(after)
    # One that shared its moment with a changed one may come forth; there is no other newcomer.
    unseen = {each for each in after if each.key not in slots} - others
    assert {each.at for each in unseen} <= {each.at for each in before if each.key in slots}


@UNHURRIED
@given(changed())
def test_a_moved_one_comes_at_its_moment(made: tuple[Repeating, Repeating, Calendar]) -> None:
    _, schedule, calendar = made
    found = all_of(schedule, calendar)
    moments_of = {each.key: each.at for each in found}
    for change in schedule.changes:
        if change.to is None:
            assert change.slot not in moments_of
        elif change.to > BEGIN:
            assert change.to in {each.at for each in found}
            assert moments_of.get(change.slot, change.to) == change.to


@UNHURRIED
@given(unchanged(), calendars)
def test_the_key_is_the_time_on_the_wall(schedule: Repeating, calendar: Calendar) -> None:
    for each in all_of(schedule, calendar):
        at = time.fromisoformat(each.key[-5:])
        assert at in schedule.times
        shown = each.at.astimezone(schedule.zone)
        assert (
            timedelta()
            <= shown.replace(tzinfo=None) - datetime.combine(shown.date(), at)
            <= timedelta(hours=1)
        )


@UNHURRIED
@given(schedules)
def test_a_schedule_comes_back_from_its_text(schedule: Schedule) -> None:
    assert from_json(to_json(schedule)) == schedule
    assert to_json(from_json(to_json(schedule))) == to_json(schedule)


WORDS = (
    "now", "+10m", "daily", "every", "day", "2", "0", "weeks", "days", "week", "mon", "mon,thu",
    "mo", "monthly", "last", "2nd", "yearly", "05-13", "02-30", "before", "after", "on", "ashura",
    "easter", "at", "18:00", "9:00,18:00", "25:99", ":", ",", "until", "2027-01-31", "9999-12-31",
    "0001-01-01", "x5", "x", "۱۸:۰۰", "²",
)  # fmt: skip


@UNHURRIED
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=7).map(" ".join), moments)
def test_whatever_is_typed_is_read_or_refused(text: str, now: datetime) -> None:
    calendar = Calendar(DAYS)
    try:
        schedule = read_schedule(text, now, ZoneInfo("Asia/Karachi"), calendar)
    except NotATime:
        return
    if schedule is not None:
        assert next(occurrences(schedule, calendar, now)).at > now
        assert from_json(to_json(schedule)) == schedule
        assert in_words(schedule, calendar)
