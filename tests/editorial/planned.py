"""Planned posts as the tables and the tests of planning write them."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from bot.adapters.content_files import load_content
from bot.core.library import Library
from bot.core.records import Text
from bot.core.schedule import Calendar, instant
from bot.editorial import Finding
from bot.editorial.planning import KeptDays, Plan, PlannedPost, Situation, judge_plan, sketch
from tests.conftest import CONTENT
from tests.editorial.subjects import SOURCES, TODAY, library

ZONE = ZoneInfo("Asia/Karachi")
_NUMBERS = count(1000)


@cache
def small() -> Library:
    """The small library of these tests, with the shipped calendar and rules."""
    shipped = load_content(CONTENT).library
    return Library(
        library().records.values(),
        SOURCES,
        calendar=shipped.calendar,
        lexicons=shipped.lexicons,
        plan_rules=shipped.plan_rules,
    )


def held(name: str) -> Library:
    """The same, with one record on hold."""
    known, why = small(), Text(en="Two sources disagree on the day.")
    records = {**known.records, name: known.records[name].model_copy(update={"on_hold": why})}
    return Library(
        records.values(),
        SOURCES,
        calendar=known.calendar,
        lexicons=known.lexicons,
        plan_rules=known.plan_rules,
    )


@cache
def _situation(today: dt.date, confirmed: tuple[tuple[str, dt.date], ...]) -> Situation:
    days = Calendar(small().calendar)
    sighted = {(name, days.year_meant(name, at)): at for name, at in confirmed}
    noon = instant(dt.datetime.combine(today, dt.time(0, 1)), ZONE)
    kept = KeptDays(Calendar(small().calendar, sighted), small().plan_rules.hijri_band)
    return Situation(small(), kept, ZONE, noon)


def situation(today: dt.date = TODAY, confirmed: Mapping[str, dt.date] | None = None) -> Situation:
    return _situation(today, tuple(sorted((confirmed or {}).items())))


def planned(at: str | dt.datetime, **fields: Any) -> PlannedPost:
    """`at` is on the wall in Karachi; every post has a number and a text of its own."""
    on_the_wall = dt.datetime.fromisoformat(at) if isinstance(at, str) else at
    number = fields.pop("id", None) or next(_NUMBERS)
    text = fields.pop("text", f"This is number {number} and no other {number}")
    victims = fields.pop("victims", None)
    given = {
        "channel": "@wazahat",
        "type": "fact",
        "names_group": fields.pop("group", False),
        "victims": frozenset(victims) if victims is not None else None,
        "variant_of": fields.pop("base", None),
        "is_outdated": fields.pop("outdated", False),
        "records": tuple(fields.pop("records", ())),
    }
    return PlannedPost(
        id=number, at=instant(on_the_wall, ZONE), wording=sketch(text), **(given | fields)
    )


def judged(post: PlannedPost, *others: PlannedPost, **facts: Any) -> tuple[Finding, ...]:
    return judge_plan(post, Plan(others), situation(**facts))
