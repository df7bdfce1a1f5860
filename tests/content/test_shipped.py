"""Every record that is shipped: it can be found, read and checked."""

import re
from collections.abc import Iterator

import pytest

from bot.adapters.content_files import Content, load_content
from bot.commands.briefs import Brief, brief, command_for, post_of, whole
from bot.commands.desk import Desk
from bot.commands.moderation import LONGEST_POST
from bot.core.letters import words_of
from bot.core.library import Library
from bot.core.prose import CITATION, cited
from bot.core.records import Attack, Language, Record, Text
from bot.core.replies import Reply
from bot.core.text import utf16_length
from bot.search.index import Index
from tests.conftest import CONTENT
from tests.fakes.people import READER, Chat, actions, buttons

LANGUAGES: tuple[Language, ...] = ("en", "ur")
ABBREVIATION = r"(?<!\bMr)(?<!\bDr)(?<!\bMs)(?<!\bSt)(?<!\bNo)(?<!\bvs)(?<!\bal)(?<!\b[A-Z])"
SENTENCE = re.compile(rf"(?:{ABBREVIATION}\.|[۔؟?!])(?=\s|$)")
LONG_ENOUGH = 8
LEAST_FOUND = 0.96
"""Share of names that still lead to their record with a letter left out; 0.976 when measured."""


LONGEST_MESSAGE, MOST_ENTITIES = 4096, 100
"""UTF-16 units and entities of one message; Telegram drops further entities in silence, and a link
dropped is a source lost."""


def records() -> list[Record]:
    return list(load_content(CONTENT).library.records.values())


RECORDS = [pytest.param(each, id=each.id) for each in records()]


CITED = ["summary", "article", "disputed", "origin", "harm", "ties", "today", "listed", "caution"]
CITED += ["victims", "aftermath", "facts", "why_false", "points", "since"]
"""Fields of prose that cites; a claim that is answered and a quiz's question do not."""


def prose_of(record: Record) -> Iterator[tuple[str, str]]:
    """Every statement that a reader gets as prose, with its field."""
    for field in CITED:
        found = getattr(record, field, None)
        for text in found if isinstance(found, tuple) else (found,):
            if text is not None:
                yield from in_languages(field, text)
    if isinstance(record, Attack):
        yield from in_languages("responsibility.why", record.responsibility.why)
        for each in record.attributions:
            yield from in_languages("attributions.says", each.says)


def in_languages(field: str, text: Text) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        if written := getattr(text, language):
            yield f"{field}.{language}", written


def sentences(prose: str) -> list[str]:
    """Sentences with the citations that they hold."""
    ends = [found.end() for found in SENTENCE.finditer(prose)]
    starts = [0, *ends]
    return [
        part
        for a, b in zip(starts, [*ends, len(prose)], strict=True)
        if (part := prose[a:b].strip())
    ]


def test_sentences_are_told_apart() -> None:
    assert sentences("One [@a]. Two by Dr. Who [@b]. تین [@c]۔") == [
        "One [@a].",
        "Two by Dr. Who [@b].",
        "تین [@c]۔",
    ]
    assert sentences("It killed 3.5 people [@a].") == ["It killed 3.5 people [@a]."]


def test_the_shipped_content_loads(content: Content) -> None:
    assert len(content.library.attacks) >= 5
    assert len(content.library.organisations) >= 10


@pytest.mark.parametrize("record", RECORDS)
def test_every_sentence_has_a_citation(record: Record) -> None:
    bare = [
        f"{field}: {s}"
        for field, prose in prose_of(record)
        for s in sentences(prose)
        if not cited(s)
    ]
    assert bare == []


@pytest.mark.parametrize("record", RECORDS)
def test_citations_stand_inside_their_sentence(record: Record) -> None:
    behind = re.compile(r"[.۔]\s*\[@")
    assert [field for field, prose in prose_of(record) if behind.search(prose)] == []


@pytest.mark.parametrize("record", RECORDS)
def test_nothing_else_in_brackets_is_left_for_a_reader(record: Record) -> None:
    odd = [field for field, prose in prose_of(record) if "[" in CITATION.sub("", prose)]
    assert odd == []


