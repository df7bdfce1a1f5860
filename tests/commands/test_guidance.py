"""What people who work on the bot are told to do next, each in the language that they chose."""

from dataclasses import replace

import pytest

from bot.commands.desk import Desk
from bot.commands.moderation import told_of
from bot.core.posts import PostState, Tally
from bot.core.posts.deliveries import DeliveryState
from tests.fakes.people import AUTHOR, READER, REVIEWER, Chat, actions, buttons

LINE = "/compose +10m | @channel | hello"
REVIEWING = ("button.approve", "button.return")


def test_a_reviewer_is_asked_in_the_language_that_they_chose(say: Chat, desk: Desk) -> None:
    say(REVIEWER, "/language ur")
    [(_, notice)] = say(AUTHOR, LINE).notices
    assert "جائزے کی منتظر" in notice.text
    assert [each.label for each in buttons(notice)] == [desk.say("ur", each) for each in REVIEWING]


def test_an_author_hears_in_their_language_what_became_of_it(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/language ur")
    say(AUTHOR, LINE)
    [(person, notice)] = say(REVIEWER, "/approve 1").notices
    assert person == AUTHOR
    assert "منظور" in notice.text
    with desk.new_uow() as uow:
        post = uow.posts.get(1)
    assert post is not None
    gone = replace(post, state=PostState.SENT)
    tally = Tally({DeliveryState.SENT: 1})
    told = told_of(desk, gone, tally, AUTHOR)
    assert "مکمل" in told.text and "sent: 1" in told.text
    assert "/post 1 is done" in told_of(desk, gone, tally, REVIEWER).text


def test_a_post_is_returned_by_its_button_and_one_answer(say: Chat, desk: Desk) -> None:
    [(_, notice)] = say(AUTHOR, LINE).notices
    asked = say.press(REVIEWER, buttons(notice)[1])
    assert "Say why" in asked.text
    assert asked.asks == "return 1"
    returned = say(REVIEWER, f"/{asked.asks} It is too long")
    assert "went back to its author" in returned.text
    assert "It is too long" in returned.notices[0][1].text


def test_the_bare_command_lists_posts_with_their_first_words(say: Chat) -> None:
    say(AUTHOR, LINE)
    listed = say(AUTHOR, "/post").text
    assert "/post 1 – review" in listed and "hello" in listed


@pytest.mark.parametrize(("person", "staff"), [(READER, False), (AUTHOR, True)])
def test_only_staff_is_greeted_with_ways_to_work(say: Chat, person: str, *, staff: bool) -> None:
    greeting = say(person, "/start")
    assert ({"compose", "campaigns", "calendar", "posts"} <= {*actions(greeting)}) is staff
    assert ("For moderators" in say(person, "/help").text) is staff
