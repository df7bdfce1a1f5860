"""Prose with its citations."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.prose import cited, pieces, without_citations

PROSE = "Forty-three died [@aje-1] [@dawn-2]. Two claimed it [@aje-1], said police."


def test_citations_are_told_from_text_in_reading_order() -> None:
    assert list(pieces("One [@a]. Two.")) == [("One", None), ("", "a"), (". Two.", None)]


def test_each_source_is_listed_once_in_its_first_place() -> None:
    assert cited(PROSE) == ("aje-1", "dawn-2")


def test_text_without_citations_keeps_its_punctuation() -> None:
    assert without_citations(PROSE) == "Forty-three died. Two claimed it, said police."


def test_urdu_prose_keeps_its_full_stop() -> None:
    assert without_citations("حملہ ہوا [@aje-1]۔") == "حملہ ہوا۔"


def test_what_only_looks_like_a_citation_stays() -> None:
    for text in ("mail [me@x.org]", "[@]", "[@ABC]", "[a]", "@aje-1"):
        assert list(pieces(text)) == [(text, None)]


@given(st.lists(st.sampled_from(["one ", ". ", " [@a]", "[@b-1]", "[", "@"]), max_size=12))
def test_no_text_is_lost(parts: list[str]) -> None:
    text = "".join(parts)
    assert "".join(piece for piece, source in pieces(text) if source is None) == without_citations(
        text
    )
    assert {source for _, source in pieces(text) if source} == set(cited(text))
