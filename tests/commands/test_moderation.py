"""Posts from the one who writes them to the account of each target."""

from datetime import timedelta

import pytest

from bot.commands.accounting import account
from bot.commands.briefs import post_of
from bot.commands.desk import Desk
from bot.commands.moderation import LONGEST_POST
from bot.core.posting import act
from bot.core.posts import Attempt, DeliveryState, Event, Post, PostState
from bot.core.records import Language
from tests.fakes.clock import FakeClock
from tests.fakes.people import AUTHOR, READER, REVIEWER, Chat, actions, buttons, walk

LINE = "/compose +10m | @channel | hello"


def state(desk: Desk, post_id: int = 1) -> PostState:
    with desk.new_uow() as uow:
        post = uow.posts.get(post_id)
    assert post is not None
    return post.state


def no_posts(desk: Desk) -> bool:
    with desk.new_uow() as uow:
        return uow.posts.listed(list(PostState), 1) == []


def deliver(desk: Desk, **ends: DeliveryState) -> None:
    """End the rows of post 1 as told by target."""
    with desk.new_uow() as uow:
        until = desk.clock() + timedelta(days=9)
        for row in uow.deliveries.lease("test", desk.clock(), until, 100):
            end = ends.get(row.target.removeprefix("@"), DeliveryState.PENDING)
            uow.deliveries.record(
                row.id, "test", end, reason="" if end == "sent" else "no such chat"
            )
        uow.commit()


def test_a_post_is_shown_as_it_will_be_sent(say: Chat) -> None:
    reply = say(AUTHOR, "/compose +10m | @first, -100123 | hello\nthere\n\nsecond")
    assert "/post 1 is in review" in reply.text
    assert "@first, -100123" in reply.text
    assert "2026-11-30 17:10" in reply.text
    assert reply.text.endswith("hello\nthere\n\nsecond")


def test_the_others_are_asked_to_review_the_same_text(say: Chat) -> None:
    reply = say(AUTHOR, LINE)
    [(person, notice)] = reply.notices
    assert person == REVIEWER
    assert "/post 1 waits for your review" in notice.text
    assert notice.text.endswith("hello")
    ways = [action.split()[:2] for action in actions(notice)]
    assert ways == [["approve", "1"], ["return", "1"]]


def test_an_author_alone_is_told_that_nobody_can_approve(desk: Desk) -> None:
    from dataclasses import replace

    reply = Chat(replace(desk, owners=(AUTHOR,)))(AUTHOR, LINE)
    assert "nobody else" in reply.text
    assert not reply.notices


def test_the_same_message_again_makes_no_second_post(say: Chat) -> None:
    for _ in range(2):
        assert "/post 1 is in review" in say(AUTHOR, LINE, origin="telegram:1:7").text
    assert "/post 2" in say(AUTHOR, LINE, origin="telegram:1:8").text


@pytest.mark.parametrize(
    ("mark", "language", "told"),
    [("", "ur", "ur"), ("", "en", "en"), (" ur", "en", "ur"), (" EN", "ur", "en")],
)
def test_a_record_is_told_in_the_language_of_whoever_posts_it_or_the_one_named(
    say: Chat, desk: Desk, mark: str, language: Language, told: Language
) -> None:
    say(AUTHOR, f"/compose now | @channel | safoora-goth-2015{mark}", language)
    with desk.new_uow() as uow:
        post = uow.posts.get(1)
    record = desk.library.get("safoora-goth-2015")
    assert post is not None and record is not None
    assert (post.draft.record_id, post.draft.language) == (record.id, told)
    assert post.draft.blocks == post_of(record, desk, told)


def test_a_text_that_ends_like_a_language_mark_is_a_text(say: Chat) -> None:
    assert say(AUTHOR, "/compose now | @channel | Say it en").text.endswith("Say it en")
    assert "No record has the id safora-goth-2015" in say(
        AUTHOR, "/compose now | @channel | safora-goth-2015 ur"
    ).text  # fmt: skip


