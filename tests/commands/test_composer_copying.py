"""A post used as the template of another."""

from dataclasses import replace

import pytest

from bot.commands.desk import Desk
from bot.core.posts import PostState, Uploaded
from bot.core.replies import Block, Span
from tests.commands.composing import NEWS, button, post, pressed, ready, with_channels
from tests.db.corrections import correction, sent
from tests.db.drafts import approved
from tests.fakes.people import AUTHOR, READER, REVIEWER, Chat


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return with_channels(desk)


def in_review(say: Chat, desk: Desk) -> None:
    """A memorial with a picture and a time, in review."""
    ready(say)
    pressed(say, say(AUTHOR, "/draft 1"), "More settings", "Type of post", "Memorial", "When")
    say(AUTHOR, f"/draft 1 {post(desk).revision.number} time +1h")
    assert "in review" in pressed(say, say(AUTHOR, "/draft 1"), "Submit").text


def test_it_says_the_same_without_a_time(say: Chat, desk: Desk) -> None:
    in_review(say, desk)
    shown = say(REVIEWER, "/post 1")
    for _ in range(2):
        told = say.press(REVIEWER, button(shown, "Use as template"))
    assert "A new draft with what /post 1 says" in told.text
    first, copy = post(desk), post(desk, 2)
    assert (copy.author, copy.state) == (REVIEWER, PostState.DRAFT)
    assert copy.draft == first.draft.model_copy(update={"schedule": None})
    assert first.state is PostState.REVIEW
    with desk.new_uow() as uow:
        assert uow.posts.get(3) is None


def test_a_copy_that_was_worked_on_is_left_alone(say: Chat, desk: Desk) -> None:
    in_review(say, desk)
    copy = say.press(REVIEWER, button(say(REVIEWER, "/post 1"), "Use as template"))
    say.press(REVIEWER, button(say.press(REVIEWER, button(copy, "When")), "Tomorrow"))
    assert "Draft /post 3" in say(REVIEWER, "/template 1").text


def test_a_channel_that_is_gone_is_left_out_and_named(say: Chat, desk: Desk) -> None:
    in_review(say, desk)
    with desk.new_uow() as uow:
        known = uow.channels.get(NEWS)
        assert known is not None
        uow.channels.put(replace(known, look=replace(known.look, present=False)))
        uow.commit()
    told = say(AUTHOR, "/template 1")
    assert "no posts can go there now: \u2068@wazahat_news\u2069" in told.text
    assert post(desk, 2).draft.targets == ()


def test_a_photo_is_taken_along(say: Chat, desk: Desk) -> None:
    ready(say)
    photo = Uploaded(file_id="photo-1", alt="Women light lamps at a shrine")
    with desk.new_uow() as uow:
        made = uow.posts.get(1)
        assert made is not None
        pictured = made.draft.model_copy(update={"picture": photo})
        uow.posts.revise(made, AUTHOR, pictured, desk.clock())
        uow.commit()
    say(AUTHOR, "/template 1")
    assert post(desk, 2).draft.picture == photo


def test_a_copy_is_no_post_of_a_started_campaign(say: Chat, desk: Desk) -> None:
    ready(say)
    first = post(desk)
    with desk.new_uow() as uow:
        run = uow.runs.add("baat-karo", AUTHOR, desk.clock())
        of_run = first.draft.model_copy(update={"run": run.id})
        uow.posts.revise(first, AUTHOR, of_run, desk.clock())
        uow.commit()
    say(AUTHOR, "/template 1")
    assert post(desk, 2).draft == of_run.model_copy(update={"run": None, "schedule": None})


def test_a_copy_of_a_correction_says_what_is_right_and_edits_nothing(desk: Desk) -> None:
    first = sent(desk.new_uow, str(NEWS))
    wrong = correction(first, type="correction")
    corrects = wrong.corrects and wrong.corrects.model_copy(update={"type": "memorial"})
    note = Block((Span("Corrected: it was 72."),))
    whole = {"blocks": (note, *first.draft.blocks), "corrects": corrects}
    approved(desk.new_uow, of=wrong.model_copy(update=whole))
    Chat(desk)(AUTHOR, "/template 2")
    copy = post(desk, 3).draft
    assert (copy.blocks, copy.type, copy.corrects) == (first.draft.blocks, "memorial", None)
    assert (copy.targets, copy.grace_minutes) == (first.draft.targets, first.draft.grace_minutes)


def test_a_copy_of_a_corrected_card_has_nowhere_to_go_yet(desk: Desk) -> None:
    approved(desk.new_uow, of=correction(None))
    Chat(desk)(AUTHOR, "/template 1")
    assert post(desk, 2).draft.targets == ()


def test_it_is_for_moderators_and_of_posts_that_there_are(say: Chat) -> None:
    ready(say)
    assert "I do not know" in say(READER, "/template 1").text
    for line in ("", "9", "x"):
        assert "There is no such post" in say(AUTHOR, f"/template {line}").text