def cards(told: Brief) -> list[Reply]:
    return [told.front, told.short, *told.first.values(), *told.cards.values()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("record", RECORDS)
def test_every_brief_can_be_read(record: Record, language: Language, desk: Desk) -> None:
    told = brief(record, desk, language)
    assert record.name.in_language(language) in told.front.text
    for card in cards(told):
        assert "[@" not in card.text
        assert "{" not in card.text
    everything = "\n".join(card.text for card in cards(told))
    assert_every_number_has_its_source(everything, told.cards.get("sources"))


def assert_every_number_has_its_source(told: str, listed: Reply | None) -> None:
    numbers = {int(each) for each in re.findall(r"(?<= \[)\d+(?=\])", told)}
    assert numbers == set(range(1, len(numbers) + 1))
    assert bool(numbers) is (listed is not None)
    assert all(listed and f"\n{number}. " in listed.text for number in numbers)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("record", RECORDS)
def test_the_cards_hold_the_whole_brief(record: Record, language: Language, desk: Desk) -> None:
    told = "\n".join(card.text for card in cards(brief(record, desk, language)))
    missing = [block.text for block in whole(record, desk, language) if block.text not in told]
    assert not missing[:-1], missing  # the last one is the ending, which counts what was told


@pytest.mark.parametrize("record", RECORDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_fits_into_a_message(record: Record, language: Language, desk: Desk) -> None:
    for card in cards(brief(record, desk, language)):
        assert utf16_length(card.text) <= LONGEST_MESSAGE
        spans = [span for block in card.blocks for span in block.spans]
        formatted = sum(bool(span.url) + span.bold + span.italic for span in spans)
        assert formatted + sum(block.quotation for block in card.blocks) <= MOST_ENTITIES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("record", RECORDS)
def test_every_record_fits_into_one_post(record: Record, language: Language, desk: Desk) -> None:
    assert utf16_length(Reply(post_of(record, desk, language)).text) <= LONGEST_POST


@pytest.mark.parametrize("record", RECORDS)
def test_every_record_links_to_others_and_not_to_itself(record: Record) -> None:
    assert record.related
    assert record.id not in record.related


@pytest.mark.parametrize("record", RECORDS)
def test_a_review_comes_after_what_it_reviews(record: Record) -> None:
    assert record.review_by > record.as_of


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("record", RECORDS)
def test_every_button_of_a_brief_leads_on(
    record: Record, language: Language, desk: Desk, say: Chat
) -> None:
    """To a card, a list, a picture or a question; and every card has its way back."""
    told = brief(record, desk, language)
    for action in actions(told.front):
        reply = say.press(READER, action, language)
        assert reply.blocks or reply.picture or reply.poll, action
        assert "/help" not in reply.text, action
    for card in told.cards.values():
        assert command_for(record) in actions(card)
        for action in actions(card):
            assert "/help" not in say.press(READER, action, language).text, action
    assert [button.start for button in buttons(told.short)] == [f"b_{record.id}"]


@pytest.mark.parametrize("record", RECORDS)
def test_a_record_is_found_by_each_of_its_names(record: Record, index: Index) -> None:
    for name in (record.id, *record.names()):
        found = index.find(name)
        assert record.id in found.ids, f"{name!r} found {found}"
        if name in record.aliases:
            assert found.ids == (record.id,), f"{name!r} found {found}"


def test_records_are_found_with_a_letter_left_out(content: Content, index: Index) -> None:
    tried, missed = 0, []
    for record in content.library.records.values():
        for name in record.names():
            if len("".join(words_of(name))) >= LONG_ENOUGH:
                at = len(name) // 2
                misspelt = name[:at] + name[at + 1 :]
                tried += 1
                if record.id not in index.find(misspelt).ids:
                    missed.append(f"{misspelt!r} for {record.id}: {index.find(misspelt)}")
    print(f"{tried - len(missed)} of {tried} found", *missed, sep="\n  ")
    assert 1 - len(missed) / tried >= LEAST_FOUND


def test_the_library_is_immutable(content: Content) -> None:
    with pytest.raises(TypeError):
        content.library.records["new"] = None  # type: ignore[index]


def test_attacks_of_a_group_are_those_it_is_named_in(content: Content) -> None:
    library: Library = content.library
    for attack in library.attacks_of("isis-k"):
        named = {claim.by for claim in attack.claims} | {
            to for a in attack.attributions for to in a.to
        }
        assert "isis-k" in named
    assert "safoora-goth-2015" in {each.id for each in library.attacks_of("jundullah-pk")}
    assert library.attacks_of("nobody") == ()
