"""The rules of planning: their table of examples, and what holds whatever is planned."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.library import Library
from bot.core.plan_rules import PlanRules
from bot.editorial import Finding
from bot.editorial.planning import PLAN_RULES, Plan, PlannedPost, judge_plan, stopping
from bot.editorial.planning.sunset import sunset
from tests.editorial.planned import held, judged, planned, situation
from tests.fakes.growth import MORE_THAN_IN_STEP, growth

TABLE = yaml.safe_load(Path(__file__).with_name("plans.yaml").read_text("utf8"))
NOT_OF_THE_POST = {"beside", "today", "confirmed", "held", "severity", "why", "note"}


def cases(which: str) -> list[object]:
    return [
        pytest.param(row["rule"], case, id=f"{row['rule']}-{number}")
        for row in TABLE
        for number, case in enumerate(row[which])
    ]


def findings(rule: str, case: dict[str, Any]) -> list[Finding]:
    post = planned(**{name: each for name, each in case.items() if name not in NOT_OF_THE_POST})
    others = [planned(**each) for each in case.get("beside", ())]
    known = situation(case.get("today", dt.date(2026, 11, 22)), case.get("confirmed"))
    if "held" in case:
        known = replace(known, library=held(case["held"]))
    return [each for each in judge_plan(post, Plan(others), known) if each.rule == rule]


@pytest.mark.parametrize(("rule", "case"), cases("catches"))
def test_caught(rule: str, case: dict[str, Any]) -> None:
    found = findings(rule, case)
    assert found
    assert {each.severity for each in found} == {case.get("severity", "warning")}
    assert any(case.get("why", "") in each.message for each in found)


@pytest.mark.parametrize(("rule", "case"), cases("leaves"))
def test_left_alone(rule: str, case: dict[str, Any]) -> None:
    assert findings(rule, case) == []


def test_every_rule_has_examples() -> None:
    assert {row["rule"] for row in TABLE} == {rule.id for rule in PLAN_RULES}
    assert all(row["catches"] and len(row["leaves"]) >= 2 for row in TABLE)


def test_errors_stop_a_sending_and_warnings_do_not() -> None:
    at_night = judged(planned("2027-03-20 23:00"))
    on_ashura = judged(planned("2027-06-16 23:00"))
    assert [each.rule for each in at_night] == ["T1"]
    assert stopping(at_night) == ()
    assert [each.rule for each in stopping(on_ashura)] == ["T1"]


def test_a_finding_says_when_and_why_and_how_to_mend_it() -> None:
    assert judged(planned("2027-03-20 23:00")) == (
        ("T1", "warning", ("at",), "2027-03-20 23:00",
         "an hour at which people are not to be disturbed: quiet hours, 22:30 to 07:00",
         "choose another hour", None),
    )  # fmt: skip


def test_editors_set_the_figures() -> None:
    post, other = planned("2027-03-20 18:00"), planned("2027-03-20 14:00")
    assert judged(post, other) == ()
    wider = replace(situation(), library=Library((), {}, plan_rules=PlanRules(spacing_hours=5)))
    assert [each.rule for each in judge_plan(post, Plan([other]), wider)] == ["T4"]


@pytest.mark.parametrize(
    ("day", "lat", "lon", "at"),
    [
        # Solar noon at 67.01 degrees east is at 7:32 UTC, at an equinox with 7.5 minutes more.
        (dt.date(2027, 3, 20), 24.86, 67.01, "13:44"),
        (dt.date(2027, 6, 21), 0.0, 0.0, "18:06"),
        (dt.date(2027, 6, 21), 51.48, 0.0, "20:21"),
        (dt.date(2027, 12, 21), 51.48, 0.0, "15:53"),
    ],
)
def test_the_sun_sets_when_it_does(day: dt.date, lat: float, lon: float, at: str) -> None:
    wanted = dt.datetime.fromisoformat(f"{day} {at}+00:00")
    assert abs(sunset(day, lat, lon) - wanted) <= dt.timedelta(minutes=3)


HOURS = st.datetimes(*map(dt.datetime.fromisoformat, ("2026-12-01", "2027-11-30")))
TYPES = st.sampled_from(["fact", "quiz", "memorial", "story", "service", "myth and why"])
POSTS = st.builds(
    lambda at, kind, number, campaign, repeats: planned(
        at, type=kind, id=number, text=f"Text {number % 5} of few", campaign=campaign,
        kind="counter" if campaign else None, group=number % 2 == 0,
        victims=["hazara"] if number % 3 else None, occurrence=str(at), repeats=repeats,
    ),
    HOURS, TYPES, st.integers(1, 30), st.sampled_from([None, "one", "two"]), st.booleans(),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(POSTS, st.lists(POSTS, max_size=12), st.randoms())
def test_the_order_of_what_is_planned_does_not_matter(
    post: PlannedPost, others: list[PlannedPost], random: Any
) -> None:
    unique = list({(each.id, each.occurrence): each for each in others}.values())
    before = judge_plan(post, Plan(unique), situation())
    random.shuffle(unique)
    assert judge_plan(post, Plan(unique), situation()) == before


@settings(max_examples=60, deadline=None)
@given(HOURS)
def test_a_post_moved_to_midmorning_is_not_at_a_quiet_hour(at: dt.datetime) -> None:
    def disturbing(post: PlannedPost) -> list[Finding]:
        return [each for each in judged(post) if "disturbed" in each.message]

    assert disturbing(planned(at.replace(hour=10))) == []
    assert disturbing(planned(at.replace(hour=3)))


@settings(max_examples=40, deadline=None)
@given(POSTS, st.lists(POSTS, max_size=8))
def test_what_goes_to_other_channels_matters_to_its_campaign_alone(
    post: PlannedPost, others: list[PlannedPost]
) -> None:
    elsewhere = Plan([replace(each, channel="@other") for each in others])
    alone = {each.rule for each in judge_plan(post, Plan(), situation())}
    assert {each.rule for each in judge_plan(post, elsewhere, situation())} <= alone | {"H8"}


@settings(max_examples=40, deadline=None)
@given(POSTS)
def test_a_post_is_not_in_its_own_way(post: PlannedPost) -> None:
    moved = replace(post, at=post.at + dt.timedelta(minutes=5))
    assert judge_plan(moved, Plan([post]), situation()) == judge_plan(moved, Plan(), situation())


def test_judging_one_post_does_not_grow_with_what_is_planned_elsewhere() -> None:
    def ready(count: int) -> Plan:
        start = dt.datetime.fromisoformat("2026-12-01 09:00")
        return Plan(
            planned(start + number // 50 * dt.timedelta(hours=12), channel=f"@c{number % 50}")
            for number in range(count)
        )

    few, many = ready(2_500), ready(10_000)
    post, known = planned("2026-12-20 15:00", channel="@c7"), situation()

    def judge(plan: Plan) -> None:
        for _ in range(50):
            judge_plan(post, plan, known)

    assert growth(lambda: judge(few), lambda: judge(many), rounds=5) < MORE_THAN_IN_STEP / 3
