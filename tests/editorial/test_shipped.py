"""The shipped content and word lists."""

import pytest

from bot.adapters.content_files import Content
from bot.core.letters import words_of
from bot.core.records import Record
from bot.editorial import Lexicons, lint_record
from bot.editorial.lexicons import CONTEXT, PERPETRATORS
from tests.editorial.subjects import TODAY, lexicons, word_lists


def records(content: Content) -> list[Record]:
    return list(content.library.records.values())


def test_the_shipped_content_has_no_errors(content: Content) -> None:
    errors = [
        (record.id, each.field, each.rule, each.message, each.excerpt)
        for record in records(content)
        for each in lint_record(record, content.library, lexicons(), TODAY)
        if each.severity == "error"
    ]
    assert errors == []


@pytest.mark.parametrize("name", sorted(word_lists()))
def test_a_word_list_finds_its_own_lines(name: str) -> None:
    lists = Lexicons({name: word_lists()[name]})
    if name == PERPETRATORS:
        return
    for lines in word_lists()[name].values():
        for line in lines:
            if not line.startswith("!"):
                page = " ".join(words_of(line))
                assert lists.pattern(name).search(page), line
                assert name in CONTEXT or any(True for _ in lists.hits(page)), line


def test_no_list_has_a_line_twice() -> None:
    for name, languages in word_lists().items():
        lines = [line for listed in languages.values() for line in listed]
        signs = [(line[0] == "!", line[-1] == "*", *words_of(line)) for line in lines]
        assert [each for each in signs if signs.count(each) > 1] == [], name
