"""Text as chat platforms count it and show it."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.text import FSI, PDI, clean, cut, isolate, split, utf16_length

MARKS = ["\u0301", "\u064e", "\u200d", "\u200c"]
PIECES = st.sampled_from([*"ab \n", "é", "م", "۔", "😀", "👩", *MARKS])
TEXTS = st.text(PIECES, max_size=60) | st.text(max_size=60)
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


def parts_a_character(text: str, at: int) -> bool:
    """Whether a cut at `at` parts what is shown as one."""
    joined = text[at] in "\u200c\u200d" or text[at - 1] in "\u200c\u200d"
    return joined or bool(unicodedata.combining(text[at]))


@pytest.mark.parametrize(
    ("text", "length"), [("", 0), ("abc", 3), ("وضاحت", 5), ("😀", 2), ("a😀b", 4), ("\uffff", 1)]
)
def test_length_is_counted_in_utf16(text: str, length: int) -> None:
    assert utf16_length(text) == length


@given(st.text())
def test_length_is_what_an_encoder_says(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(TEXTS, st.integers(2, 70))
def test_a_cut_text_fits(text: str, limit: int) -> None:
    assert utf16_length(cut(text, limit)) <= limit


@given(TEXTS, st.integers(2, 70))
def test_a_text_that_fits_is_not_cut(text: str, limit: int) -> None:
    assume(utf16_length(text) <= limit)
    assert cut(text, limit) == text


@given(TEXTS, st.integers(2, 70))
def test_a_cut_text_is_a_start_and_says_that_it_is_cut(text: str, limit: int) -> None:
    shown = cut(text, limit)
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))


def test_a_text_is_cut_at_a_space_where_that_loses_little() -> None:
    assert cut("one two three four", 12) == "one two…"
    assert cut("abcdefghijklmnopqr", 12) == "abcdefghijk…"


@given(TEXTS, st.integers(4, 70))
def test_every_piece_fits(text: str, limit: int) -> None:
    assert all(utf16_length(piece) <= limit for piece in split(text, limit))


@given(TEXTS, st.integers(4, 70))
def test_splitting_loses_nothing_but_space_at_the_cuts(text: str, limit: int) -> None:
    def bare(text: str) -> str:
        return "".join(text.split())

    assert bare("".join(split(text, limit))) == bare(text)


@given(TEXTS, st.integers(4, 70))
def test_splitting_gives_no_empty_piece(text: str, limit: int) -> None:
    assert all(split(text, limit))


@given(TEXTS, st.integers(4, 70))
def test_a_text_that_fits_is_one_piece(text: str, limit: int) -> None:
    assume(text and utf16_length(text) <= limit)
    assert split(text, limit) == [text]


@given(
    st.lists(st.sampled_from(["a", "é", "e\u0301", "👩\u200d👧", "مُ", " "]), min_size=9),
    st.integers(9, 30),
)
def test_neither_cut_parts_a_character_from_its_marks(parts: list[str], limit: int) -> None:
    text = "".join(parts)
    shown = cut(text, limit)
    if shown != text and not text[len(shown) - 1 :].startswith((" ", "…")):
        assert not parts_a_character(text, len(shown) - 1)
    for piece in split(text, limit)[1:]:
        assert not unicodedata.combining(piece[0])
        assert piece[0] not in "\u200c\u200d"


def test_a_text_is_split_at_line_ends_and_spaces() -> None:
    assert split("first line\nsecond line", 14) == ["first line", "second line"]
    assert split("one two three", 9) == ["one two", "three"]


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x1b", "\u200b", "\ufeff", "\ue000", "\ud800", *BIDI]
)
def test_characters_that_nobody_means_are_taken_out(character: str) -> None:
    assert clean(f"a{character}b") == "ab"


@pytest.mark.parametrize("text", ["می\u200cخواہم", "👩\u200d👧", "خبر", "line\nline", "a < b & c"])
def test_what_a_person_means_stays(text: str) -> None:
    assert clean(text) == text


def test_a_tab_becomes_a_space_and_ends_are_trimmed() -> None:
    assert clean("\t a\tb \n") == "a b"


def test_letters_are_composed() -> None:
    assert clean("e\u0301") == "é"


@given(st.text(max_size=40))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=40))
def test_nothing_is_left_that_turns_text_round(text: str) -> None:
    assert not set(clean(text)) & set(BIDI)


def test_isolated_text_is_wrapped_in_a_pair() -> None:
    assert isolate("ab") == f"{FSI}ab{PDI}"
    assert unicodedata.name("\u200e") == "LEFT-TO-RIGHT MARK"
