"""Records as pictures: what is drawn, what is said beside it, and where it leads."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.commands.briefs import command_for
from bot.commands.desk import Desk
from bot.commands.drawn.sheets import LONGEST_CAPTION, MOST_NUMBERS
from bot.core.drawings import AttackMap, FactCard, TimelineChart, TollChart
from bot.core.library import Library
from bot.core.prose import CITATION, without_citations
from bot.core.records import Attack, Language, Narrative, Record
from bot.core.replies import Reply, Span
from bot.core.text import FSI, utf16_length
from tests.fakes.people import READER, Chat, actions

LANGUAGES: tuple[Language, ...] = ("en", "ur")
CAPTION_LIMIT, ENTITY_LIMIT = 1024, 100
"""What Telegram takes."""


def links(reply: Reply) -> list[str]:
    return [span.url for block in reply.blocks for span in block.spans if span.url]


def numbers(reply: Reply) -> list[Span]:
    spans = (span for block in reply.blocks for span in block.spans)
    return [span for span in spans if span.text.startswith(("[", FSI + "["))]


def is_told_whole(reply: Reply) -> bool:
    """Whether the caption fits, links or names its sources and holds no mark of a citation."""
    shown, sources = repr(reply.picture), numbers(reply)
    return (
        utf16_length(reply.text) <= LONGEST_CAPTION <= CAPTION_LIMIT
        and 0 < len(sources) < ENTITY_LIMIT
        and all(each.url or re.search(r"\] \w", each.text) for each in sources)
        and not CITATION.search(reply.text + shown)
    )


def every(kind: type[Record], desk: Desk) -> Iterator[tuple[Record, Language]]:
    return itertools.product(desk.library.of(kind), LANGUAGES)


def test_every_record_is_a_fact_card(say: Chat, desk: Desk) -> None:
    for record, language in every(Record, desk):
        reply = say(READER, f"/picture {record.id}", language)
        assert isinstance(reply.picture, FactCard), record.id
        assert is_told_whole(reply), record.id
        assert reply.picture.title == record.name.in_language(language)
        assert reply.picture.alt in reply.text
        assert without_citations(record.summary.in_language(language)) in reply.picture.alt
        assert desk.say(language, "record.unreviewed") in reply.picture.footer[-1]
        assert command_for(record) in actions(reply)


def test_a_card_of_an_attack_shows_ranges_and_who_is_held_responsible(say: Chat) -> None:
    card = say(READER, "/picture safoora-goth-2015").picture
    assert isinstance(card, FactCard)
    assert card.figures == (("43 to 47 or more", "killed"), ("13 to 20 or more", "injured"))
    assert card.subtitle.startswith("13 May 2015 · ")
    assert card.paragraphs[-1].startswith("Responsibility: disputed. ")
    assert card.footer[0].startswith("Sources: Al Jazeera, ")
    assert card.footer[1].startswith("As of ")


def test_a_card_tells_the_fact_first_and_no_claim_without_what_is_wrong_with_it(
    desk: Desk, say: Chat
) -> None:
    for record, language in every(Narrative, desk):
        assert isinstance(record, Narrative)
        card = say(READER, f"/picture {record.id}", language).picture
        assert isinstance(card, FactCard)
        claim, answer = (
            without_citations(each.in_language(language))
            for each in (record.claim, record.why_false)
        )
        fact, told, why = card.paragraphs
        assert claim not in card.title + card.subtitle + fact
        assert told.endswith(claim)
        assert why.endswith(answer)
        assert (claim in card.alt) == (answer in card.alt)


def test_what_is_not_translated_is_told_in_english_and_said_so(desk: Desk) -> None:
    known = desk.library.records["sehwan-2017"]
    english = known.summary.model_copy(update={"ur": None})
    bare = known.model_copy(update={"summary": english})
    library = Library([*desk.library.records.values(), bare], desk.library.sources)
    reply = Chat(replace(desk, library=library))(READER, "/picture sehwan-2017", "ur")
    assert isinstance(reply.picture, FactCard)
    assert reply.picture.paragraphs[0] == without_citations(known.summary.en)
    note = desk.say("ur", "record.untranslated")
    assert note in reply.text
    assert note in reply.picture.footer[-1]


def test_a_name_will_do_and_what_means_several_asks_which(say: Chat) -> None:
    assert isinstance(say(READER, "/picture safora bus").picture, FactCard)
    asked = say(READER, "/picture jundallah")
    assert asked.picture is None
    assert set(actions(asked)) >= {"group jundullah-pk", "group jundallah-ir"}
    assert say(READER, "/picture").picture is None


def test_every_toll_of_every_attack_is_a_bar(say: Chat, desk: Desk) -> None:
    for record, language in every(Attack, desk):
        assert isinstance(record, Attack)
        reply = say(READER, f"/tolls {record.id}", language)
        assert isinstance(reply.picture, TollChart)
        assert is_told_whole(reply), record.id
        bars = [(bar.low, bar.high) for _, group in reply.picture.groups for bar in group]
        counts = sorted((toll.low, toll.high or toll.low) for toll in record.tolls)
        assert sorted(bars) == counts
        assert {f"card {record.id} toll", command_for(record)} <= set(actions(reply))


def test_a_chart_says_how_many_it_leaves_out_in_words_of_its_own(say: Chat) -> None:
    for language in LANGUAGES:
        chart = say(READER, "/tolls sehwan-2017", language).picture
        assert isinstance(chart, TollChart)
        assert "7" in chart.left_out.format(count=7)


def test_the_text_twin_of_a_chart_names_who_counted(say: Chat) -> None:
    chart = say(READER, "/tolls sehwan-2017")
    twin = next(action for action in actions(chart) if action.startswith("card "))
    told = say.press(READER, twin).text
    assert isinstance(chart.picture, TollChart)
    for _, bars in chart.picture.groups:
        for bar in bars:
            assert f"{bar.said} " in told
            assert bar.by.split(",")[0] in told


def test_tolls_are_for_attacks(say: Chat) -> None:
    reply = say(READER, "/tolls isis-k")
    assert reply.picture is None
    assert "ISIS-K" in reply.text


@pytest.mark.parametrize("of", ["2017", "isis-k", "safoora-goth-2015"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_timeline_has_its_picture_and_the_picture_its_text(
    say: Chat, of: str, language: Language
) -> None:
    told = say(READER, f"/timeline {of}", language)
    reply = say.press(READER, f"timeline {of} picture", language)
    assert f"timeline {of} picture" in actions(told)
    assert f"timeline {of}" in actions(reply)
    assert isinstance(reply.picture, TimelineChart)
    assert is_told_whole(reply)
    dates = [moment.date for moment in reply.picture.moments]
    assert dates == sorted(dates)
    for moment in reply.picture.moments:
        assert f"{moment.day} · {moment.label}" in told.text


def test_every_timeline_can_be_drawn(say: Chat, desk: Desk) -> None:
    for record, language in every(Record, desk):
        if desk.library.dated_with(record.id):
            reply = say(READER, f"/timeline {record.id} picture", language)
            assert isinstance(reply.picture, TimelineChart), record.id
            assert is_told_whole(reply), record.id
            assert all(len(action.encode()) <= 64 for action in actions(reply))


@pytest.mark.parametrize("which", ["1999 picture", "9" * 10_000, "lentil soup picture", "picture"])
def test_a_timeline_of_nothing_is_no_picture(say: Chat, which: str) -> None:
    assert say(READER, f"/timeline {which}").picture is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_has_every_attack_by_number(say: Chat, desk: Desk, language: Language) -> None:
    reply = say(READER, "/map", language)
    assert isinstance(reply.picture, AttackMap)
    assert is_told_whole(reply)
    attacks = desk.library.attacks
    assert [point.number for point in reply.picture.points] == [*range(1, len(attacks) + 1)]
    for point, attack in zip(reply.picture.points, attacks, strict=True):
        assert (point.lat, point.lon) == (attack.place.lat, attack.place.lon)
        low, high, _ = attack.toll_range("killed") or (0, 0, False)
        assert point.killed == (low, high)
        assert str(high) in point.said
        assert attack.place.name.in_language(language) in point.label
    assert reply.picture.boundaries in reply.text
    assert {city for city, *_ in reply.picture.places} == {
        desk.say(language, f"city.{name}")
        for name in ("islamabad", "karachi", "lahore", "peshawar", "quetta")
    }
    assert actions(reply) == ["attacks"]


def test_a_map_of_many_attacks_keeps_its_caption_short(desk: Desk) -> None:
    one = desk.library.attacks[0]
    many = [one.model_copy(update={"id": f"copy-{number}"}) for number in range(400)]
    sources = dict(desk.library.sources)
    crowded = Library([*desk.library.records.values(), *many], sources)
    reply = Chat(replace(desk, library=crowded))(READER, "/map")
    assert is_told_whole(reply)
    assert len(links(reply)) <= MOST_NUMBERS


def test_without_attacks_there_is_no_map(desk: Desk) -> None:
    empty = replace(desk, library=Library([], {}))
    reply = Chat(empty)(READER, "/map")
    assert reply.picture is None
    assert "no attack" in reply.text


def test_pictures_are_the_same_every_time(say: Chat) -> None:
    for text in ("/map", "/picture isis-k", "/tolls sehwan-2017", "/timeline 2017 picture"):
        once, again = say(READER, text).picture, say(READER, text).picture
        assert once is not None
        assert again is not None
        assert once.fingerprint == again.fingerprint
