"""Composing step by step: each step is a new revision of a draft in the database."""

from dataclasses import replace

import pytest

from bot.commands.desk import Desk
from bot.commands.table import press, respond
from bot.core.library import Library
from bot.core.ports import Grounds, UnitOfWork
from bot.core.posts import Drawn, Post, PostState
from bot.core.replies import Request
from bot.core.schedule import Daily, Once, Repeating
from bot.editorial import Finding, PostJudge
from tests.commands.composing import (
    ATTACK,
    NEWS,
    TESTS,
    answered,
    button,
    drafted,
    post,
    pressed,
    ready,
    with_channels,
)
from tests.fakes.clock import FakeClock
from tests.fakes.people import AUTHOR, READER, REVIEWER, Chat, actions, buttons, walk


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return with_channels(desk)


def test_a_draft_is_there_from_the_first_step(say: Chat, desk: Desk) -> None:
    reply = say(AUTHOR, "/compose")
    assert post(desk).state is PostState.DRAFT
    assert "It has no text" in reply.text
    assert "It goes nowhere" in reply.text


def test_an_empty_draft_is_opened_again(say: Chat, desk: Desk) -> None:
    assert "/post 1" in say(AUTHOR, "/compose").text
    assert "/post 1" in say(AUTHOR, "/compose").text
    assert "/post 2" in say(REVIEWER, "/compose").text


@pytest.mark.parametrize(
    "step",
    (
        f"open,source,find {ATTACK},camps,camp chaal-pehchano,languages,targets,when,month,"
        "day 2026-12-01,repeats,picture,check"
    ).split(","),
)
def test_every_button_carries_the_draft_and_its_revision_and_fits(say: Chat, step: str) -> None:
    ready(say)
    steps = actions(say.press(AUTHOR, f"draft 1 3 {step}"))
    assert all(len(action.encode()) <= 56 for action in steps)  # room for eight more digits
    assert any(action.startswith("draft 1 3 ") for action in steps)
    others = [action for action in steps if not action.startswith("draft 1 3 ")]
    assert set(others) <= {"cancel 1", "channels"}


def test_own_words_are_kept_as_paragraphs(say: Chat, desk: Desk) -> None:
    drafted(say)
    assert [block.text for block in post(desk).draft.blocks] == ["Hello there.", "Second."]


def test_own_words_cite_sources_of_the_content(say: Chat, desk: Desk) -> None:
    source = next(each for each, held in desk.library.sources.items() if held.url)
    asked = pressed(say, say(AUTHOR, "/compose"), "Text", "Write it")
    answered(say, asked, f"It is known [@{source}].")
    links = [span.url for span in post(desk).draft.blocks[0].spans if span.url]
    assert links == [str(desk.library.sources[source].url)]
    asked = pressed(say, say(AUTHOR, "/draft 1"), "Text", "Write it")
    told = answered(say, asked, "It is known [@no-such-source].")
    assert "There is no source \u2068no-such-source" in told.text
    assert post(desk).revision.number == 2


def test_a_record_becomes_the_text(say: Chat, desk: Desk) -> None:
    ready(say)
    draft = post(desk).draft
    assert (draft.record_id, draft.targets) == (ATTACK, (str(NEWS),))
    assert any(span.url for block in draft.blocks for span in block.spans)


def test_a_post_of_a_campaign_becomes_the_text(say: Chat, desk: Desk) -> None:
    listed = pressed(say, say(AUTHOR, "/compose"), "Text", "From a campaign")
    series = say.press(AUTHOR, buttons(listed)[0])
    say.press(AUTHOR, button(series, "1. "))
    draft = post(desk).draft
    assert draft.campaign and draft.seq == 1
    assert draft.blocks[0].spans[0].bold


def test_targets_are_toggled(say: Chat, desk: Desk) -> None:
    chosen = drafted(say, "Where to", "News")
    assert "✅" in button(chosen, "News").label
    assert post(desk).draft.targets == (str(NEWS),)
    pressed(say, chosen, "News")
    assert post(desk).draft.targets == ()


