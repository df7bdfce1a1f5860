"""Campaign files laid out on dates."""

import datetime as dt
from typing import Any

import pytest

from bot.adapters.content_files import Content
from bot.core.records import Campaign
from bot.core.schedule import Calendar
from bot.core.schedule.clock import wall
from bot.editorial.planning import KeptDays, Plan, Situation, Slot, laid_out
from tests.editorial.planned import ZONE, planned, situation
from tests.editorial.subjects import TODAY, lexicons, two
from tests.editorial.test_facts import campaign


def series(*posts: dict[str, Any], slots: tuple[str, ...] = ("18:00",), **fields: Any) -> Campaign:
    whole = [{"type": "fact", "headline": two("A head"), **post} for post in posts]
    texts = [
        {"text": two(f"Told on day {number}, and on no other than {number}"), **post}
        for number, post in enumerate(whole)
    ]
    window = {"days": 31, "slots": slots}
    return campaign(posts=tuple(texts), window=window, **{"kind": "alternative", **fields})


def lay(what: Campaign, start: str, plan: Plan | None = None) -> tuple[Slot, ...]:
    return laid_out(what, dt.date.fromisoformat(start), situation(), lexicons(), "@wazahat", plan)


def times(slots: tuple[Slot, ...]) -> list[str]:
    return [f"{wall(each.at, ZONE):%m-%d %H:%M}" for each in slots]


def test_posts_lie_on_their_days_and_in_their_slots() -> None:
    what = series({"day": 1}, {"day": 1, "slot": 2}, {"day": 3}, slots=("10:00", "18:00"))
    slots = lay(what, "2027-03-20")
    assert times(slots) == ["03-20 10:00", "03-20 18:00", "03-22 10:00"]
    assert [(each.number, each.moved, each.findings) for each in slots] == [
        (1, False, ()), (2, False, ()), (3, False, ())
    ]  # fmt: skip


def test_a_series_waits_out_a_day_of_remembrance_and_keeps_its_order() -> None:
    what = series(*({"day": day} for day in (1, 2, 4)))
    slots = lay(what, "2027-05-12")  # 12 and 13 May are days of remembrance
    assert times(slots) == ["05-14 18:00", "05-15 18:00", "05-16 18:00"]
    assert [each.moved for each in slots] == [True, True, True]
    assert times(lay(what, "2027-05-11")) == ["05-11 18:00", "05-14 18:00", "05-15 18:00"]


def test_a_gap_in_a_series_takes_up_the_wait() -> None:
    slots = lay(series({"day": 1}, {"day": 5}), "2027-05-13")
    assert times(slots) == ["05-14 18:00", "05-17 18:00"]
    assert [each.moved for each in slots] == [True, False]


def test_help_may_stay_on_such_a_day() -> None:
    assert times(lay(series({"day": 1, "type": "service"}), "2027-05-12")) == ["05-12 18:00"]


def test_no_series_runs_through_what_may_be_ashura() -> None:
    slots = lay(series({"day": 1, "type": "service"}), "2027-06-14")
    assert times(slots) == ["06-19 18:00"]


def test_a_quiet_hour_gives_way_to_the_nearest_that_is_not() -> None:
    for slot, at in (
        ("23:00", "22:15"),
        ("05:00", "07:00"),
        ("12:30", "12:30"),
        ("13:00", "12:30"),
    ):
        assert times(lay(series({"day": 1}, slots=(slot,)), "2027-03-19")) == [f"03-19 {at}"]
    [iftar] = lay(series({"day": 1}, slots=("18:30",)), "2027-02-20")
    assert iftar.moved
    assert iftar.findings == ()


def test_slots_are_judged_beside_each_other_and_beside_the_plan() -> None:
    close = series({"day": 1}, {"day": 1, "slot": 2}, slots=("10:00", "12:00"))
    assert [{e.rule for e in each.findings} for each in lay(close, "2027-03-20")] == [{"T4"}] * 2
    beside = Plan([planned("2027-03-20 17:00")])
    assert {e.rule for e in lay(series({"day": 1}), "2027-03-20", beside)[0].findings} == {"T4"}


def test_memorials_lie_on_their_days_of_the_year_and_stay_there() -> None:
    posts = (
        {"day": 1, "type": "memorial", "record": "quetta-hospital"},  # 8 August 2016
        {"day": 2, "type": "memorial"},
    )
    what = series(*posts, kind="commemoration", calendar="terrorism-victims-day")
    assert times(lay(what, "2027-08-09")) == ["08-08 18:00", "08-21 18:00"]
    assert [each.at.year for each in lay(what, "2027-08-09")] == [2028, 2027]
    assert not any(each.moved for each in lay(what, "2027-08-09"))


def test_a_campaign_tied_to_a_day_is_planned_in_time() -> None:
    what = series({"day": 1}, calendar="human-rights-day")
    assert [e.rule for e in lay(what, "2026-12-05")[0].findings] == []
    day_before = laid_out(
        what, dt.date(2026, 12, 5), situation(dt.date(2026, 12, 1)), lexicons(), "@wazahat"
    )
    assert [e.rule for e in day_before[0].findings] == ["T9"]


def test_a_campaign_about_groups_ends_on_something_else() -> None:
    dark = {"day": 1, "text": two("ISIS told one thing here and did another")}
    assert [e.rule for e in lay(series(dark), "2027-03-20")[-1].findings] == ["T7"]
    assert [e.rule for e in lay(series(dark, {"day": 2}), "2027-03-20")[-1].findings] == []


STARTS = {
    "baat-karo": "2027-10-08", "chaal-pehchano": "2026-11-26", "dekho-haqeeqat": "2027-08-03",
    "hamein-yaad-hai": "2027-01-01", "hum-banatay-hain": "2027-08-12", "humsaye": "2027-08-04",
    "paigham-ek-awaz": "2027-01-16", "pehle-jaanch": "2027-07-31", "phir-se-abaad": "2027-02-17",
    "rozana-roshni": "2027-02-09", "uski-awaz": "2027-11-25",
}  # fmt: skip


@pytest.mark.parametrize("name", STARTS)
def test_a_shipped_campaign_can_be_started_when_it_says(name: str, content: Content) -> None:
    """Nothing of it would be stopped that day, were its records reviewed by then."""
    what = content.library.records[name]
    assert isinstance(what, Campaign)
    now = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)
    known = Situation(content.library, KeptDays(Calendar(content.library.calendar), 2), ZONE, now)
    slots = laid_out(what, dt.date.fromisoformat(STARTS[name]), known, lexicons(), "@wazahat")
    assert len(slots) == len(what.posts)
    stopped = [e for each in slots for e in each.findings if e.severity == "error"]
    assert stopped == []
    assert {e.rule for each in slots for e in each.findings} <= {"S4", "T7"}