def test_a_record_is_posted_with_its_sources(say: Chat, desk: Desk) -> None:
    reply = say(AUTHOR, "/compose now | @channel | safoora-goth-2015")
    assert "Safoora Goth bus attack" in reply.text
    assert any(span.url for block in reply.blocks for span in block.spans)
    assert "as soon as it is approved" in reply.text
    with desk.new_uow() as uow:
        post = uow.posts.get(1)
    assert post is not None
    assert post.draft.record_id == "safoora-goth-2015"


def test_a_bar_in_the_text_belongs_to_it(say: Chat) -> None:
    assert say(AUTHOR, "/compose now | @channel | a | b").text.endswith("a | b")


@pytest.mark.parametrize("targets", ["@First, @first", "@first,@first,", " @first , ,@FIRST"])
def test_a_target_is_named_once(say: Chat, desk: Desk, targets: str) -> None:
    say(AUTHOR, f"/compose now | {targets} | hello")
    with desk.new_uow() as uow:
        post = uow.posts.get(1)
    assert post is not None
    assert [target.lower() for target in post.draft.targets] == ["@first"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("hello", "Write: /compose WHEN | TARGETS | TEXT"),
        ("now | @channel", "Write: /compose"),
        ("now | @channel |", "Write: /compose"),
        ("now | | hello", "Write: /compose"),
        ("now | , | hello", "Write: /compose"),
        (" | @channel | hello", "Write: /compose"),
        ("now | @channel | \u202e\x00", "Write: /compose"),
        ("now | channel | hello", "cannot go to \u2068channel\u2069"),
        ("now | @channel, t.me/x | hello", "cannot go to \u2068t.me/x\u2069"),
        ("now | @a b | hello", "cannot go to"),
        ("soon | @channel | hello", "cannot read \u2068soon\u2069 as a time"),
        ("25:00 | @channel | hello", "cannot read"),
        ("2026-11-30 17:00 | @channel | hello", "is over"),
        ("+732d | @channel | hello", "two years"),
        ("daily 25:00 | @channel | hello", "is no time of day"),
        ("mon,fry 18:00 | @channel | hello", "is no day of the week"),
        ("daily 09:00 until soon | @channel | hello", "is no date"),
        ("daily 09:00 until 2020-01-01 | @channel | hello", "never comes"),
        ("daily 09:00 x0 | @channel | hello", "is no number of times"),
        ("on nothing-known 09:00 | @channel | hello", "has no day"),
        (f"now | @channel | {'x' * (LONGEST_POST + 1)}", "longer than one message"),
        (f"now | @channel | {'😀' * (LONGEST_POST // 2 + 1)}", "longer than one message"),
    ],
)
def test_what_cannot_be_posted_is_refused_with_what_to_do(
    say: Chat, desk: Desk, line: str, told: str
) -> None:
    assert told in say(AUTHOR, f"/compose {line}").text
    assert no_posts(desk)


def test_the_longest_post_is_one_message(say: Chat) -> None:
    assert (
        "/post 1 is in review"
        in say(AUTHOR, f"/compose now | @channel | {'x' * LONGEST_POST}").text
    )


def test_control_and_bidi_characters_do_not_reach_a_post(say: Chat) -> None:
    reply = say(AUTHOR, "/compose now | @channel | a\u202eb\x00c <b>d</b>")
    assert reply.text.endswith("abc <b>d</b>")


def test_what_is_refused_is_repeated_safely(say: Chat) -> None:
    for line in ("\u202esoon<b> | @channel | x", "now | \u202e\x07<b>evil | x"):
        shown = "".join(walk(say(AUTHOR, f"/compose {line}")))
        assert not {"\u202e", "\x07"} & set(shown)


