"""Running a campaign from a phone: set up, written, reviewed, stopped and closed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.commands.desk import Desk
from bot.core.channels import Address, Channel, Kind, Look, Right
from bot.core.library import Library
from bot.core.ports import Grounds, UnitOfWork
from bot.core.posts import Post, PostState
from bot.core.records import Language
from bot.core.replies import Reply
from bot.core.runs import Run
from bot.editorial import Finding, PostJudge, Series
from tests.commands.composing import answered, button
from tests.fakes.clock import FakeClock
from tests.fakes.people import AUTHOR, OTHER, READER, REVIEWER, Chat, actions, buttons

NEWS = -1001000000001
SIX = "baat-karo"
"""Six posts on six days, none of which needs two reviewers."""

PAGES = 12
"""More than any review here has."""


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """One where channel `NEWS` is enabled and campaigns are laid out."""
    look = Look(NEWS, "News", Kind.CHANNEL, "wazahat_news", True, frozenset(Right))
    with desk.new_uow() as uow:
        uow.channels.put(Channel(look, desk.clock()).enabled(AUTHOR, desk.clock()))
        uow.commit()
    return replace(
        desk, look=lambda address: look if address == Address(NEWS) else None,
        lay_out=Series(desk.zone), owners=(AUTHOR, REVIEWER, OTHER),
    )  # fmt: skip


class Phone:
    """Somebody who presses one button after the other, each of the latest message."""

    def __init__(self, say: Chat, person: str, language: Language = "en") -> None:
        self.say, self.person, self.language = say, person, language
        self.shown = Reply(())

    def opens(self, line: str) -> Reply:
        self.shown = self.say(self.person, line, self.language)
        return self.shown

    def presses(self, *labels: str) -> Reply:
        for label in labels:
            exact = (each for each in buttons(self.shown) if each.label == label)
            wanted = next(exact, None) or button(self.shown, label)
            self.shown = self.say.press(self.person, wanted, self.language)
        return self.shown

    def set_up(self, campaign: str = SIX, languages: str = "English") -> Reply:
        """Started on the first of the next month."""
        self.opens(f"/campaign {campaign}")
        self.presses("Start", "First day", "›", "1", "Languages", languages)
        return self.presses("Where to", "News", "‹ Campaign")


@pytest.fixture
def author(say: Chat) -> Phone:
    return Phone(say, AUTHOR)


@pytest.fixture
def reviewer(say: Chat) -> Phone:
    return Phone(say, REVIEWER)


def posts(desk: Desk, run: int = 1) -> list[Post]:
    with desk.new_uow() as uow:
        return uow.posts.of_run(run)


def states(desk: Desk) -> list[PostState]:
    return [each.state for each in posts(desk)]


def run_of(desk: Desk, number: int = 1) -> Run:
    with desk.new_uow() as uow:
        found = uow.runs.get(number)
    assert found is not None
    return found


def audited(desk: Desk, number: int = 1) -> list[str]:
    with desk.new_uow() as uow:
        return [each.what for each in uow.audit.page(f"campaign {number}", 0, 50)][::-1]


def written(author: Phone, languages: str = "English") -> None:
    author.set_up(languages=languages)
    author.presses("Day by day", "Write the posts")


def approved(author: Phone, reviewer: Phone) -> Reply:
    """All of it, page by page."""
    written(author)
    author.presses("Submit all")
    reviewer.opens("/campaign 1")
    reply = reviewer.presses("Review")
    for _ in range(PAGES):
        if any("Approve th" in each.label for each in buttons(reply)):
            reply = reviewer.presses("Approve th")
    return reply


def times(found: Iterable[Post], desk: Desk) -> list[str]:
    return [desk.local(each.draft.due_at) for each in found if each.draft.due_at]


def test_the_list_has_every_campaign_with_kind_length_and_hashtag(say: Chat) -> None:
    first = say(AUTHOR, "/campaigns")
    assert "11 campaigns" in first.text
    second = say.press(AUTHOR, button(first, "2/2"))
    told = first.text + second.text
    for part in ("#BaatKaro", "#HameinYaadHai", "6 days, 6 posts", "Days of remembrance"):
        assert part in told
    assert "campaign baat-karo" in actions(first) + actions(second)


def test_a_campaign_tells_what_its_file_says(say: Chat) -> None:
    told = say(AUTHOR, f"/campaign {SIX}").text
    for part in ("#BaatKaro", "Goal", "8 October", "day 6", "hurt", "During a hold", "18:00"):
        assert part in told


def test_readers_have_no_campaigns(say: Chat, desk: Desk) -> None:
    for line in ("/campaigns", f"/campaign {SIX}", f"/run new {SIX}", "/run 1 1 cancel yes"):
        assert "I do not know the command" in say(READER, line).text


def test_a_campaign_is_set_up_by_buttons(author: Phone, desk: Desk) -> None:
    shown = author.set_up()
    run = run_of(desk)
    assert (f"{run.day}", run.languages, run.targets) == ("2026-12-01", ("en",), (str(NEWS),))
    assert "Day by day" in [each.label for each in buttons(shown)]
    assert all(len(each.encode()) <= 56 for each in actions(shown))


def test_the_day_that_its_file_names_is_suggested(author: Phone, desk: Desk) -> None:
    author.opens(f"/campaign {SIX}")
    author.presses("Start", "First day", "As suggested")
    assert f"{run_of(desk).day}" == "2027-10-08"


def test_starting_again_goes_on_with_what_is_not_written(say: Chat, author: Phone) -> None:
    author.set_up()
    assert "2026-12-01" in say.press(AUTHOR, f"run new {SIX}").text
    assert "2026-12-01" not in say.press(REVIEWER, f"run new {SIX}").text


def test_the_series_lies_on_its_days(author: Phone, desk: Desk) -> None:
    author.set_up()
    told = author.presses("Day by day").text
    assert all(f"2026-12-0{day} 18:00" in told for day in range(1, 7))
    assert not posts(desk)


def test_what_a_series_moves_is_told_with_the_reason(author: Phone) -> None:
    author.opens("/campaign dekho-haqeeqat")
    author.presses("Start", "Languages", "English", "Where to", "News", "‹ Campaign")
    author.presses("First day", "›", "15")
    told = author.presses("Day by day").text
    assert "2. 2026-12-18 18:00" in told  # the two days before are of remembrance
    assert "moved: the day does not allow this type of post" in told
    assert "moved: stays behind the post before it" in told


def test_each_post_becomes_a_draft_as_the_composer_makes_it(author: Phone, desk: Desk) -> None:
    written(author)
    found = posts(desk)
    assert states(desk) == [PostState.DRAFT] * 6
    assert times(found, desk) == [f"2026-12-0{day} 18:00" for day in range(1, 7)]
    for seq, each in enumerate(found, 1):
        draft = each.draft
        assert (draft.campaign, draft.seq, draft.type, draft.run) == (SIX, seq, "service", 1)
        assert draft.targets == (str(NEWS),)
        assert "help" in draft.buttons
    author.opens("/compose")
    author.presses("Text", "From a campaign", "Ask Without Fear", "1. ")
    with desk.new_uow() as uow:
        by_hand = uow.posts.get(7)
    assert by_hand
    kept = {"blocks", "type", "buttons", "record_id", "made_from", "campaign", "seq"}
    assert by_hand.draft.model_dump(include=kept) == found[0].draft.model_dump(include=kept)


def test_versions_are_posts_of_their_own(author: Phone, desk: Desk) -> None:
    written(author, "All of them")
    found = posts(desk)
    assert [each.draft.language for each in found] == ["en", "ur"] * 6
    for first, second in zip(found[::2], found[1::2], strict=True):
        assert second.draft.variant_of == first.id
        assert second.draft.based_on_revision == first.revision.number
        assert times([first], desk) == times([second], desk)


def test_written_twice_it_is_written_once(say: Chat, author: Phone, desk: Desk) -> None:
    author.set_up()
    series = author.presses("Day by day")
    for _ in range(2):
        say.press(AUTHOR, button(series, "Write the posts"))
    assert len(posts(desk)) == 6
    assert audited(desk) == ["campaign.begun", "campaign.written"]


def test_an_old_button_changes_nothing(say: Chat, author: Phone, desk: Desk) -> None:
    shown = author.set_up()
    author.presses("Languages", "اردو")
    assert "was changed after" in say.press(AUTHOR, button(shown, "Languages")).text
    assert run_of(desk).languages == ("ur",)
    forged = say.press(AUTHOR, "run 1 1 day 2026-12-24")
    assert "was changed after" in forged.text


def test_a_day_gone_by_is_refused_and_the_rest_kept(say: Chat, author: Phone, desk: Desk) -> None:
    author.set_up()
    revision = run_of(desk).revision
    assert "is over" in say.press(AUTHOR, f"run 1 {revision} day 2026-11-01").text
    assert f"{run_of(desk).day}" == "2026-12-01"


def test_a_post_is_adjusted_in_the_composer_and_leads_back(author: Phone, desk: Desk) -> None:
    written(author)
    author.presses("2", "When", "Choose a day", "›", "9", "10:00")
    asked = author.presses("Text", "Write it")
    author.shown = answered(author.say, asked, "Own words, cited nowhere.")
    back = author.presses("‹ Campaign 1")
    assert "2026-12-09 10:00" in back.text
    assert "Own words" in back.text
    changed = posts(desk)[1].draft
    assert (changed.run, changed.campaign, changed.seq) == (1, SIX, 2)


def test_all_are_submitted_but_those_that_something_speaks_against(
    author: Phone, desk: Desk
) -> None:
    written(author)
    author.presses("3", "Where to", "News", "‹ The draft", "‹ Campaign")
    reply = author.presses("Submit all")
    assert "5 posts are in review" in reply.text
    assert "/post 3: It goes nowhere" in reply.text
    assert states(desk).count(PostState.REVIEW) == 5
    assert [person for person, _ in reply.notices] == [REVIEWER, OTHER]
    assert "5 posts wait for your review" in reply.notices[0][1].text


def test_the_check_keeps_a_faulty_post_in_draft(author: Phone, desk: Desk) -> None:
    written(author)

    class Strict(PostJudge):
        def findings(self, post: Post, uow: UnitOfWork, grounds: Grounds) -> tuple[Finding, ...]:
            flaw = Finding("C3", "error", ("text",), "", "graphic", "leave it out")
            return (flaw,) if post.draft.seq == 4 else ()

    author.say.desk = replace(desk, judge=Strict(desk.zone))
    refused = author.presses("Submit all").text
    assert "/post 4 stays as it is" in refused
    assert "C3: graphic" in refused
    assert states(desk)[3] is PostState.DRAFT


def test_somebody_else_s_drafts_are_not_submitted(author: Phone, reviewer: Phone) -> None:
    written(author)
    reviewer.opens("/campaign 1")
    assert "/post 1 is somebody else's" in reviewer.presses("Submit all").text


def test_another_approves_what_they_were_shown(author: Phone, reviewer: Phone, desk: Desk) -> None:
    reply = approved(author, reviewer)
    assert states(desk) == [PostState.SCHEDULED] * 6
    assert "approved" in reply.text
    assert "State: approved" in author.opens("/campaign 1").text
    assert audited(desk)[2:4] == ["campaign.submitted", "campaign.approved"]


def test_every_page_shows_exactly_what_will_be_sent(
    author: Phone, reviewer: Phone, desk: Desk
) -> None:
    written(author)
    author.presses("Submit all")
    reviewer.opens("/campaign 1")
    page = reviewer.presses("Review")
    told = page.text
    for _ in range(PAGES):
        following = [each for each in buttons(page) if "›" in each.label]
        page = reviewer.say.press(REVIEWER, following[0]) if following else page
        told += page.text
    for each in posts(desk):
        assert Reply(each.draft.blocks).text in told
    assert all(len(each.encode()) <= 64 for each in actions(page))


def test_it_says_the_next_step_at_each(author: Phone, reviewer: Phone) -> None:
    author.opens(f"/campaign {SIX}")
    assert "choose the first day" in author.presses("Start").text
    assert "day by day" in author.set_up().text
    assert "submit them" in author.presses("Day by day", "Write the posts").text
    assert "another moderator reviews" in author.presses("Submit all").text
    assert "waits for your review" in reviewer.opens("/campaign 1").text
    assert "Next:" not in reviewer.presses("Review", *("Approve th",) * 2).text


def test_in_urdu_a_day_stands_before_its_hour(say: Chat) -> None:
    author = Phone(say, AUTHOR, "ur")
    author.opens(f"/campaign {SIX}")
    author.presses("شروع", "پہلا دن", "›", "1", "زبانیں", "اردو", "کہاں", "News", "‹ مہم")
    told = author.presses("دن بہ دن").text
    assert "\n\n1. \u20682026-12-01 18:00\u2069 – " in told


def test_nobody_approves_their_own(author: Phone, reviewer: Phone, desk: Desk) -> None:
    written(author)
    shown = author.presses("Submit all")
    assert "another moderator reviews it" in shown.text
    assert "Review" not in [each.label for each in buttons(shown)]
    review = button(reviewer.opens("/campaign 1"), "Review")
    assert "Nothing of it waits for your review" in author.say.press(AUTHOR, review).text
    assert PostState.SCHEDULED not in states(desk)


def test_what_changed_meanwhile_is_not_approved(author: Phone, reviewer: Phone, desk: Desk) -> None:
    written(author)
    author.presses("Submit all")
    reviewer.opens("/campaign 1")
    page = reviewer.presses("Review")
    author.say(AUTHOR, "/return 1 A better time")
    author.opens("/draft 1")
    author.presses("When", "Choose a day", "›", "2", "09:00", "Submit for review")
    assert "was changed since" in reviewer.say.press(REVIEWER, button(page, "Approve these")).text
    assert PostState.SCHEDULED not in states(desk)


def test_the_first_day_is_approved_before_the_others(
    author: Phone, reviewer: Phone, desk: Desk
) -> None:
    written(author)
    author.presses("Submit all")
    told = reviewer.opens("/approve 2").text
    assert "/post 2 waits: /post 1 of the first day" in told
    assert "State: review" in reviewer.opens("/campaign 1").text
    assert "is approved" in reviewer.opens("/approve 1").text
    assert "is approved" in reviewer.opens("/approve 2").text


def test_a_post_that_needs_two_says_so(author: Phone, reviewer: Phone, desk: Desk) -> None:
    author.set_up("hamein-yaad-hai")
    author.presses("Day by day", "Write the posts", "Submit all")
    reviewer.opens("/campaign 1")
    assert "needs 2 approvals" in reviewer.presses("Review").text
    told = reviewer.presses("Approve these").text
    assert "/post 19" in told  # the day that comes first
    assert "You approved" in told
    assert PostState.SCHEDULED not in states(desk)
    second = Phone(reviewer.say, OTHER)
    second.opens("/campaign 1")
    assert "needs one more approval" in second.presses("Review").text
    second.presses("Approve these")
    assert PostState.SCHEDULED in states(desk)


def test_a_post_is_returned_from_the_page(author: Phone, reviewer: Phone, desk: Desk) -> None:
    written(author)
    author.presses("Submit all")
    reviewer.opens("/campaign 1")
    asked = reviewer.presses("Review", "Return 2")
    answer = reviewer.say(REVIEWER, f"/{asked.asks} Say who helps")
    assert "/post 2" in answer.text
    assert posts(desk)[1].reason == "Say who helps"


def test_a_pause_stops_all_and_lets_nothing_more_through(
    author: Phone, reviewer: Phone, desk: Desk
) -> None:
    approved(author, reviewer)
    author.opens("/campaign 1")
    told = author.presses("Pause all")
    assert "State: paused" in told.text
    assert "6 posts" in told.text
    assert states(desk) == [PostState.PAUSED] * 6
    assert "campaign 1 is paused" in author.say(AUTHOR, "/resume 3").text
    resumed = author.presses("Let all go on")
    assert resumed.reschedules
    assert states(desk) == [PostState.SCHEDULED] * 6


def test_what_is_too_late_stays_paused_and_is_listed(
    author: Phone, reviewer: Phone, desk: Desk, clock: FakeClock
) -> None:
    approved(author, reviewer)
    author.opens("/campaign 1")
    author.presses("Pause all")
    clock.now = datetime(2026, 12, 2, 14, tzinfo=UTC)
    told = author.presses("Let all go on").text
    assert "4 posts go out at their times" in told
    assert "The time of /post 1 is over" in told
    assert states(desk) == [PostState.PAUSED] * 2 + [PostState.SCHEDULED] * 4


def test_what_somebody_paused_alone_stays_so(author: Phone, reviewer: Phone, desk: Desk) -> None:
    approved(author, reviewer)
    author.say(AUTHOR, "/pause 5")
    author.opens("/campaign 1")
    author.presses("Pause all", "Let all go on")
    assert states(desk)[4] is PostState.PAUSED


def test_cancelling_asks_once_and_leaves_what_was_sent(
    author: Phone, reviewer: Phone, desk: Desk
) -> None:
    approved(author, reviewer)
    author.opens("/campaign 1")
    assert "for good" in author.presses("Cancel all").text
    assert states(desk) == [PostState.SCHEDULED] * 6
    told = author.presses("Yes, cancel").text
    assert "State: cancelled" in told
    assert states(desk) == [PostState.CANCELLED] * 6
    assert [each for each in actions(author.shown) if each.startswith("run")] == []
    assert audited(desk)[-1] == "campaign.cancelled"


@pytest.mark.parametrize(("campaign", "state"), [(SIX, "paused"), ("hamein-yaad-hai", "approved")])
def test_a_hold_pauses_those_that_are_not_to_go_on_by_themselves(
    author: Phone, reviewer: Phone, desk: Desk, campaign: str, state: str
) -> None:
    author.set_up(campaign)
    author.presses("Day by day", "Write the posts", "Submit all")
    for person in (REVIEWER, OTHER):
        phone = Phone(author.say, person)
        phone.opens("/campaign 1")
        for label in ("Review", *("Approve th",) * PAGES):
            if any(label in each.label for each in buttons(phone.shown)):
                phone.presses(label)
    author.say(AUTHOR, "/hold An attack in the news")
    told = author.opens("/campaign 1").text
    assert f"State: {state}" in told
    assert "An attack in the news" in told


def test_it_ends_and_is_reported_by_a_person(
    author: Phone, reviewer: Phone, desk: Desk, clock: FakeClock
) -> None:
    approved(author, reviewer)
    revision = run_of(desk).revision
    early = author.say(AUTHOR, f"/run 1 {revision} report All went well")
    assert "is not over yet" in early.text
    for each in posts(desk):
        author.say(AUTHOR, f"/cancel {each.id}")
    assert "State: ended" in author.opens("/campaign 1").text
    asked = author.presses("Report")
    told = author.say(AUTHOR, f"/{asked.asks} Nobody complained; more time for review.").text
    assert "State: reported" in told
    assert "more time for review" in told


def test_the_account_adds_up_the_rows_of_all_posts(
    author: Phone, reviewer: Phone, desk: Desk
) -> None:
    approved(author, reviewer)
    assert "pending: " in author.opens("/campaign 1").text
    assert "6 approved" in author.opens("/campaigns").text


@pytest.mark.parametrize("language", ["en", "ur"])
def test_a_removed_file_leaves_the_run_as_it_is(
    author: Phone, desk: Desk, language: Language
) -> None:
    written(author)
    records = {k: v for k, v in desk.library.records.items() if k != SIX}
    author.say.desk = replace(desk, library=Library(records.values(), desk.library.sources))
    told = author.say(AUTHOR, "/campaign 1", language).text
    assert SIX in told
    assert "/post 6" in told
