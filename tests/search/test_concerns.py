"""What is never looked up is noticed, and what only looks like it is not."""

import pytest

from bot.core.finding import NOTHING, Concern
from bot.search.asking import CONCERNS
from bot.search.index import Index
from tests.search.questions import Asked, questions

ASKED = questions()


@pytest.mark.parametrize("concern", CONCERNS.values())
@pytest.mark.parametrize("language", ["en", "ur", "roman"])
def test_there_are_examples_of_each_in_each_language(concern: Concern, language: str) -> None:
    of_it = [each for each in ASKED if (each.concern, each.language) == (concern, language)]
    assert len(of_it) >= 4


@pytest.mark.parametrize(
    "asked", [each for each in ASKED if each.concern], ids=lambda asked: asked.question
)
def test_a_concern_is_noticed_and_nothing_is_looked_up(index: Index, asked: Asked) -> None:
    found = index.find(asked.question)
    assert (found.concern, found.outcome, found.ids) == (asked.concern, "none", ())


@pytest.mark.parametrize(
    "asked", [each for each in ASKED if not each.concern], ids=lambda asked: asked.question
)
def test_a_question_about_such_things_is_a_question(index: Index, asked: Asked) -> None:
    assert index.find(asked.question).concern is None


@pytest.mark.parametrize("name", ["isis recruits in pakistan", "joining isis brotherhood"])
def test_the_name_of_a_record_is_no_concern(index: Index, name: str) -> None:
    assert index.find(name).outcome == "answer"


@pytest.mark.parametrize(
    "said", ["long live isis", "طالبان زندہ باد", "you are a stupid bot", "shia kafir hain"]
)
def test_praise_and_insults_are_no_questions(index: Index, said: str) -> None:
    assert index.find(said) == NOTHING