def test_the_author_cannot_approve(say: Chat, desk: Desk) -> None:
    say(AUTHOR, LINE)
    for reply in (say(AUTHOR, "/approve 1"), say.press(AUTHOR, "approve 1")):
        assert "somebody else has to approve" in reply.text
    assert state(desk) is PostState.REVIEW
    assert actions(say(AUTHOR, "/post 1")) == ["template 1"]


def test_another_approves_and_the_author_is_told(say: Chat, desk: Desk) -> None:
    say(AUTHOR, LINE)
    reply = say(REVIEWER, "/approve 1")
    assert "/post 1 is approved. It goes out at 2026-11-30 17:10" in reply.text
    [(person, notice)] = reply.notices
    assert person == AUTHOR
    assert "/post 1 was approved" in notice.text
    assert reply.reschedules
    assert state(desk) is PostState.SCHEDULED


def test_a_post_can_be_approved_by_its_button(say: Chat, desk: Desk) -> None:
    [(_, notice)] = say(AUTHOR, LINE).notices
    assert "is approved" in say.press(REVIEWER, buttons(notice)[0]).text
    assert state(desk) is PostState.SCHEDULED


def test_a_post_can_be_approved_where_it_is_shown(say: Chat) -> None:
    say(AUTHOR, LINE)
    button, _back, _copy = buttons(say(REVIEWER, "/post 1"))
    assert "is approved" in say.press(REVIEWER, button).text


def test_a_button_approves_the_version_it_was_shown_with(say: Chat, desk: Desk) -> None:
    say(AUTHOR, LINE)
    [(_, other)] = say(AUTHOR, "/compose +10m | @channel | something else").notices
    seen = actions(other)[0].split()[2]
    assert "has changed" in say.press(REVIEWER, f"approve 1 {seen}").text
    assert state(desk) is PostState.REVIEW


def test_a_second_approval_says_how_it_stands(say: Chat) -> None:
    say(AUTHOR, LINE)
    say(REVIEWER, "/approve 1")
    assert "it is: scheduled" in say(REVIEWER, "/approve 1").text


def test_a_post_whose_time_is_over_is_not_approved(say: Chat, desk: Desk, clock: FakeClock) -> None:
    say(AUTHOR, LINE)
    clock.forward(minutes=40)
    assert "is approved" in say(REVIEWER, "/approve 1").text
    say(AUTHOR, LINE)
    clock.forward(minutes=41)
    assert "is over" in say(REVIEWER, "/approve 2").text
    assert state(desk, 2) is PostState.REVIEW


@pytest.mark.parametrize("command", ["approve", "return", "cancel", "post"])
@pytest.mark.parametrize("number", ["", "7", "x", "-1", "1.0", "٧", "9" * 30, "1; drop table post"])
def test_a_post_that_is_not_there_is_said_to_be_so(say: Chat, command: str, number: str) -> None:
    assert "no such post" in say(REVIEWER, f"/{command} {number}").text


def test_a_post_goes_back_with_a_reason(say: Chat, desk: Desk) -> None:
    say(AUTHOR, LINE)
    reply = say(REVIEWER, "/return 1 the \u202edate is wrong")
    [(person, notice)] = reply.notices
    assert person == AUTHOR
    assert "the date is wrong" in notice.text
    assert state(desk) is PostState.DRAFT
    assert "the date is wrong" in say(AUTHOR, "/post 1").text


@pytest.mark.parametrize("reason", ["", " ", " \u202e\x00"])
def test_a_post_does_not_go_back_without_a_reason(say: Chat, desk: Desk, reason: str) -> None:
    say(AUTHOR, LINE)
    assert "Say why" in say(REVIEWER, f"/return 1{reason}").text
    assert state(desk) is PostState.REVIEW


def test_what_was_approved_does_not_go_back(say: Chat, desk: Desk) -> None:
    say(AUTHOR, LINE)
    say(REVIEWER, "/approve 1")
    assert "it is: scheduled" in say(REVIEWER, "/return 1 too late").text
    assert state(desk) is PostState.SCHEDULED


