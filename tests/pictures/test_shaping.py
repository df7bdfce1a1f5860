"""Urdu in its order and its letters: what a browser draws is drawn here too."""

import re
import unicodedata
from collections.abc import Iterator

import pytest
from bidi import get_display
from pydantic import BaseModel

from bot.adapters.content_files import Content
from bot.core.prose import without_citations
from bot.core.records import Language, Text
from bot.pictures.direction import levels
from bot.pictures.setting import block, fitted, shortened, stacked
from bot.pictures.shaping import Hand, Undrawable, drawable, line, runs

EN, UR = Hand("en"), Hand("ur")


def as_it_stands(text: str, hand: Hand) -> list[str]:
    return [run.text for run in runs(text, levels(text, hand.language), hand)]


@pytest.mark.parametrize(
    ("text", "hand", "stands"),
    [
        (
            "داعش (ISIS-K) نے 2017 میں",
            UR,
            [" میں", "2017", ") نے ", "ISIS-K", "داعش ("],
        ),
        ("70 تا 90، AP", UR, ["AP", "، ", "90", " تا ", "70"]),
        ("Wazahat (وضاحت), 2026", EN, ["Wazahat (", "وضاحت", "), ", "2026"]),
        ("ایجنسی AP (Reuters) نے", UR, [" نے", "AP (Reuters)", "ایجنسی "]),
        ("ذرائع: Dawn، AP 7", UR, ["AP 7", "، ", "Dawn", "ذرائع: "]),
    ],
)
def test_runs_stand_in_the_order_of_the_unicode_rules(
    text: str, hand: Hand, stands: list[str]
) -> None:
    assert as_it_stands(text, hand) == stands


def seen(text: str) -> str:
    """Without marks and joiners, which stand before or behind their letter as one likes."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Mn"))


def test_the_order_is_that_of_another_implementation(content: Content) -> None:
    names = {text for language, text in texts(content) if language == "ur" and len(text) < 400}
    assert len(names) > 300
    for name in names:
        text = drawable(name, UR)
        ours = "".join(
            run.text[::-1] if run.level % 2 else run.text
            for run in runs(text, levels(text, "ur"), UR)
        )
        turned = re.sub("([،؛])", "\\1\u200f", text)
        assert seen(ours) == seen(str(get_display(turned, base_dir="R"))), name


def texts(content: Content) -> Iterator[tuple[Language, str]]:
    """Every text of every record, in each language it is written in."""
    todo: list[object] = list(content.library.records.values())
    while todo:
        match todo.pop():
            case Text() as text:
                yield from ((lang, without_citations(said)) for lang, said in text.by_language())
            case BaseModel() as model:
                todo += [value for _, value in model]
            case tuple() as several:
                todo += several


def test_every_text_of_the_content_can_be_drawn(content: Content) -> None:
    for language, text in texts(content):
        assert_drawn(text, language)


def test_every_phrase_can_be_drawn(content: Content) -> None:
    for language in ("en", "ur"):
        for key in content.phrases.keys(language):
            entry = content.phrases._languages[language][key]
            for phrase in entry.values() if isinstance(entry, dict) else (entry,):
                assert_drawn(phrase, language)  # type: ignore[arg-type]


def assert_drawn(text: str, language: Language) -> None:
    for hand in (Hand(language), Hand(language, "Bold")):
        said = drawable(text, hand)
        drawn = line(said, levels(said, language), hand)
        assert all(glyph.id for glyph in drawn.glyphs), f"a letter has no glyph: {text}"


def test_emoji_and_marks_of_direction_are_left_out() -> None:
    assert drawable("⚠️ \u2067وضاحت\u2069 \u202eok", UR) == "وضاحت ok"
    assert drawable("جنھوں\u200cنے", UR) == "جنھوں\u200cنے"


def test_a_letter_without_a_glyph_is_refused_and_named() -> None:
    with pytest.raises(Undrawable, match=r"U\+5E73 \(CJK UNIFIED IDEOGRAPH-5E73\).*write"):
        drawable("平", UR)


def test_letters_join_across_a_joiner_as_across_none() -> None:
    apart, joined = (drawable(word, UR) for word in ("ب\u200cب", "بب"))
    widths = [line(word, levels(word, "ur"), UR).width for word in (apart, joined)]
    assert widths[0] > widths[1]


def test_lines_hold_every_word_once_and_in_order() -> None:
    words = [f"word{at}" for at in range(60)]
    whole = block(" ".join(words), EN, 30, 400)
    assert all(each.width * 30 <= 400 for each in whole.lines)
    glyphs = sum(len(each.glyphs) for each in whole.lines)
    assert glyphs == sum(map(len, words)) + 59 - (len(whole.lines) - 1)


def test_text_is_made_smaller_before_it_is_cut() -> None:
    text = "Nobody knows how many were killed there"
    assert fitted(text, EN, (60, 30), 10_000, 1).size == 60
    assert fitted(text, EN, (60, 30), 700, 1).size == 30
    assert fitted(text, EN, (60, 30), 200, 1).width <= 200


def test_a_cut_ends_at_a_sentence_if_little_is_lost_or_else_at_a_word() -> None:
    text = "One is here. Two is there. Three is nowhere to be found at all."
    assert shortened(text, lambda cut: len(cut) <= 32) == "One is here. Two is there. …"
    assert shortened(text, lambda cut: len(cut) <= 55) == (
        "One is here. Two is there. Three is nowhere to be…"
    )
    assert shortened("x" * 50, lambda cut: len(cut) <= 10) == "x" * 9 + "…"


def test_paragraphs_that_find_no_room_leave_an_ellipsis() -> None:
    kept = stacked(("One two.", "Three four."), EN, (30,), 400, 50)
    assert len(kept) == 1
    said = drawable("One two. …", EN)
    assert kept[0].lines[0] == line(said, levels(said, "en"), EN)
