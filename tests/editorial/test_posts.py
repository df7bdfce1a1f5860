"""The lint of whole posts: spans to be marked, facts beside the text, waivers, drafts of chats."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from bot.adapters.content_files import Content
from bot.core.library import Library
from bot.core.posts import Draft, Uploaded
from bot.core.records import Campaign, Hashtag, Quiz, Source
from bot.core.replies import Block, Span
from bot.editorial import (
    DraftLint,
    Finding,
    PostFacts,
    Wording,
    WrittenPost,
    lint_post,
)
from tests.editorial.subjects import SOURCES, TODAY, lexicons, library, narrative

CITED = "Courts recorded what was done there [@a]."


def post(**fields: Any) -> WrittenPost:
    english = Wording(**fields.pop("en", {"text": CITED}))
    wordings = {"en": english} | ({"ur": Wording(**fields.pop("ur"))} if "ur" in fields else {})
    return WrittenPost(**{"type": "fact", "wordings": wordings, **fields})


def judged(what: WrittenPost, within: Library | None = None) -> tuple[Finding, ...]:
    return lint_post(what, within or library(), lexicons(), TODAY)


def severities(rule: str, what: WrittenPost, within: Library | None = None) -> list[str]:
    return [each.severity for each in judged(what, within) if each.rule == rule]


def test_a_sound_post_has_no_findings() -> None:
    assert judged(post()) == ()


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        ({"text": CITED, "headline": "The dogs of that year"}, ("headline", "en")),
        ({"text": f"{CITED} They were dogs [@a]."}, ("text", "en")),
        ({"caption": "The dogs are gone [@a]."}, ("caption", "en")),
        ({"text": CITED, "alt": "Some dogs in a street"}, ("alt", "en")),
        ({"text": CITED, "question": "Who were the dogs?"}, ("question", "en")),
        ({"text": CITED, "options": ("People", "The dogs")}, ("options", 1, "en")),
        ({"text": CITED, "buttons": ("See the dogs",)}, ("labels", 0, "en")),
        ({"text": CITED, "hashtags": ("dogs",)}, ("hashtags", 0, "en")),
    ],
)
def test_every_part_is_read_and_the_words_can_be_marked(
    wording: dict[str, Any], field: tuple[str | int, ...]
) -> None:
    [found] = [each for each in judged(post(en=wording)) if each.rule == "H3"]
    part = wording[str(field[0]).replace("labels", "buttons")]
    text = part if isinstance(part, str) else part[field[1]]
    assert found.field == field
    assert found.span is not None
    assert text[slice(*found.span)] == found.excerpt == "dogs"


def test_the_same_word_twice_is_marked_twice() -> None:
    text = "The dogs came [@a] [@b]. Those dogs fled [@a]."
    spans = [each.span for each in judged(post(en={"text": text})) if each.rule == "H3"]
    assert spans == [(4, 8), (31, 35)]


def test_a_sentence_is_marked_from_its_first_letter_to_its_last() -> None:
    text = f"{CITED} It grew fast."
    [found] = [each for each in judged(post(en={"text": text})) if each.rule == "S1"]
    assert found.span is not None
    assert text[slice(*found.span)] == "It grew fast."


def test_both_languages_are_read() -> None:
    what = post(ur={"text": "یہ کتے ہیں [@a]۔"})
    assert ("text", "ur") in {each.field for each in judged(what) if each.rule == "H3"}
    assert severities("A2", post(ur={"text": "یہ درج ہے [@b]۔"})) == ["warning"]
    assert severities("A2", post(ur={"text": "عدالتوں میں یہ درج ہے [@a]۔"})) == []


MEMORIAL = "We remember the people who went to their work that morning and did not come home [@a]."


def memorial(
    headline: str = "The people of Safoora", text: str = MEMORIAL, **facts: Any
) -> WrittenPost:
    return post(type="memorial", en={"text": text, "headline": headline}, facts=PostFacts(**facts))


def test_a_memorial_has_no_number_in_its_headline() -> None:
    assert severities("D2", memorial("45 dead on a bus")) == ["error"]
    assert severities("D2", memorial()) == []
    assert severities("D2", post(en={"text": CITED, "headline": "45 years of it"})) == []


def test_nobody_cheers_in_a_memorial() -> None:
    assert severities("D3", memorial(text=f"{MEMORIAL} Remember them!")) == ["warning"]
    assert severities("D3", memorial()) == []


def test_a_memorial_has_sources_and_help_to_press_and_nothing_else() -> None:
    assert severities("D4", memorial(buttons=("sources", "help"))) == []
    assert severities("D4", memorial(buttons=("sources", "quiz", "share"))) == ["error"] * 2
    assert severities("D4", post(facts=PostFacts(buttons=("quiz",)))) == []


def test_a_quiz_needs_a_quiz_and_a_poll_its_options(content: Content) -> None:
    quiz = content.library.of(Quiz)[0]
    asked = {"question": "Who is hurried?"}
    assert severities("M9", post(type="quiz", en=asked)) == ["error"]
    assert severities("M9", post(type="quiz", en=asked, records=(quiz.id,)), content.library) == []
    for count, wrong in ((0, True), (1, True), (2, False), (12, False), (13, True)):
        options = tuple(f"Choice {number}" for number in range(count))
        found = severities("M9", post(type="poll", en={**asked, "options": options}))
        assert (found == ["error"]) is wrong


def test_who_tells_his_own_story_has_agreed_in_writing() -> None:
    testimony = post(type="testimony")
    sent_in = post(type="story", facts=PostFacts(submitted=True))
    for each in (testimony, sent_in):
        assert severities("P3", each) == ["error"]
        assert severities("P3", replace(each, consented=True)) == []
    assert severities("P3", post(type="story")) == []


def test_who_runs_it_is_a_tap_away_and_links_unfold_nothing() -> None:
    assert severities("L2", post(facts=PostFacts(discloses=False))) == ["error"]
    assert severities("L1", post(facts=PostFacts(previews=True))) == ["error"]


def test_links_to_our_own_channels_pass() -> None:
    text = {"text": "More of it on https://t.me/Wazahat_News [@a]."}
    assert severities("C2", post(en=text)) == ["error"]
    assert severities("C2", post(en=text, facts=PostFacts(ours=frozenset({"@wazahat_news"})))) == []


def test_hashtags_are_registered() -> None:
    known = Library(
        library().records.values(), SOURCES, hashtags={"HumsayeHain": Hashtag(language="roman")}
    )
    told = post(en={"text": f"{CITED} #HumsayeHain"})
    assert severities("M7", told) == ["warning"]
    assert severities("M7", told, known) == []
    assert severities("M7", post(en={"text": CITED, "hashtags": ("HumsayeHain",)}), known) == []


def test_a_picture_is_described() -> None:
    assert severities("A1", post(pictured=True)) == ["error"]
    described = post(en={"text": CITED, "alt": "Two nurses open a ward"}, pictured=True)
    assert severities("A1", described) == []


def test_a_myth_is_told_with_its_narrative() -> None:
    assert severities("M1", post(type="myth and why")) == ["error"]
    assert severities("M1", post(type="myth and why", records=(narrative().id,))) == []


def draft(*spans: Span, **fields: Any) -> Draft:
    return Draft(blocks=(Block(spans),), **{"targets": ("@abcd",), "buttons": ("more",), **fields})


def linted(what: Draft, *ours: str) -> list[str]:
    source = Source(title="A", publisher="A Daily", url="https://a.example/1")  # type: ignore[arg-type]
    known = Library(library().records.values(), {**SOURCES, "linked": source}, lexicons=WORDS)
    return [each.rule for each in DraftLint()(what, known, TODAY, frozenset(ours))]


WORDS = {"dehumanising": {"en": ("dogs",)}, "hope": {"en": ("help",)}}


def test_a_link_to_a_known_source_cites_it() -> None:
    said = Span("It is on record ")
    assert linted(draft(said, Span("[1]", url="https://a.example/1"), Span("."))) == []
    assert linted(draft(said, Span("here", url="https://b.example/1"), Span("."))) == ["S1"]
    assert linted(draft(said, Span("here", url="http://b.example"), Span(" [@a]."))) == ["L1"]


def test_a_draft_of_a_record_is_backed_by_it() -> None:
    assert linted(draft(Span("It grew."))) == ["S1"]
    assert linted(draft(Span("It grew."), record_id="isis")) == []
    assert linted(draft(Span("It grew."), record_id="gone")) == ["S1"]


def test_a_draft_tells_who_runs_it_by_a_button_or_by_its_place() -> None:
    cited = Span("It grew [@a].")
    assert linted(draft(cited, buttons=())) == ["L2"]
    assert linted(draft(cited, buttons=("share",))) == ["L2"]
    assert linted(draft(cited, buttons=(), targets=("1001",))) == []
    assert linted(draft(cited, buttons=(), targets=("subscribers:myths", "subscribers"))) == []
    assert linted(draft(cited, buttons=(), targets=("subscribers", "@abcd"))) == ["L2"]


def test_what_no_draft_tells_of_itself_is_judged_too() -> None:
    told = draft(Span("It grew, see t.me/wazahat [@a]."))
    assert linted(told) == ["C2"]
    assert linted(told, "wazahat") == []


def test_an_uploaded_picture_brings_its_description() -> None:
    cited = Span("It grew [@a].")
    assert linted(draft(cited, picture=Uploaded(file_id="x", alt="poster"))) == ["A1"]
    assert linted(draft(cited, picture=Uploaded(file_id="x", alt="Two nurses open a ward"))) == []


def test_a_bold_paragraph_ahead_is_the_headline() -> None:
    body = Block((Span(MEMORIAL),))
    told = Draft(
        blocks=(Block((Span("45 dead", bold=True),)), body),
        targets=("@abcd",), buttons=("sources",), type="memorial",
    )  # fmt: skip
    assert linted(told) == ["D2"]


def test_the_posts_of_every_shipped_campaign_pass(content: Content) -> None:
    """As posts of their own, in each language, with the buttons that their type may have."""
    for campaign in content.library.of(Campaign):
        for each in campaign.posts:
            wordings = {
                language: Wording(
                    text=getattr(each.text, language), headline=getattr(each.headline, language)
                )
                for language in ("en", "ur")
            }
            written = WrittenPost(
                type=each.type,
                wordings=wordings,  # type: ignore[arg-type]
                records=(each.record,) if each.record else (),
                as_of=campaign.as_of,
                facts=PostFacts(buttons=("sources", "help")),
            )
            found = lint_post(written, content.library, lexicons(), dt.date(2026, 11, 22))
            assert found == (), (campaign.id, each.day)
