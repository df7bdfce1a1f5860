"""What the rules say of posts: at the check, at submission, at approval, beside other posts."""

from dataclasses import replace

import pytest

from bot.commands.desk import Desk
from bot.core.library import Library
from bot.core.posts import Post, PostState, default_buttons
from bot.core.records import Text
from tests.fakes.people import AUTHOR, READER, REVIEWER, Chat, actions, buttons

TOLL = "43 people were killed at Safoora"


def post(desk: Desk, number: int = 1) -> Post:
    with desk.new_uow() as uow:
        found = uow.posts.get(number)
    assert found is not None
    return found


def test_an_announcement_is_submitted_with_a_way_to_who_we_are(say: Chat, desk: Desk) -> None:
    shown = say(AUTHOR, "/compose now | @channel | Our page is back")
    assert "/post 1 is in review" in shown.text and "Taken as an announcement" in shown.text
    assert post(desk).draft.type == "service"
    assert post(desk).draft.buttons == default_buttons("service", record=False)


@pytest.mark.parametrize("text", ["https://example.org/classes", "Join us: https://example.org/"])
def test_an_announcement_may_link_to_where_it_leads(text: str, say: Chat, desk: Desk) -> None:
    assert "is in review" in say(AUTHOR, f"/compose now | @channel | {text}").text
    assert post(desk).draft.type == "service"
    told = say(AUTHOR, f"/compose now | @channel | {TOLL}: https://example.org/report")
    assert "S1" in told.text and post(desk, 2).state is PostState.DRAFT


def test_reviewers_are_asked_in_one_language_whatever_the_author_reads(say: Chat) -> None:
    line = "/compose 2026-12-01 23:45 | @channel | Our page is back"
    english, urdu = say(AUTHOR, line), say(AUTHOR, line, "ur")
    [(_, told)], [(_, asked)] = english.notices, urdu.notices
    assert "not to be disturbed" in told.text and "not to be disturbed" not in urdu.text
    assert "not to be disturbed" in asked.text and "choose another hour" in asked.text


def test_a_record_brings_its_sources(say: Chat, desk: Desk) -> None:
    shown = say(AUTHOR, "/compose now | @channel | safoora-goth-2015")
    assert "Taken as an announcement" not in shown.text
    assert post(desk).draft.buttons == default_buttons("fact", record=True)


def test_a_fact_without_a_source_stays_in_draft_until_it_is_cited(say: Chat, desk: Desk) -> None:
    told = say(AUTHOR, f"/compose now | @channel | Our page is back. {TOLL}.")
    assert "S1" in told.text and TOLL in told.text and "[@source-id]" in told.text
    assert post(desk).state is PostState.DRAFT
    assert actions(told) == ["draft 1"]
    opened = say.press(AUTHOR, "draft 1")
    revision = post(desk).revision.number
    assert "Draft /post 1" in opened.text
    say.press(AUTHOR, f"draft 1 {revision} text {TOLL} [@aje-20150513] [@dawn-1258043].")
    assert post(desk).draft.type == "fact"
    assert "is in review" in say(AUTHOR, "/submit 1").text
    spans = [span for block in post(desk).draft.blocks for span in block.spans]
    assert [span.text for span in spans if span.url] == ["[1]", "[2]"]


def test_an_unknown_source_is_told_with_the_nearest(say: Chat) -> None:
    told = say(AUTHOR, f"/compose now | @channel | {TOLL} [@aje-20150531].")
    assert "no source" in told.text and "aje-20150513" in told.text
    assert "aje-20150513" in say(AUTHOR, f"/compose now | 1 | {TOLL} [@aje-20150531].", "ur").text


