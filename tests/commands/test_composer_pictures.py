"""Photos that moderators send to the bot, beside their drafts."""

from dataclasses import replace

import pytest

from bot.commands.desk import Desk
from bot.commands.table import press, respond
from bot.core.posts import PostState, Uploaded
from bot.core.replies import Photo, Reply, Request
from tests.commands.composing import answered, drafted, post, pressed, ready, with_channels
from tests.fakes.people import AUTHOR, READER, REVIEWER, Chat, actions, buttons

ALT = "Women light lamps at a shrine"
SENT = Request("", AUTHOR, photo="photo-1", origin="telegram:2001:7")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return with_channels(desk)


def sent_in_answer(desk: Desk, asked: Reply, caption: str = "", photo: str = "photo-1") -> Reply:
    return respond(Request(f"/{asked.asks} {caption}", AUTHOR, photo=photo), desk)


def under(sent: Request, action: str) -> Request:
    """The press of a button that stands under a message."""
    return Request(
        action, AUTHOR, origin=sent.origin, quoted=sent.text, quoted_photo=sent.photo
    )  # fmt: skip


def test_a_photo_is_asked_for_and_then_described(say: Chat, desk: Desk) -> None:
    asked = drafted(say, "Picture", "Send a photo")
    told = sent_in_answer(desk, asked)
    assert "Say what the picture shows, in English" in told.text
    assert post(desk).draft.picture == Uploaded(file_id="photo-1")
    assert ALT in answered(say, told, ALT).text
    assert post(desk).draft.picture == Uploaded(file_id="photo-1", alt=ALT)


def test_the_caption_of_the_answer_describes_it(say: Chat, desk: Desk) -> None:
    told = sent_in_answer(desk, drafted(say, "Picture", "Send a photo"), ALT)
    assert post(desk).draft.picture == Uploaded(file_id="photo-1", alt=ALT)
    assert not told.asks


def test_words_in_place_of_a_photo_are_told(say: Chat, desk: Desk) -> None:
    told = answered(say, drafted(say, "Picture", "Send a photo"), "here it is")
    assert "That was no photo" in told.text and told.asks.endswith(" upload")
    assert post(desk).draft.picture is None


def test_a_short_description_is_told_and_nothing_submitted(say: Chat, desk: Desk) -> None:
    ready(say)
    asked = pressed(say, say(AUTHOR, "/draft 1"), "Picture", "Send a photo")
    told = answered(say, sent_in_answer(desk, asked), "A shrine")
    assert "has 8 characters and needs 15" in told.text
    assert "Nobody has described its picture" in pressed(say, told, "Submit").text
    assert "nobody has described" in say(AUTHOR, "/submit 1").text
    assert post(desk).state is PostState.DRAFT
    asked = pressed(say, say(AUTHOR, "/draft 1"), "Picture", "Describe it")
    assert "is in review" in pressed(say, answered(say, asked, ALT), "Submit").text


def test_it_is_previewed_and_tested_with_its_description_and_its_buttons(
    say: Chat, desk: Desk
) -> None:
    shown = sent_in_answer(desk, drafted(say, "Picture", "Send a photo"), ALT)
    [(person, message)] = pressed(say, shown, "Preview").notices
    assert (person, message.picture) == (AUTHOR, Photo("photo-1", ALT))
    assert message.text.endswith(f"Picture: \u2068{ALT}\u2069")
    labels = ["More", "Share", "Get help", "Something wrong?"]
    assert [each.label for each in buttons(message)] == labels
    tested = answered(say, pressed(say, shown, "Test"), "2002")
    assert tested.notices[1] == (REVIEWER, message)


@pytest.mark.parametrize(("letters", "fits"), [(980, True), (1000, False)])
def test_the_description_counts_as_part_of_the_caption(
    say: Chat, desk: Desk, letters: int, fits: bool
) -> None:
    asked = pressed(say, ready(say), "Text", "Write it")
    asked = pressed(say, answered(say, asked, "x" * letters), "Picture", "Send a photo")
    told = sent_in_answer(desk, asked, ALT)
    assert ("1024 fit" in told.text) is not fits


