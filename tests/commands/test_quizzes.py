"""Quizzes: one question after the other, each with its sources, and what was to be learnt."""

from dataclasses import replace

import pytest

from bot.commands.desk import Desk
from bot.core.library import Library
from bot.core.prose import CITATION, cited
from bot.core.records import Language, Quiz
from bot.core.text import utf16_length
from tests.fakes.people import READER, Chat, actions, buttons

LANGUAGES: tuple[Language, ...] = ("en", "ur")
FIRST = "quiz quiz-reading-a-claim"
MOST_OPTIONS, LONGEST_QUESTION, LONGEST_OPTION, LONGEST_EXPLANATION = 10, 300, 100, 200
"""What Telegram's sendPoll takes, in UTF-16 units."""


def test_every_quiz_is_listed(say: Chat, desk: Desk) -> None:
    reply = say(READER, "/quiz")
    assert actions(reply) == [f"quiz {each.id}" for each in desk.library.of(Quiz)]
    assert "No score is kept" in reply.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_a_poll_within_the_limits(
    say: Chat, desk: Desk, language: Language
) -> None:
    for quiz in desk.library.of(Quiz):
        for number, question in enumerate(quiz.questions, 1):
            poll = say.press(READER, f"quiz {quiz.id} {number}", language).poll
            assert poll is not None
            assert 0 < utf16_length(poll.question) <= LONGEST_QUESTION
            assert 2 <= len(poll.options) <= MOST_OPTIONS
            assert all(0 < utf16_length(each) <= LONGEST_OPTION for each in poll.options)
            assert 0 < utf16_length(poll.explanation) <= LONGEST_EXPLANATION
            right = question.options[question.answer - 1].in_language(language)
            assert poll.options[poll.answer] == right
            assert not CITATION.search(repr(poll))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_question_cites_is_one_tap_away(say: Chat, desk: Desk, language: Language) -> None:
    for quiz in desk.library.of(Quiz):
        for number, question in enumerate(quiz.questions, 1):
            sources = cited(question.explanation.in_language(language))
            action = f"quiz {quiz.id} {number} sources"
            assert (action in actions(say(READER, f"/quiz {quiz.id} {number}", language))) == bool(
                sources
            )
            shown = say.press(READER, action, language)
            links = {span.url for block in shown.blocks for span in block.spans if span.url}
            known = {str(desk.library.sources[each].url) for each in sources}
            assert links == known - {"None"}
            assert f"quiz {quiz.id} {number}" in actions(shown)
            assert question.explanation.in_language(language) not in shown.text


def test_one_question_leads_to_the_next_and_the_last_to_the_end(say: Chat, desk: Desk) -> None:
    for quiz in desk.library.of(Quiz):
        reply = say.press(READER, f"quiz {quiz.id}")
        asked = []
        while reply.poll:
            asked.append(reply.poll.question)
            assert "quiz" in actions(reply), "the way back to the list"
            reply = say.press(READER, buttons(reply)[0])
        assert len(asked) == len(quiz.questions) == len(set(asked))
        assert desk.say("en", "quiz.learnt") in reply.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_end_tells_what_was_to_be_learnt_with_sources_and_briefs(
    say: Chat, desk: Desk, language: Language
) -> None:
    reply = say(READER, f"/{FIRST} 6", language)
    quiz = desk.library.records["quiz-reading-a-claim"]
    assert reply.text.count("\n• ") == 5
    assert any(span.url for block in reply.blocks for span in block.spans)
    assert desk.say(language, "quizzes.no-score") in reply.text
    assert {f"attack {each}" for each in quiz.related} <= set(actions(reply))
    assert len(reply.text) < 4096


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_made_up_says_so_in_every_question_and_at_the_end(
    say: Chat, desk: Desk, language: Language
) -> None:
    quiz = desk.library.records["quiz-spot-the-trick"]
    assert isinstance(quiz, Quiz)
    mark = desk.say(language, "quiz.made-up", question="")
    for number, question in enumerate(quiz.questions, 1):
        poll = say(READER, f"/quiz {quiz.id} {number}", language).poll
        assert poll is not None
        assert poll.question == mark + question.question.in_language(language)
    assert desk.say(language, "quiz.invented") in say(READER, f"/quiz {quiz.id} 9", language).text
    real = say(READER, f"/{FIRST}", language).poll
    assert real is not None
    assert not real.question.startswith(mark)


@pytest.mark.parametrize(
    "which", ["spot the trick quiz", "quiz-spot-the-trick", "کوئز: چال پہچانیے"]
)
def test_a_quiz_is_known_by_its_names(say: Chat, which: str) -> None:
    assert "quiz quiz-spot-the-trick 2" in actions(say(READER, f"/quiz {which}"))
    assert "quiz quiz-spot-the-trick 4" in actions(say(READER, f"/quiz {which} 3"))


@pytest.mark.parametrize("number", ["0", "00", "1", "۱"])
def test_a_number_below_the_first_is_the_first(say: Chat, number: str) -> None:
    assert say(READER, f"/{FIRST} {number}").poll == say(READER, f"/{FIRST}").poll


@pytest.mark.parametrize(
    "which", ["sehwan-2017", "lentil soup", "sources", "9" * 5000, "\u202e <b>", "x " * 5000]
)
def test_what_is_no_quiz_gets_the_list(say: Chat, which: str) -> None:
    assert actions(say(READER, f"/quiz {which}")) == actions(say(READER, "/quiz"))


def test_a_single_quiz_starts_at_once(desk: Desk) -> None:
    alone = Library([desk.library.records["quiz-spot-the-trick"]], desk.library.sources)
    assert Chat(replace(desk, library=alone))(READER, "/quiz").poll is not None


def test_without_a_quiz_it_says_so(desk: Desk) -> None:
    reply = Chat(replace(desk, library=Library([], {})))(READER, "/quiz")
    assert "no quiz" in reply.text
    assert not buttons(reply)


def test_a_quiz_leaves_no_trace(say: Chat) -> None:
    reply = say(READER, f"/{FIRST} 2")
    assert not reply.notices
    assert not reply.reschedules
    assert not reply.asks
