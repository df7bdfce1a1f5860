"""Every kind of picture in both languages: nothing overflows, nothing overlaps, nothing is lost."""

import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.content_files import Content
from bot.core.drawings import (
    AttackMap,
    Drawing,
    FactCard,
    MapPoint,
    MonthChart,
    TimelineChart,
    TollBar,
    TollChart,
)
from bot.core.records import Language
from bot.pictures import attack_map as maps
from bot.pictures import places
from bot.pictures.canvas import Box, Canvas
from bot.pictures.drawing import canvas, png
from bot.pictures.theme import CARD_HEIGHT, COLUMN, GREATEST_HEIGHT, MARGIN, WIDTH
from tests.pictures.drawings import FOOTER, LEFT_OUT, attack_map, every_kind, fact_card, toll_chart

LANGUAGES: tuple[Language, ...] = ("en", "ur")
KINDS = ("FactCard", "TollChart", "TimelineChart", "AttackMap", "MonthChart")
LINE_REACHES = 0.25
"""Nastaliq reaches a little beyond its line: by this share of it at most."""


@pytest.fixture(params=[f"{kind}-{language}" for kind in KINDS for language in LANGUAGES])
def drawing(request: pytest.FixtureRequest, content: Content) -> Drawing:
    kind, _, language = request.param.partition("-")
    [found] = [
        each for each in every_kind(content.library, language) if type(each).__name__ == kind
    ]
    return found


def out_of_place(drawn: Canvas, margin: float = MARGIN) -> Iterator[str]:
    for box in drawn.texts:
        if box.left < margin - 1 or box.left + box.width > drawn.width - margin + 1:
            yield f"beyond a margin: {box}"
        if box.top < margin - 1 or box.top + box.height > drawn.height - margin / 2:
            yield f"above or below: {box}"
    for one, other in combinations(drawn.texts, 2):
        if one.overlaps(other):
            yield f"{one} overlaps {other}"
    for one, other in combinations(drawn.inks, 2):
        if one.overlaps(other, by=LINE_REACHES * min(one.height, other.height) + 1):
            yield f"ink {one} runs into {other}"


def margin_of(drawing: Drawing) -> float:
    return 0 if isinstance(drawing, AttackMap) else MARGIN


def test_text_stays_within_the_margins_and_apart(drawing: Drawing) -> None:
    assert list(out_of_place(canvas(drawing), margin_of(drawing))) == []


def test_a_picture_is_a_png_of_the_right_size_and_always_the_same(drawing: Drawing) -> None:
    made = png(drawing)
    width, height = struct.unpack(">II", made[16:24])
    assert made.startswith(b"\x89PNG") and width == WIDTH
    assert height == CARD_HEIGHT if isinstance(drawing, FactCard) else height <= GREATEST_HEIGHT
    assert len(made) < 500_000
    assert png(drawing) == made


def test_a_picture_holds_outlines_and_never_text(drawing: Drawing) -> None:
    tags = {each.tag.rpartition("}")[2] for each in ET.fromstring(canvas(drawing).svg()).iter()}
    assert "use" in tags
    assert not tags & {"text", "tspan", "image", "style"}


def test_urdu_is_mirrored(content: Content) -> None:
    for kind in every_kind(content.library, "ur"):
        title = canvas(kind).texts[0]
        assert title.left + title.width == pytest.approx(WIDTH - MARGIN)


ENGLISH = "a|of|killed|Sehwan|responsibility|(ISIS-K),|2017;|end.|70–90%"
URDU = "کا|میں|داعش|ٹریننگ|جنھوں|(ISIS-K)،|2017؛|گئے۔|ذمہ\u200cداری|70"
WORDS: dict[Language, st.SearchStrategy[str]] = {
    "en": st.sampled_from(ENGLISH.split("|")),
    "ur": st.sampled_from(URDU.split("|")),
}


def prose(language: Language, most: int) -> st.SearchStrategy[str]:
    words = WORDS[language] | st.text("ab" if language == "en" else "با", min_size=40, max_size=90)
    return st.lists(words, max_size=most).map(" ".join)


def cards() -> st.SearchStrategy[FactCard]:
    return st.sampled_from(LANGUAGES).flatmap(
        lambda language: st.builds(
            FactCard,
            st.just(language),
            prose(language, 40),
            prose(language, 60),
            st.lists(prose(language, 40), max_size=5).map(tuple),
            st.just("alt"),
            st.lists(st.tuples(prose(language, 6), prose(language, 30)), max_size=6).map(tuple),
            st.lists(prose(language, 80), max_size=5).map(tuple),
        )
    )


@settings(deadline=None, max_examples=25)
@given(cards())
def test_a_card_of_any_length_fits(card: FactCard) -> None:
    assert list(out_of_place(canvas(card))) == []