@pytest.mark.parametrize(
    ("typed", "told"), [("nonsense here", "cannot go to"), ("@nobody_there", "cannot post to")]
)
def test_an_unknown_channel_is_told_and_the_draft_kept(
    say: Chat, desk: Desk, typed: str, told: str
) -> None:
    reply = answered(say, drafted(say, "Where to", "Type it"), typed)
    assert told in reply.text
    assert "The draft is as it was" in reply.text
    assert post(desk).draft.blocks


@pytest.mark.parametrize(
    ("label", "local"),
    [
        ("In an hour", "2026-11-30 18:00"),
        ("Tonight", "2026-11-30 18:00"),
        ("Tomorrow", "2026-12-01 09:00"),
    ],
)
def test_times_are_picked(say: Chat, desk: Desk, label: str, local: str) -> None:
    drafted(say, "When", label)
    schedule = post(desk).draft.schedule
    assert isinstance(schedule, Once)
    assert desk.local(schedule.at) == local


def test_a_day_and_an_hour_are_chosen_in_a_grid(say: Chat, desk: Desk) -> None:
    month = drafted(say, "When", "Choose a day", "›")
    assert "December 2026" in month.text
    hours = say.press(AUTHOR, next(b for b in buttons(month) if b.label == "24"))
    pressed(say, hours, "18:00")
    schedule = post(desk).draft.schedule
    assert isinstance(schedule, Once)
    assert desk.local(schedule.at) == "2026-12-24 18:00"


def test_days_and_hours_gone_by_are_not_offered(say: Chat, desk: Desk) -> None:
    month = drafted(say, "When", "Choose a day")
    days = [each.label for each in buttons(month) if each.label.isdecimal()]
    assert days == ["30"]
    hours = say.press(AUTHOR, button(month, "30"))
    assert button(hours, "18:00") and not [b for b in buttons(hours) if b.label == "17:00"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("2026-11-29 18:00", "is over"),
        ("soon", "cannot read"),
        ("+900d", "two years"),
        ("monthly 40", "is no number from 1 to"),
        ("on no-such-day 18:00", "The calendar has no day"),
    ],
)
def test_a_bad_time_is_told_and_the_draft_kept(
    say: Chat, desk: Desk, typed: str, told: str
) -> None:
    reply = answered(say, drafted(say, "When", "Type it"), typed)
    assert told in reply.text
    assert "The draft is as it was" in reply.text
    assert post(desk).draft.schedule is None


def test_a_schedule_is_typed(say: Chat, desk: Desk) -> None:
    reply = answered(say, drafted(say, "When", "Type it"), "monthly first fri 18:00 x5")
    assert "on the first Friday of each month at 18:00, 5 times" in reply.text


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Daily", "daily at 09:00"),
        ("Monday to Friday", "every Monday, Tuesday, Wednesday, Thursday, Friday at 09:00"),
        ("Weekly", "every Tuesday at 09:00"),
        ("Monthly", "on day 1 of each month at 09:00"),
        ("Yearly", "each year on 1 December at 09:00"),
    ],
)
def test_it_repeats_from_its_time_on(say: Chat, label: str, said: str) -> None:
    reply = drafted(say, "When", "Tomorrow", "How often", label)
    assert said in reply.text
    assert "2026-12-01 09:00" in reply.text