def test_a_clash_is_shown_in_the_draft_and_to_the_reviewer(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/compose 2026-12-01 18:00 | @channel | The first one")
    say(REVIEWER, "/approve 1")
    say(AUTHOR, "/compose")
    say.press(AUTHOR, "draft 2 1 text Something else altogether")
    say.press(AUTHOR, "draft 2 2 to @channel")
    shown = say.press(AUTHOR, "draft 2 3 time 2026-12-01 19:00")
    assert "T4" in shown.text and "60 minutes from post 1" in shown.text
    apart = say.press(AUTHOR, "draft 2 4 time 2026-12-01 21:00")
    assert "T4" not in apart.text
    say.press(AUTHOR, "draft 2 5 time 2026-12-01 18:05")
    [(_, notice)] = say(AUTHOR, "/submit 2").notices
    assert "collides with post 1" in notice.text and notice.text.endswith("altogether")
    done = say(REVIEWER, "/approve 2")
    assert "is approved" in done.text and "collides with post 1" in done.text
    with desk.new_uow() as uow:
        [entry] = [e for e in uow.audit.page("post 2", 0, 20) if e.what == "post.approved"]
    assert '"acknowledged":"T4"' in entry.details


def test_a_repeating_post_clashes_before_its_rows_are_planned(say: Chat) -> None:
    say(AUTHOR, "/compose daily 18:00 | @channel | Good evening")
    say(REVIEWER, "/approve 1")
    shown = say(AUTHOR, "/compose 2026-12-20 18:30 | @channel | Something else")
    assert "30 minutes from post 1" in shown.text


def test_posts_of_other_channels_are_no_clash(say: Chat) -> None:
    say(AUTHOR, "/compose 2026-12-01 18:00 | @other | The first one")
    say(REVIEWER, "/approve 1")
    assert "T4" not in say(AUTHOR, "/compose 2026-12-01 18:10 | @channel | Another one").text


def test_a_day_of_remembrance_refuses_a_fact_and_a_series_goes_on(say: Chat, desk: Desk) -> None:
    told = say(AUTHOR, "/compose 2026-12-16 18:00 | @channel | safoora-goth-2015")
    assert "T2" in told.text and post(desk).state is PostState.DRAFT
    shown = say(AUTHOR, "/compose daily 18:00 | @channel | safoora-goth-2015")
    assert post(desk, 2).state is PostState.REVIEW
    assert "⛔" not in shown.text
    weekly = say(AUTHOR, "/compose wed 18:00 | @channel | safoora-goth-2015")
    assert "⚠️ T2" in weekly.text and post(desk, 3).state is PostState.REVIEW


@pytest.fixture
def held(desk: Desk) -> Desk:
    """A desk whose record of Safoora is on hold."""
    known = desk.library
    why = Text(en="Two accounts disagree on the day.", ur="دو بیان دن پر متفق نہیں۔")
    record = known.records["safoora-goth-2015"].model_copy(update={"on_hold": why})
    library = Library(
        {**known.records, record.id: record}.values(),
        known.sources,
        calendar=known.calendar,
        lexicons=known.lexicons,
        plan_rules=known.plan_rules,
    )
    return replace(desk, library=library)


def test_a_record_on_hold_is_answered_with_a_word_and_used_by_no_post(held: Desk) -> None:
    say = Chat(held)
    line = "/compose now | @channel | safoora-goth-2015"
    told = say(AUTHOR, line)
    assert "S8" in told.text and "Two accounts disagree" in told.text
    assert post(held).state is PostState.DRAFT
    read = say(READER, "/attack safoora-goth-2015")
    assert "being checked" in read.text and "Two accounts disagree" in read.text
    assert "دو بیان دن پر" in say(READER, "/attack safoora-goth-2015", "ur").text


def test_what_became_wrong_in_review_is_refused_to_the_reviewer(desk: Desk, held: Desk) -> None:
    Chat(desk)(AUTHOR, "/compose now | @channel | safoora-goth-2015")
    told = Chat(held)(REVIEWER, "/approve 1")
    assert "S8" in told.text and post(held).state is PostState.REVIEW
    assert buttons(told) == []


def test_findings_speak_the_language_of_their_reader(say: Chat) -> None:
    told = say(AUTHOR, f"/compose now | @channel | {TOLL}.", "ur")
    assert "جملے کے اندر ماخذ کا حوالہ دیجیے" in told.text and TOLL in told.text
