"""Ten thousand records and more: what a question costs, and a change is read alone."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest

from bot.core.library import Library
from bot.core.records import Record
from bot.search.index import Index
from tests.bench.near_misses import GROUPS, LEXICONS, asked, generated, library
from tests.fakes.growth import growth

LINES = [line for said in LEXICONS["stop-words"].values() for line in said]
FEW, MANY = 1_000, 8_000
LESS_THAN_IN_STEP = 4.0
"""For eight times the records."""


@cache
def index_of(records: int) -> Index:
    return Index(library(records), LINES)


def test_a_question_costs_little_more_among_more_records() -> None:
    questions = asked(library(FEW), 300)

    def ask(index: Index) -> None:
        for question in questions:
            index.find(question)

    small, large = index_of(FEW), index_of(MANY)
    assert growth(lambda: ask(small), lambda: ask(large)) < LESS_THAN_IN_STEP


def test_the_whole_name_of_any_of_them_is_found() -> None:
    attacks = library(FEW).attacks[::20]
    assert [
        each.id for each in attacks if each.id not in index_of(FEW).find(each.name.en).ids
    ] == []


def test_a_misspelt_name_finds_the_one_among_near_misses() -> None:
    attacks = library(FEW).attacks[::20]
    missed = []
    for each in attacks:
        words = each.name.en.split()
        misspelt = " ".join([words[0][:3] + words[0][4:], *words[1:]])
        if index_of(FEW).find(misspelt).ids[:1] != (each.id,):
            missed.append(misspelt)
    assert len(missed) <= len(attacks) * 0.05, missed


def test_only_what_changed_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    records = list(generated(FEW))
    before = Index(Library(records, {}, lexicons=LEXICONS), LINES)
    renamed = records[500].model_copy(update={"aliases": ("Quokka Bazaar",)})
    records[500] = renamed
    read: list[str] = []
    names = Record.names

    def noting(record: Record) -> tuple[str, ...]:
        read.append(record.id)
        return names(record)

    monkeypatch.setattr(Record, "names", noting)
    after = Index(Library(records, {}, lexicons=LEXICONS), LINES, before)
    assert read.count(renamed.id) == 2  # what it is found by now, and was before
    assert len(set(read) - {renamed.id}) <= 1  # who claimed it
    assert after.find("quokka bazaar").ids == (renamed.id,)
    assert before.find("quokka bazaar").ids != (renamed.id,)


def test_an_index_made_from_another_answers_as_one_made_anew() -> None:
    records = list(generated(FEW))
    before = Index(Library(records[:700], {}, lexicons=LEXICONS), LINES)
    kept = [*records[:GROUPS], *records[200:]]
    after = Index(Library(kept, {}, lexicons=LEXICONS), LINES, before)
    anew = Index(Library(kept, {}, lexicons=LEXICONS), LINES)
    for question in asked(Library(kept, {}), 100):
        one, other = after.find(question), anew.find(question)
        assert (one.outcome, one.confidence) == (other.outcome, other.confidence), question


def test_other_word_lists_are_read_with_the_whole_content() -> None:
    records = list(generated(100))
    before = Index(Library(records, {}, lexicons=LEXICONS), LINES)
    meanings = {**LEXICONS, "meanings": {"en": ("hospital = spital",)}}
    after = Index(Library(records, {}, lexicons=meanings), LINES, before)
    assert before.nearest("spital") != after.nearest("spital") == before.nearest("hospital")


def test_many_threads_may_ask_at_once() -> None:
    index, questions = index_of(FEW), asked(library(FEW), 80)
    alone = [index.find(question) for question in questions]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(index.find, questions * 4)) == alone * 4
