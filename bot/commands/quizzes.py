"""Quizzes, question by question. Nobody's answers are seen or kept."""

import re
from collections.abc import Sequence

from bot.commands.briefs import button_for, pairs
from bot.commands.briefs.telling import Telling
from bot.commands.citing import lines
from bot.commands.desk import Desk
from bot.commands.find import find
from bot.commands.support import concerned
from bot.core.finding import NOTHING, Finding
from bot.core.prose import cited, without_citations
from bot.core.records import Question, Quiz
from bot.core.records.quizzes import LONGEST_QUESTION
from bot.core.replies import Block, Button, Poll, Reply, Request, Span, plain
from bot.core.text import clean, cut

_ASKED = re.compile(r"(?P<name>.*?)(?:\s+(?P<number>\d{1,3})(?P<sources>\s+sources)?)?", re.DOTALL)


def quiz(request: Request, desk: Desk, which: str) -> Reply:
    """A question of a quiz, by the quiz and the number of the question; after the last, the end.

    `ID N sources` gives the sources of a question, and no name the quizzes that there are.
    """
    asked = _ASKED.fullmatch(clean(which))
    name, number = (asked["name"], int(asked["number"] or 1)) if asked else ("", 1)
    quizzes = desk.library.of(Quiz)
    meant = find(name, desk) if name else NOTHING
    if meant.concern:
        return concerned(request, desk, meant)
    found = _quiz_of(meant, desk) if name else (quizzes[0] if len(quizzes) == 1 else None)
    if found is None:
        return _list(request, desk, quizzes)
    telling = Telling(desk, request.language)
    if number > len(found.questions):
        return _end(telling, found)
    number = max(number, 1)
    if asked and asked["sources"]:
        return _sources(telling, found, number)
    return _question(telling, found, number)


def _quiz_of(meant: Finding, desk: Desk) -> Quiz | None:
    known = (desk.library.records[each] for each in meant.ids)
    return next((each for each in known if isinstance(each, Quiz)), None)


def _list(request: Request, desk: Desk, quizzes: Sequence[Quiz]) -> Reply:
    language = request.language
    if not quizzes:
        return plain(desk.say(language, "quizzes.none"))
    buttons = [Button(each.name.in_language(language), f"quiz {each.id}") for each in quizzes]
    told = plain(desk.say(language, "quizzes.title"), desk.say(language, "quizzes.no-score"))
    return told.with_buttons(*pairs(buttons))


def _question(telling: Telling, quiz: Quiz, number: int) -> Reply:
    question, count = quiz.questions[number - 1], len(quiz.questions)
    on = telling.say("button.next", n=number + 1, of=count)
    ways = [Button(on if number < count else telling.say("button.end"), _at(quiz, number + 1))]
    if known := len(_cited(question, telling)):
        label = telling.say("part.sources", n=known)
        ways.append(Button(label, f"{_at(quiz, number)} sources"))
    poll = Poll(
        question=_as_asked(telling, quiz, question),
        options=tuple(without_citations(telling.own(each)) for each in question.options),
        answer=question.answer - 1,
        explanation=without_citations(telling.own(question.explanation)),
    )
    fresh = (telling.ending(quiz),) if number == 1 else ()
    return Reply(fresh, poll=poll).with_buttons(ways, [_all(telling)])


def _as_asked(telling: Telling, quiz: Quiz, question: Question) -> str:
    """The question; one that is made up says so before anything else."""
    asked = without_citations(telling.own(question.question))
    made_up = telling.say("quiz.made-up", question=asked) if quiz.invented else asked
    return cut(made_up, LONGEST_QUESTION)


def _sources(telling: Telling, quiz: Quiz, number: int) -> Reply:
    """What a question and its explanation rest on, without giving the answer away."""
    telling.citing.numbers(_cited(quiz.questions[number - 1], telling))
    spans = [Span(telling.say("quiz.sources", n=number, of=len(quiz.questions)), bold=True)]
    for at, source in telling.citing.cited:
        title = Span(source.title, url=str(source.url) if source.url else None)
        spans += [Span(f"\n{at}. "), title, Span(f" ({source.publisher})")]
    back = Button(telling.say("button.question"), _at(quiz, number))
    return Reply((Block(tuple(spans)),)).with_buttons([back], [_all(telling)])


def _end(telling: Telling, quiz: Quiz) -> Reply:
    """What was to be learnt, with its sources, and briefs to read on."""
    title = Block((Span(telling.own(quiz.name), bold=True),))
    learnt = (telling.prose(each.explanation) for each in quiz.questions)
    blocks = [title, lines(telling.say("quiz.learnt"), learnt)]
    if quiz.invented:
        blocks.append(Block((Span(telling.say("quiz.invented")),)))
    blocks += [Block((Span(telling.say("quizzes.no-score")),)), telling.ending(quiz)]
    related = [telling.desk.library.records[each] for each in quiz.related]
    buttons = [button_for(each, telling.language) for each in related]
    return Reply(tuple(blocks)).with_buttons(*pairs(buttons), [_all(telling)])


def _cited(question: Question, telling: Telling) -> tuple[str, ...]:
    said = (telling.own(each) for each in (question.question, question.explanation))
    return cited(" ".join(said))


def _at(quiz: Quiz, number: int) -> str:
    return f"quiz {quiz.id} {number}"


def _all(telling: Telling) -> Button:
    return Button(telling.say("button.quizzes"), "quiz")