@settings(deadline=None, max_examples=12)
@given(st.sampled_from(LANGUAGES), st.data())
def test_tolls_of_any_number_fit(language: Language, data: st.DataObject) -> None:
    counts = st.integers(0, 1_000_000)
    bars = st.builds(
        lambda by, low, more, at_least, said: TollBar(by, low, low + more, at_least, said),
        prose(language, 25), counts, counts, st.booleans(), prose(language, 8),
    )  # fmt: skip
    groups = data.draw(
        st.lists(st.tuples(prose(language, 5), st.lists(bars, max_size=20).map(tuple)), max_size=3)
    )
    sheet = (language, "Toll", "", FOOTER[language], "alt", LEFT_OUT[language])
    drawn = canvas(TollChart(*sheet, tuple(groups)))  # type: ignore[arg-type]
    assert list(out_of_place(drawn)) == []
    assert drawn.height <= GREATEST_HEIGHT


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_finds_no_room_is_counted(content: Content, language: Language) -> None:
    _, tolls, times, places, month = every_kind(content.library, language)
    assert isinstance(tolls, TollChart) and isinstance(times, TimelineChart)
    assert isinstance(places, AttackMap) and isinstance(month, MonthChart)
    killed, bars = tolls.groups[0]
    crowded: tuple[Drawing, ...] = (
        replace(tolls, groups=((killed, bars * 20), (killed, bars * 20))),
        replace(times, moments=times.moments * 3),
        replace(places, points=places.points * 10),
        replace(month, rows=month.rows * 5),
    )
    for crowd in crowded:
        assert not isinstance(crowd, FactCard)
        drawn = canvas(crowd)
        assert list(out_of_place(drawn, margin_of(crowd))) == []
        assert GREATEST_HEIGHT * 0.9 < drawn.height <= GREATEST_HEIGHT
        assert drawn.svg() != canvas(replace(crowd, left_out="0")).svg()


def test_the_oldest_moments_are_left_out(content: Content) -> None:
    _, _, times, *_ = every_kind(content.library, "ur")
    assert isinstance(times, TimelineChart)
    many = replace(times, moments=times.moments * 3)
    with_other_first = replace(many.moments[0], label="پہلا")
    with_other_last = replace(many.moments[-1], label="آخری")
    assert png(replace(many, moments=(with_other_first, *many.moments[1:]))) == png(many)
    assert png(replace(many, moments=(*many.moments[:-1], with_other_last))) != png(many)


def test_discs_stay_apart_and_within_the_map(content: Content) -> None:
    points = attack_map(content.library, "en").points
    quetta = tuple(replace(points[0], number=at, killed=(at, 3 * at)) for at in range(1, 41))
    for crowd in (points, quetta):
        marks = maps._marks(crowd)
        for one, other in combinations(marks, 2):
            distance = ((one.disc.x - other.disc.x) ** 2 + (one.disc.y - other.disc.y) ** 2) ** 0.5
            assert distance > one.disc.radius + other.disc.radius - 0.5
        for mark in marks:
            assert mark.disc.radius <= mark.disc.x <= WIDTH - mark.disc.radius
            assert mark.disc.radius <= mark.disc.y <= maps.outline.HEIGHT - mark.disc.radius


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_city_finds_room_for_its_name(content: Content, language: Language) -> None:
    chart = attack_map(content.library, language)
    for shown in (chart, replace(chart, points=())):
        without = canvas(replace(shown, places=()))
        assert len(canvas(shown).texts) == len(without.texts) + len(chart.places)


def test_a_name_stands_by_its_own_dot() -> None:
    own, other = maps.outline.Spot(100, 100), maps.outline.Spot(200, 100)
    beside, between = Box(30, 90, 60, 20), Box(120, 90, 60, 20)
    assert places._belongs(beside, own, [other])
    assert not places._belongs(between, own, [other])


def test_a_disc_grows_with_the_killed() -> None:
    points = [MapPoint(at, 30, 67, 1, (50 * at, 100 * at), "", "") for at in (1, 2, 3)]
    radii = [mark.disc.radius for mark in maps._marks(points)]
    assert radii == sorted(set(radii))
    assert all(mark.core < mark.disc.radius for mark in maps._marks(points))


def test_a_figure_and_its_prose_are_cut_and_not_shrunk_below_reading(content: Content) -> None:
    card = fact_card(content.library.attacks[0], "en")
    long = replace(card, paragraphs=card.paragraphs * 9)
    sizes = [box.height for box in canvas(long).texts]
    assert min(sizes) >= 22 and len(sizes) < 40


def test_charts_of_every_attack_fit(content: Content) -> None:
    for attack in content.library.attacks:
        for language in LANGUAGES:
            for drawing in (toll_chart(attack, language), fact_card(attack, language)):
                assert list(out_of_place(canvas(drawing))) == [], attack.id


def test_the_column_lies_between_the_margins() -> None:
    assert COLUMN + 2 * MARGIN == WIDTH
