"""How often the right brief is found, and how often none is sent where none fits."""

from collections.abc import Callable

import pytest

from bot.adapters.content_files import Content
from bot.commands.desk import Desk
from bot.commands.find import find
from bot.core.finding import Finding
from tests.fakes.people import READER, Chat, actions
from tests.search.questions import Asked, questions

IN_SCOPE, OFF_TOPIC = 0.95, 0.97
"""Least shares, for the questions that search was tuned on and for those kept apart."""

ASKED = questions()


def share(
    name: str, desk: Desk, asked: list[Asked], right: Callable[[Asked, Finding], bool]
) -> float:
    """The share that went right; the others are printed."""
    found = [(each, find(each.question, desk)) for each in asked]
    wrong = [(each, finding) for each, finding in found if not right(each, finding)]
    print(f"{name}: {len(asked) - len(wrong)} of {len(asked)} right")
    for each, finding in wrong:
        print(f"  {each.question!r}: {finding.outcome} {finding.ids} {finding.confidence}")
    return 1 - len(wrong) / len(asked)


@pytest.mark.parametrize("check", [False, True], ids=["tuned on", "kept apart"])
def test_the_right_record_comes_first(desk: Desk, check: bool) -> None:
    asked = [each for each in ASKED if each.meant and each.check is check]
    assert share("in scope", desk, asked, _first_is_meant) >= IN_SCOPE


@pytest.mark.parametrize("check", [False, True], ids=["tuned on", "kept apart"])
def test_off_topic_questions_get_no_brief(desk: Desk, check: bool) -> None:
    asked = [each for each in ASKED if not each.meant and each.check is check]
    assert share("off topic", desk, asked, lambda _, found: found.outcome != "answer") >= OFF_TOPIC


def test_questions_are_answered_with_a_brief_rather_than_a_choice(desk: Desk) -> None:
    asked = [each for each in ASKED if len(each.meant) == 1]
    assert share("answered", desk, asked, lambda _, found: found.outcome == "answer") >= 0.88


def test_a_brief_is_sent_where_search_is_sure_and_nowhere_else(say: Chat) -> None:
    for each in ASKED:
        sent = any(action.startswith("picture ") for action in actions(say(READER, each.question)))
        assert sent is (find(each.question, say.desk).outcome == "answer"), each.question


def test_no_question_is_answered_with_the_wrong_brief(desk: Desk) -> None:
    asked = [each for each in ASKED if each.meant]
    wrong = share("not wrong", desk, asked, lambda each, found: not _misled(each, found))
    assert wrong >= 0.99


def test_there_are_enough_questions(content: Content) -> None:
    in_scope = [each for each in ASKED if each.meant]
    assert len(in_scope) >= 120
    assert len(ASKED) - len(in_scope) >= 50
    assert len({each.question for each in ASKED}) == len(ASKED)
    assert {one for each in in_scope for one in each.meant} <= set(content.library.records)


def _first_is_meant(asked: Asked, found: Finding) -> bool:
    return bool(found.ids) and found.ids[0] in asked.meant


def _misled(asked: Asked, found: Finding) -> bool:
    return found.outcome == "answer" and found.ids[0] not in asked.meant
