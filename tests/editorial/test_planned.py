"""Posts of the life cycle as the rules of planning read them."""

import datetime as dt
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.library import Library
from bot.core.posts import Draft, Post, PostState, Revision
from bot.core.replies import Block, Span
from bot.core.schedule import Calendar, Daily, Repeating
from bot.editorial import Going, PlanJudge, Planned
from bot.editorial.planning import Plan, PlannedPost, judge_plan
from tests.editorial.planned import held, situation, small
from tests.fakes.clock import NOON

AUTHOR = "telegram:2001"


def post(
    number: int = 1, revision: int = 1, text: str = "A market reopened.", **fields: Any
) -> Post:
    draft = Draft(blocks=(Block((Span(text),)),), targets=("@wazahat",), **fields)
    written = Revision(revision, AUTHOR, NOON, draft)
    return Post(number, AUTHOR, PostState.SCHEDULED, NOON, written, frozenset({AUTHOR}))


def read(what: Post, at: dt.datetime = NOON, **more: Any) -> PlannedPost:
    return Planned()(Going(what, "@wazahat", at, **more), small())


def test_what_a_text_names_and_tells_of() -> None:
    assert not read(post()).names_group
    assert read(post(text="داعش نے کہا")).names_group
    assert read(post()).victims is None
    assert read(post(record_id="quetta-hospital")).victims == frozenset()
    assert read(post(record_id="quetta-hospital")).records == ("quetta-hospital",)


def test_what_repeats_is_known_by_its_schedule() -> None:
    start = dt.datetime.fromisoformat("2026-12-01 09:00")
    daily = Repeating(rule=Daily(), times=(dt.time(9),), zone=ZoneInfo("Asia/Karachi"), start=start)
    assert not read(post()).repeats
    first = read(post(schedule=daily), occurrence="2026-12-01 09:00")
    second = read(post(schedule=daily), NOON + dt.timedelta(days=1), occurrence="2026-12-02 09:00")
    assert first.repeats
    assert {each.rule for each in judge_plan(second, Plan([first]), situation())} == {"T5"}


def test_a_translation_knows_whether_its_text_has_changed() -> None:
    urdu = post(2, language="ur", variant_of=1, based_on_revision=3)
    assert not read(urdu, base=post(revision=3)).is_outdated
    assert read(urdu, base=post(revision=4)).is_outdated


def test_a_new_revision_is_read_anew() -> None:
    planned = Planned()
    old, new = post(), post(revision=2, text="ISIS said so.")
    assert not planned(Going(old, "@wazahat", NOON), small()).names_group
    assert planned(Going(new, "@wazahat", NOON), small()).names_group


def test_the_two_languages_of_a_post_do_not_collide() -> None:
    english = read(post())
    urdu = read(
        post(2, text="بازار پھر کھل گیا۔", language="ur", variant_of=1, based_on_revision=1)
    )
    other = read(post(3, text="Something else of the day"))
    assert judge_plan(urdu, Plan([english]), situation()) == ()
    assert {e.rule for e in judge_plan(replace(urdu, id=4), Plan([other]), situation())} == {"T4"}


def test_a_post_is_judged_as_it_stands_when_it_is_to_be_sent() -> None:
    judge = PlanJudge(ZoneInfo("Asia/Karachi"))
    calendar = Calendar(small().calendar)

    def rules(going: Going, *others: Going, known: Library | None = None) -> list[str]:
        library, planned = known or small(), Planned()
        plan = Plan(planned(each, library) for each in others)
        return [e.rule for e in judge(planned(going, library), plan, library, calendar, NOON)]

    quiz = Going(post(1, text="Who hurries you?", type="quiz"), "@wazahat", NOON)
    memorial = Going(post(2, type="memorial"), "@wazahat", NOON - dt.timedelta(hours=6))
    assert rules(quiz) == []
    assert rules(quiz, quiz) == []
    assert rules(quiz, memorial) == ["T2"]
    told = Going(post(3, record_id="isis"), "@wazahat", NOON)
    assert rules(told) == []
    assert rules(told, known=held("isis")) == ["S8"]


def test_an_admins_confirmation_of_a_day_counts_at_once() -> None:
    judge = PlanJudge(ZoneInfo("Asia/Karachi"))
    at = dt.datetime(2027, 6, 17, 12, tzinfo=dt.UTC)
    going, days = Going(post(), "@wazahat", at), small().calendar
    year = Calendar(days).year_meant("ashura", at.date())
    for confirmed, severity in (({}, "warning"), ({("ashura", year): at.date()}, "error")):
        post_ = Planned()(going, small())
        found = judge(post_, Plan(), small(), Calendar(days, confirmed), NOON)
        assert [(each.rule, each.severity) for each in found] == [("T1", severity)]
