"""Two people on one draft: the slower one learns what changed and by whom, and loses nothing."""

import pytest

from bot.commands.composer.differing import PARTS
from bot.commands.desk import Desk
from bot.core.posts import Draft
from tests.commands.composing import drafted, post, with_channels
from tests.fakes.people import AUTHOR, REVIEWER, Chat


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return with_channels(desk)


def test_every_field_of_a_draft_belongs_to_a_button() -> None:
    fields = [field for each in PARTS.values() for field in each]
    assert sorted(fields) == sorted(Draft.model_fields)


@pytest.mark.parametrize(
    ("step", "part"),
    [
        ("time +1h", "When"),
        ("type memorial", "Type of post, Buttons"),
        ("buttons quiz", "Buttons"),
        ("late ask", "If it is late"),
        ("grace 45", "If it is late"),
        ("flag scripture", "Quotes scripture"),
        ("language ur", "Languages"),
        ("text Other words.", "Text"),
    ],
)
def test_the_slower_one_is_told_what_changed_and_by_whom(
    say: Chat, desk: Desk, step: str, part: str
) -> None:
    drafted(say)
    say(REVIEWER, f"/draft 1 2 {step}")
    before = post(desk).draft
    told = say(AUTHOR, "/draft 1 2 grace 90")
    assert "was changed at" in told.text
    assert f"last by owner: {part}." in told.text
    assert post(desk).draft == before
    assert say(REVIEWER, "/draft 1 2 more").text.count("last by you") == 1


def test_of_a_revision_that_never_was_nothing_is_said(say: Chat, desk: Desk) -> None:
    drafted(say)
    told = say(AUTHOR, "/draft 1 99 more")
    assert "was changed at" in told.text and "last by" not in told.text