def test_a_repetition_ends_and_keeps_on_from_another_time(say: Chat, desk: Desk) -> None:
    reply = drafted(say, "When", "Tomorrow", "How often", "Daily", "How often", "ends", "5 times")
    assert "daily at 09:00, 5 times" in reply.text
    pressed(say, reply, "When", "Tonight")
    schedule = post(desk).draft.schedule
    assert isinstance(schedule, Repeating) and isinstance(schedule.rule, Daily)
    assert (f"{schedule.times[0]:%H:%M}", schedule.count) == ("18:00", 5)
    reply = pressed(say, say(AUTHOR, "/draft 1"), "How often", "ends", "Until 2026-12-30")
    assert "until 30 December 2026" in reply.text
    asked = pressed(say, reply, "How often", "ends", "Type it")
    assert "neither a day" in answered(say, asked, "never").text
    reply = pressed(say, say(AUTHOR, "/draft 1"), "How often", "Once")
    assert isinstance(post(desk).draft.schedule, Once)


def test_what_has_no_time_is_asked_for_one_first(say: Chat) -> None:
    assert "Choose when it goes out first" in drafted(say, "How often").text


def test_pictures_are_of_the_record(say: Chat, desk: Desk) -> None:
    assert "made from none" in drafted(say, "Picture").text
    picture = pressed(say, ready(say), "Picture")
    assert {"No picture", "Fact card", "Chart of the counts"} <= {b.label for b in buttons(picture)}


def test_a_record_goes_out_with_its_card(say: Chat, desk: Desk) -> None:
    pressed(say, ready(say), "Picture", "Fact card")
    assert isinstance(post(desk).draft.picture, Drawn)
    [(person, message)] = pressed(say, say(AUTHOR, "/draft 1"), "Preview").notices
    assert person == AUTHOR
    assert message.picture is not None
    pressed(say, say(AUTHOR, "/draft 1"), "Picture", "No picture")
    assert post(desk).draft.picture is None


@pytest.mark.parametrize(("letters", "told"), [(1100, "1024 fit"), (1000, "")])
def test_beside_a_picture_there_is_less_room(say: Chat, letters: int, told: str) -> None:
    asked = pressed(say, ready(say), "Picture", "Fact card", "Text", "Write it")
    shown = answered(say, asked, "x" * letters)
    assert told in shown.text and ("fit" in shown.text) is bool(told)
    if told:
        assert told in pressed(say, shown, "Submit").text


def test_a_text_longer_than_a_message_is_kept_and_not_submitted(say: Chat, desk: Desk) -> None:
    asked = pressed(say, ready(say), "Text", "Write it")
    told = pressed(say, answered(say, asked, "x" * 4097), "Submit")
    assert "4096 fit" in told.text
    assert len(post(desk).draft.blocks[0].text) == 4097


def test_the_preview_is_for_the_composer_alone(say: Chat, desk: Desk) -> None:
    shown = pressed(say, ready(say), "Preview")
    [(person, message)] = shown.notices
    assert person == AUTHOR
    assert message.blocks == post(desk).draft.blocks


def test_a_test_goes_to_no_chat_of_readers(say: Chat) -> None:
    ready(say)
    for target in (str(NEWS), "@wazahat_news", "1001", "telegram"):
        told = answered(say, pressed(say, say(AUTHOR, "/draft 1"), "Test"), target)
        assert not told.notices, target
    told = answered(say, pressed(say, say(AUTHOR, "/draft 1"), "Test"), str(TESTS))
    assert [person for person, _ in told.notices] == [f"telegram:{TESTS}"] * 2
    assert "not published" in told.notices[0][1].text
    told = answered(say, pressed(say, say(AUTHOR, "/draft 1"), "Test"), "2002")
    assert {person for person, _ in told.notices} == {REVIEWER}


def test_findings_show_the_words_and_the_cure(desk: Desk) -> None:
    class Strict(PostJudge):
        def findings(self, post: Post, uow: UnitOfWork, grounds: Grounds) -> tuple[Finding, ...]:
            return (
                Finding("M4", "warning", ("text",), "", "no call to action", "add one"),
                Finding("H3", "error", ("text",), "there", "a word", "use another"),
            )

    say = Chat(replace(desk, judge=Strict(desk.zone)))
    checked = drafted(say, "Check")
    assert "H3" in checked.blocks[1].text and "use another" in checked.text
    assert "there" in [span.text for block in checked.blocks for span in block.spans if span.bold]
    pressed(say, say(AUTHOR, "/draft 1"), "Where to", "News")
    told = pressed(say, say(AUTHOR, "/draft 1"), "Submit")
    assert "the check found faults" in told.text and "use another" in told.text
    assert post(desk).state is PostState.DRAFT