def test_what_went_back_cannot_be_approved(say: Chat) -> None:
    say(AUTHOR, LINE)
    say(REVIEWER, "/return 1 mend it")
    assert "it is: draft" in say(REVIEWER, "/approve 1").text


@pytest.mark.parametrize("person", [AUTHOR, REVIEWER])
@pytest.mark.parametrize("approved", [False, True])
def test_anybody_who_moderates_may_cancel(
    say: Chat, desk: Desk, person: str, approved: bool
) -> None:
    preview = say(AUTHOR, LINE)
    if approved:
        say(REVIEWER, "/approve 1")
    assert "is cancelled" in say.press(person, buttons(preview)[0]).text
    assert state(desk) is PostState.CANCELLED
    assert "over already" in say(person, "/cancel 1").text
    assert "it is: cancelled" in say(REVIEWER, "/approve 1").text


def test_posts_are_listed_by_what_became_of_them(say: Chat, desk: Desk) -> None:
    for _ in range(3):
        say(AUTHOR, "/compose now | @channel | hello")
    say(REVIEWER, "/approve 2")
    say(REVIEWER, "/cancel 3")
    assert actions(say(AUTHOR, "/posts")) == ["post 2", "post 1"]
    assert actions(say(AUTHOR, "/posts review")) == ["post 1"]
    assert actions(say(AUTHOR, "/posts UPCOMING")) == ["post 2"]
    for which in ("stuck", "sent"):
        assert "no such post" in say(AUTHOR, f"/posts {which}").text
    with desk.new_uow() as uow:
        fail = Attempt(Event.FAIL, desk.clock(), desk.calendar)
        assert isinstance(act(uow, 2, fail), Post)
        uow.commit()
    assert actions(say(AUTHOR, "/posts stuck")) == ["post 2"]


def test_a_list_names_each_post_with_its_state_and_time(say: Chat) -> None:
    say(AUTHOR, LINE)
    assert "/post 1 – review – 2026-11-30 17:10" in say(AUTHOR, "/posts").text
    assert "1 post" in say(AUTHOR, "/posts").text


def test_a_long_list_shows_the_latest(say: Chat) -> None:
    for _ in range(22):
        say(AUTHOR, LINE)
    reply = say(AUTHOR, "/posts")
    assert actions(reply) == [f"post {number}" for number in range(22, 2, -1)]
    assert all(len(row) <= 5 for row in reply.buttons)


def test_a_post_that_waits_tells_its_next_time(say: Chat) -> None:
    say(AUTHOR, LINE)
    say(REVIEWER, "/approve 1")
    lines = say(AUTHOR, "/post 1").text.splitlines()
    assert lines[:3] == ["/post 1: scheduled", "pending: 1", "next: 2026-11-30 17:10"]
    assert lines[-1] == "hello"