def test_whoever_reviews_sees_every_word_and_the_picture(say: Chat, desk: Desk) -> None:
    asked = pressed(say, ready(say), "Text", "Write it")
    words = "x" * 900 + "\n\nThe last words."
    asked = pressed(say, answered(say, asked, words), "Picture", "Send a photo")
    told = pressed(say, sent_in_answer(desk, asked, ALT), "Submit")
    assert told.picture is None and "The last words." in told.text
    assert "its picture is not shown beside it" in told.text
    (first, message), (second, notice) = told.notices
    assert first == second == REVIEWER
    assert message.picture == Photo("photo-1", ALT) and "The last words." in message.text
    assert "The last words." in notice.text and actions(notice)[0].startswith("approve 1")


def test_a_photo_that_is_sent_becomes_a_post_with_its_caption(desk: Desk) -> None:
    sent = replace(SENT, text="They were remembered.", forwarded=True)
    offered = respond(sent, desk)
    assert actions(offered) == ["take"] and offered.under
    for _ in range(2):
        told = press(under(sent, "take"), desk)
    assert "Say what the picture shows" in told.text
    draft = post(desk).draft
    assert draft.blocks[0].text == sent.text and draft.picture == Uploaded(file_id="photo-1")
    with desk.new_uow() as uow:
        assert uow.posts.get(2) is None


def test_a_photo_without_words_becomes_a_post_too(desk: Desk) -> None:
    press(under(SENT, "take"), desk)
    respond(Request("/compose", AUTHOR, quoted_photo="photo-2", origin="x"), desk)
    assert [post(desk, n).draft.picture for n in (1, 2)] == [
        Uploaded(file_id="photo-1"),
        Uploaded(file_id="photo-2"),
    ]


def test_a_photo_is_offered_to_the_drafts_that_one_has(say: Chat, desk: Desk) -> None:
    drafted(say)
    say(REVIEWER, "/compose")
    offered = actions(respond(SENT, desk))
    assert offered == ["take", "draft 1 2 beside"]
    press(under(SENT, offered[1]), desk)
    assert post(desk).draft.picture == Uploaded(file_id="photo-1")
    assert post(desk).draft.blocks
    assert "was changed at" in press(under(SENT, offered[1]), desk).text


def test_a_version_in_another_language_is_described_in_it(say: Chat, desk: Desk) -> None:
    shown = sent_in_answer(desk, drafted(say, "Picture", "Send a photo"), ALT)
    pressed(say, shown, "Languages", "Add a version in اردو")
    assert post(desk, 2).draft.picture == Uploaded(file_id="photo-1")


@pytest.mark.parametrize(("misfit", "told"), [("album", "by itself"), ("video", "no video")])
def test_what_no_post_can_have_is_told(say: Chat, desk: Desk, misfit: str, told: str) -> None:
    sent = replace(SENT, photo="", misfit=misfit)
    assert told in respond(sent, desk).text
    asked = drafted(say, "Picture", "Send a photo")
    refused = respond(replace(sent, text=f"/{asked.asks}"), desk)
    assert told in refused.text and "The draft is as it was" in refused.text
    assert post(desk).draft.picture is None


def test_a_reader_is_offered_nothing_and_a_caption_is_a_question(desk: Desk) -> None:
    sent = replace(SENT, person=READER)
    assert "I read text only" in respond(sent, desk).text
    asked = respond(replace(sent, text="Sehwan"), desk)
    assert "take" not in actions(asked) and "Sehwan" in asked.text


def test_the_one_line_form_takes_no_photo_and_says_so(desk: Desk) -> None:
    told = respond(replace(SENT, text="/compose now | @wazahat_news | Hello"), desk)
    assert "does not go with the one-line form" in told.text
    with desk.new_uow() as uow:
        assert uow.posts.get(1) is None