def test_it_is_submitted_and_the_others_are_asked(say: Chat, desk: Desk) -> None:
    told = pressed(say, ready(say), "Submit")
    assert "/post 1 is in review" in told.text
    assert [person for person, _ in told.notices] == [REVIEWER]
    assert post(desk).state is PostState.REVIEW


def test_what_lacks_something_is_not_submitted(say: Chat, desk: Desk) -> None:
    told = drafted(say, "Submit")
    assert "cannot be submitted yet" in told.text and "goes nowhere" in told.text
    assert "has no text or no target" in say(AUTHOR, "/submit 1").text
    assert post(desk).state is PostState.DRAFT


def test_a_time_that_went_by_meanwhile_is_told(say: Chat, desk: Desk, clock: FakeClock) -> None:
    pressed(say, ready(say), "When", "In an hour")
    clock.forward(hours=3)
    told = pressed(say, say(AUTHOR, "/draft 1"), "Submit")
    assert "Its time is over" in told.text
    assert post(desk).state is PostState.DRAFT


def test_a_record_removed_meanwhile_is_told(say: Chat, desk: Desk) -> None:
    ready(say)
    left = (each for each in desk.library.records.values() if each.id != ATTACK)
    without = replace(desk, library=Library(left, desk.library.sources))
    told = Chat(without).press(AUTHOR, button(say(AUTHOR, "/draft 1"), "Submit"))
    assert "is no longer there" in told.text
    assert post(desk).state is PostState.DRAFT


def test_an_old_button_does_nothing_and_says_what_to_do(say: Chat, desk: Desk) -> None:
    old = drafted(say)
    say.press(REVIEWER, button(say.press(REVIEWER, "draft 1"), "When"))
    say(REVIEWER, "/draft 1 2 time +1h")
    told = pressed(say, old, "Where to")
    assert "was changed at" in told.text
    assert "draft 1 3 targets" in actions(told)
    assert "was changed at" in say(AUTHOR, "/draft 1 2 text Other").text
    assert post(desk).draft.blocks[0].text == "Hello there."


def test_a_button_of_before_the_review_leaves_the_post_in_review(say: Chat, desk: Desk) -> None:
    shown = ready(say)
    pressed(say, shown, "Submit")
    told = pressed(say, shown, "When")
    assert "is no draft any more" in told.text
    assert "is no draft any more" in say(AUTHOR, "/draft 1 3 text Other").text
    assert post(desk).state is PostState.REVIEW


def test_a_returned_post_opens_with_its_reason_and_is_submitted_again(
    say: Chat, desk: Desk
) -> None:
    pressed(say, ready(say), "Submit")
    say(REVIEWER, "/return 1 Please another time")
    opened = say.press(AUTHOR, button(say(AUTHOR, "/posts drafts"), "1"))
    assert "Returned: \u2068Please another time" in opened.text
    told = pressed(say, opened, "When", "Tomorrow", "Submit")
    assert "/post 1 is in review" in told.text


def test_a_version_in_another_language_is_a_post_of_its_own(say: Chat, desk: Desk) -> None:
    languages = pressed(say, ready(say), "Languages")
    for _ in range(2):
        pressed(say, languages, "Add a version in اردو")
    version = post(desk, 2)
    assert (version.draft.variant_of, version.draft.language) == (1, "ur")
    assert version.draft.based_on_revision == post(desk).revision.number
    assert version.draft.targets == post(desk).draft.targets
    assert version.draft.blocks != post(desk).draft.blocks
    with desk.new_uow() as uow:
        assert uow.posts.get(3) is None
    pressed(say, say(AUTHOR, "/draft 1"), "When", "Tomorrow")
    outdated = pressed(say, say(AUTHOR, "/draft 2"), "Languages")
    assert "/post 1 has changed since" in outdated.text
    pressed(say, outdated, "up to date")
    assert post(desk, 2).draft.based_on_revision == post(desk).revision.number