def test_a_post_accounts_for_every_target(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/compose now | @first, @second, @third | hello")
    say(REVIEWER, "/approve 1")
    deliver(desk, first=DeliveryState.SENT, second=DeliveryState.SENT, third=DeliveryState.REFUSED)
    lines = say(AUTHOR, "/post 1").text.splitlines()
    assert lines[1:4] == ["sent: 2", "refused: 1", "@third: refused: no such chat"]


def test_an_account_counts_what_came_and_what_is_to_come(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/compose now | @first, @second | hello")
    say(REVIEWER, "/approve 1")
    deliver(desk, first=DeliveryState.SENT)
    with desk.new_uow() as uow:
        post, tally = uow.posts.get(1), uow.deliveries.tally(1)
    assert post is not None
    told = account(post, tally, desk.local)
    assert told.counts == {"pending": 1, "sent": 1}
    assert told.next == ["2026-11-30 17:00"]
    assert told.problems == []


def test_a_post_number_may_carry_a_hash(say: Chat) -> None:
    say(AUTHOR, LINE)
    assert "/post 1: review" in say(AUTHOR, "/post #1").text


def test_a_moderator_is_answered_in_their_language(say: Chat) -> None:
    say(AUTHOR, LINE)
    assert say(REVIEWER, "/approve 9", "ur").text != say(REVIEWER, "/approve 9").text
    lines = say(REVIEWER, "/post 1", "ur").text.splitlines()
    assert lines[0] == "/post 1: review"


def test_nobody_can_be_a_moderator_without_being_known(say: Chat, desk: Desk) -> None:
    for person in (None, READER, "telegram:20011", "discord:2001"):
        assert "do not know" in say(person, LINE).text
    assert no_posts(desk)


@pytest.mark.parametrize(
    ("when", "times"),
    [
        ("daily 18:00", "2026-11-30 18:00, 2026-12-01 18:00, 2026-12-02 18:00"),
        ("mon,thu 16:00", "2026-12-03 16:00, 2026-12-07 16:00, 2026-12-10 16:00"),
        ("yearly 05-13", "2027-05-13 09:00, 2028-05-13 09:00, 2029-05-13 09:00"),
    ],
)
def test_a_preview_lists_the_next_three_times(say: Chat, when: str, times: str) -> None:
    assert f"When: {times}." in say(AUTHOR, f"/compose {when} | @channel | hello").text
    say(REVIEWER, "/approve 1")
    assert f"next: {times.split(',')[0]}" in say(AUTHOR, "/post 1").text


def test_a_paused_post_waits_until_somebody_resumes_it(say: Chat, desk: Desk) -> None:
    say(AUTHOR, LINE)
    say(REVIEWER, "/approve 1")
    [(person, told)] = say(REVIEWER, "/pause 1").notices
    assert (person, "was paused" in told.text) == (AUTHOR, True)
    shown = say(AUTHOR, "/post 1")
    assert "/post 1: paused" in shown.text
    assert "cancelled: 1" in shown.text
    button, _copy = buttons(shown)
    assert say.press(AUTHOR, button).reschedules
    assert state(desk) is PostState.SCHEDULED
    assert "pending: 1" in say(AUTHOR, "/post 1").text


def test_a_post_whose_time_went_by_in_a_pause_is_not_resumed(
    say: Chat, desk: Desk, clock: FakeClock
) -> None:
    say(AUTHOR, LINE)
    say(REVIEWER, "/approve 1")
    say(AUTHOR, "/pause 1")
    clock.forward(hours=1)
    assert "is over" in say(AUTHOR, "/resume 1").text
    assert state(desk) is PostState.PAUSED


def test_a_target_that_was_not_reached_is_sent_to_again_by_its_button(
    say: Chat, desk: Desk
) -> None:
    say(AUTHOR, "/compose now | @first, @second | hello")
    say(REVIEWER, "/approve 1")
    deliver(desk, first=DeliveryState.SENT, second=DeliveryState.UNKNOWN)
    button, correct, _copy = buttons(say(AUTHOR, "/post 1"))
    assert correct.action == "correct 1"
    assert "@second" in button.label
    assert len(button.action.encode()) <= 64
    reply = say.press(REVIEWER, button)
    assert "is sent to \u2068@second\u2069 again" in reply.text
    assert reply.reschedules
    assert "pending: 1" in say(AUTHOR, "/post 1").text
    assert "no target of that name" in say.press(REVIEWER, button).text
    assert "no target of that name" in say(REVIEWER, "/resend 1 @first").text


def test_a_returned_post_is_submitted_again_by_its_author(say: Chat, desk: Desk) -> None:
    say(AUTHOR, LINE)
    say(REVIEWER, "/return 1 mend it")
    assert "somebody else" in say(REVIEWER, "/submit 1").text
    assert actions(say(REVIEWER, "/post 1")) == ["draft 1"]
    edit, button = buttons(say(AUTHOR, "/post 1"))
    assert edit.action == "draft 1"
    [(person, _)] = say.press(AUTHOR, button).notices
    assert person == REVIEWER
    assert state(desk) is PostState.REVIEW