def test_a_version_of_own_words_is_to_be_written(say: Chat, desk: Desk) -> None:
    told = drafted(say, "Languages", "Add a version in اردو")
    assert "write it in that language" in told.text
    assert post(desk, 2).draft.blocks == ()


def test_a_forwarded_message_is_offered_and_kept_only_when_pressed(desk: Desk) -> None:
    sent = Request("Words of another", AUTHOR, forwarded=True, origin="telegram:2001:7")
    offered = respond(sent, desk)
    assert actions(offered) == ["take"] and offered.under
    with desk.new_uow() as uow:
        assert uow.posts.get(1) is None
    for _ in range(2):
        taken = Request("take", AUTHOR, quoted=sent.text, origin=sent.origin)
        assert "/post 1" in press(taken, desk).text
    assert post(desk).draft.blocks[0].text == "Words of another"
    assert "take" not in actions(respond(replace(sent, person=READER), desk))


def test_an_answer_with_compose_takes_the_message(desk: Desk) -> None:
    respond(Request("/compose", AUTHOR, quoted="One\n\nTwo", origin="x"), desk)
    assert [block.text for block in post(desk).draft.blocks] == ["One", "Two"]


def test_readers_have_no_composer(say: Chat, desk: Desk) -> None:
    drafted(say)
    for line in ("draft 1", "draft 1 2 text Mine", "take", "compose"):
        assert "I do not know" in say.press(READER, line).text
    assert post(desk).revision.number == 2


@pytest.mark.parametrize(
    "line",
    [
        "",
        "x",
        "9",
        "1 x",
        "1 2 nonsense",
        "1 2 month 2026-13",
        "1 2 month x",
        "1 2 day 2026-02-30",
        "1 2 repeats ever",
        "1 2 end x0",
        "1 2 picture x",
        "1 2 camp none 3",
        "1 2 camp baat-karo 99",
        "1 2 of nothing",
        "1 2 language xx",
        "1 2 version xx",
        "1 2 based x",
        "1 2 to ,",
        "1 2 toggle \u202e<b>",
        "1 2 targets p9",
        "1 2 camps p9",
    ],
)
def test_forged_buttons_change_nothing(say: Chat, desk: Desk, line: str) -> None:
    drafted(say)
    reply = say.press(AUTHOR, f"draft {line}")
    assert reply.text
    assert "\u202e" not in "".join(walk(reply))
    assert post(desk).revision.number == 2


def test_urdu_has_every_step(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/compose", "ur")
    assert post(desk).draft.language == "ur"
    say(AUTHOR, f"/draft 1 1 of {ATTACK}", "ur")
    for step in ("source", "languages", "targets", "when", "month", "repeats", "picture", "check"):
        shown = say.press(AUTHOR, f"draft 1 2 {step}", "ur")
        assert not [b.label for b in buttons(shown) if b.label in {"Text", "‹ The draft", "When"}]


def test_a_post_to_a_channel_names_it_as_people_do(say: Chat, desk: Desk) -> None:
    told = say(AUTHOR, f"/compose now | {NEWS}, @wazahat_news, https://t.me/wazahat_news | hello")
    assert post(desk).draft.targets == (str(NEWS),)
    assert "To: @wazahat_news." in told.text


def test_a_memorial_of_a_campaign_has_no_buttons_but_two(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/compose")
    say(AUTHOR, "/draft 1 1 camp hamein-yaad-hai 1")
    draft = post(desk).draft
    assert draft.type == "memorial"
    assert set(draft.buttons) <= {"sources", "help"}
