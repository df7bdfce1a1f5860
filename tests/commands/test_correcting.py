"""How moderators write corrections, and who is told that one is wanted."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.commands.correcting import to_be_told
from bot.commands.desk import Desk
from bot.commands.inline import shared
from bot.core.library import Library
from bot.core.people import PersonId
from bot.core.posts import Corrects, DeliveryState, Draft, Event, Post, PostState
from bot.core.records import Correction, Language, Record, Text
from bot.core.replies import Reply
from tests.db.corrections import end
from tests.db.drafts import attempt, did, leased
from tests.fakes.people import AUTHOR, OTHER, READER, REVIEWER, Chat, actions, buttons

SEHWAN = "sehwan-2017"
WHAT = {
    "en": "We gave a wrong count [@ap-20170612].",
    "ur": "ہم نے غلط تعداد بتائی تھی [@ap-20170612]۔",
}
BY_HAND = "The year was wrong\nIt happened in 2017.\n\nAnd not before."


def corrected_record(desk: Desk, record_id: str = SEHWAN) -> Record:
    record = desk.library.records[record_id]
    summary = Text(en="Another summary [@ap-20170612].", ur="ایک اور خلاصہ [@ap-20170612]۔")
    entry = Correction(date=record.as_of, text=Text(en=WHAT["en"], ur=WHAT["ur"]))
    return record.model_copy(update={"summary": summary, "corrections": (entry,)})


def with_record(desk: Desk, record: Record) -> Desk:
    library = Library([*desk.library.records.values(), record], desk.library.sources)
    return replace(desk, library=library)


def sent(desk: Desk, body: str = SEHWAN, targets: str = "@first, @second") -> Post:
    """A post that went out, as /compose made it."""
    say = Chat(desk)
    say(AUTHOR, f"/compose now | {targets} | {body}", origin="test:sent")
    return went_out(desk, say)


def went_out(desk: Desk, say: Chat) -> Post:
    with desk.new_uow() as uow:
        [post] = uow.posts.listed((PostState.REVIEW,), 5)
    say(REVIEWER, f"/approve {post.id}")
    end(desk.new_uow, leased(desk.new_uow))
    with desk.new_uow() as uow:
        done = did(uow, post, attempt(Event.FINISH, by=None))
        uow.commit()
    return done


def draft_of(desk: Desk, post_id: int) -> Draft:
    with desk.new_uow() as uow:
        found = uow.posts.get(post_id)
    assert found is not None
    return found.draft


def told(desk: Desk) -> Iterator[tuple[PersonId, Reply]]:
    """What the process tells, and notes as told."""
    for each in list(to_be_told(desk)):
        with desk.new_uow() as uow:
            uow.corrections.tell(each.record_id, each.fingerprint)
            uow.commit()
        yield from each.notices


def test_the_text_is_taken_anew_under_a_dated_note_of_what_changed(desk: Desk) -> None:
    sent(desk)
    now = with_record(desk, corrected_record(desk))
    shown = Chat(now)(AUTHOR, "/correct 1")
    assert "Messages to be changed: 2" in shown.text
    draft = draft_of(desk, 2)
    assert draft.type == "correction"
    assert draft.blocks[0].text == "Corrected 30 November 2026: We gave a wrong count [1]."
    assert "Another summary" in Reply(draft.blocks).text
    assert Reply(draft.blocks).text in shown.text
    assert actions(shown) == ["submit 2", "correct 2 anew", "cancel 2"]


def test_in_urdu_the_note_is_urdu(desk: Desk) -> None:
    first = sent(desk)
    urdu = first.draft.model_copy(update={"language": "ur"})
    with desk.new_uow() as uow:
        uow.posts.revise(first, AUTHOR, urdu, desk.clock())
        uow.commit()
    shown = Chat(with_record(desk, corrected_record(desk)))(AUTHOR, "/correct 1", "ur")
    assert draft_of(desk, 2).blocks[0].text.startswith("تصحیح، 30 نومبر 2026: ہم نے غلط")
    assert "ایک اور خلاصہ" in shown.text


def test_what_is_not_known_is_asked_for_and_the_answer_completes_it(desk: Desk, say: Chat) -> None:
    sent(desk, "It happened in 2016.")
    asked = say(AUTHOR, "/correct 1")
    assert asked.asks == "correct 1"
    assert "whole text" in asked.text
    assert say(AUTHOR, "/correct 1 The year was wrong").asks == "correct 1", "the text is missing"
    shown = say(AUTHOR, f"/correct 1 {BY_HAND}")
    assert shown.asks == ""
    note, *body = draft_of(desk, 2).blocks
    assert note.text == "Corrected 30 November 2026: The year was wrong"
    assert [each.text for each in body] == ["It happened in 2017.", "And not before."]


def test_where_the_record_says_the_same_as_before_it_is_asked_for_too(
    desk: Desk, say: Chat
) -> None:
    sent(desk)
    assert "whole text" in say(AUTHOR, "/correct 1").text


def test_of_a_record_without_an_entry_only_what_was_wrong_is_asked_for(desk: Desk) -> None:
    sent(desk)
    silent = corrected_record(desk).model_copy(update={"corrections": ()})
    say = Chat(with_record(desk, silent))
    assert "taken anew from the record" in say(AUTHOR, "/correct 1").text
    say(AUTHOR, "/correct 1 The count was wrong")
    assert "Another summary" in Reply(draft_of(desk, 2).blocks).text


def test_what_is_wrong_in_a_campaign_is_put_right_while_it_is_paused(desk: Desk) -> None:
    first = sent(desk)
    with desk.new_uow() as uow:
        run = uow.runs.add("baat-karo", AUTHOR, desk.clock())
        its_own = first.draft.model_copy(update={"run": run.id, "campaign": "baat-karo", "seq": 1})
        uow.posts.revise(first, AUTHOR, its_own, desk.clock())
        uow.runs.put(replace(run, written_at=desk.clock(), paused_at=desk.clock()))
        uow.commit()
    say = Chat(with_record(desk, corrected_record(desk)))
    say(AUTHOR, f"/correct 1 {BY_HAND}")
    say.press(AUTHOR, "submit 2")
    assert "is approved" in say(REVIEWER, "/approve 2").text
    with desk.new_uow() as uow:
        assert [each.id for each in uow.posts.of_run(run.id)] == [1]
        assert [number for number, _ in uow.posts.told_in_campaign("baat-karo")] == [1]
        assert list(uow.results.posts("baat-karo")) == [1]
        assert uow.results.campaigns() == {"baat-karo": 1}


def test_what_the_check_refuses_leads_back_to_the_correction(desk: Desk, say: Chat) -> None:
    sent(desk, "We meet on Friday.")
    say(AUTHOR, "/correct 1 The count was wrong\nThe TTP killed 90 people in Sehwan in 2017.")
    refused = say.press(AUTHOR, "submit 2")
    assert actions(refused) == ["correct 2"], refused.text
    assert "submit 2" in actions(say.press(AUTHOR, "correct 2"))


def test_the_whole_way_of_a_correction_of_cards(desk: Desk) -> None:
    with desk.new_uow() as uow:
        uow.inline_cards.keep("card", SEHWAN, "en", AUTHOR, desk.today())
        uow.commit()
    say = Chat(with_record(desk, corrected_record(desk)))
    say(AUTHOR, f"/correct {SEHWAN} en")
    say.press(AUTHOR, "submit 1")
    assert "is approved" in say(REVIEWER, "/approve 1").text
    with desk.new_uow() as uow:
        assert [(row.target, row.original) for row in uow.deliveries.of(1)] == [("inline:1", 1)]


def test_the_whole_way_of_a_correction(desk: Desk) -> None:
    sent(desk)
    say = Chat(with_record(desk, corrected_record(desk)))
    say(AUTHOR, "/correct 1")
    say.press(AUTHOR, "submit 2")
    assert "is yours" in say(AUTHOR, "/approve 2").text
    assert "is approved" in say(REVIEWER, "/approve 2").text
    with desk.new_uow() as uow:
        rows = uow.deliveries.of(2)
    assert [(row.target, row.original) for row in rows] == [("@first", 101), ("@second", 102)]
    assert "is under way" not in say(AUTHOR, "/post 2").text
    assert "pending: 2" in say(AUTHOR, "/post 2").text


def test_one_correction_at_a_time_is_worked_on_by_everyone(desk: Desk, say: Chat) -> None:
    sent(desk, "It happened in 2016.")
    say(AUTHOR, f"/correct 1 {BY_HAND}")
    assert "/post 2 corrects /post 1" in say(REVIEWER, "/correct 1").text
    say(REVIEWER, "/correct 2 It was 2015\nIt happened in 2015.")
    assert "It happened in 2015." in Reply(draft_of(desk, 2).blocks).text
    with desk.new_uow() as uow:
        assert uow.posts.get(3) is None
    say.press(REVIEWER, "submit 2")
    assert "is yours" in say(AUTHOR, "/approve 2").text, "both wrote it"


def test_while_it_goes_out_nobody_changes_it(desk: Desk, say: Chat) -> None:
    sent(desk, "It happened in 2016.")
    say(AUTHOR, f"/correct 1 {BY_HAND}")
    say.press(AUTHOR, "submit 2")
    say(REVIEWER, "/approve 2")
    before = draft_of(desk, 2)
    assert "It is: scheduled" in say(AUTHOR, "/correct 1 Wrong again\nOther text.").text
    assert draft_of(desk, 2) == before


def test_of_a_post_that_goes_out_again_it_is_said_that_the_old_text_comes(
    desk: Desk, say: Chat
) -> None:
    say(AUTHOR, "/compose daily 09:00 | @first | It happened in 2016.")
    say(REVIEWER, "/approve 1")
    later = desk.clock() + dt.timedelta(days=1)
    with desk.new_uow() as uow:
        rows = uow.deliveries.lease("one", later, later + dt.timedelta(days=1), 1)
        uow.commit()
    end(desk.new_uow, rows)
    shown = say(AUTHOR, f"/correct 1 {BY_HAND}")
    assert "Messages to be changed: 1" in shown.text
    assert "/post 1 still goes out at times to come" in shown.text


def test_a_correction_can_be_corrected_which_means_its_post(desk: Desk, say: Chat) -> None:
    sent(desk, "It happened in 2016.")
    say(AUTHOR, f"/correct 1 {BY_HAND}")
    say.press(AUTHOR, "submit 2")
    went_out(desk, say)
    say(AUTHOR, "/correct 2 It was 2015\nIt happened in 2015.")
    corrects = draft_of(desk, 3).corrects
    assert corrects is not None
    assert corrects.post == 1


@pytest.mark.parametrize("line", ["", "99", "nothing-like-this en", f"{SEHWAN} xx", "1 2 3"])
def test_what_is_no_sent_post_gets_an_example(desk: Desk, say: Chat, line: str) -> None:
    assert "/correct 12" in say(AUTHOR, f"/correct {line}").text


def test_what_was_not_sent_is_not_corrected(desk: Desk, say: Chat) -> None:
    say(AUTHOR, "/compose now | @first | It happened in 2016.")
    assert "Nothing of it was sent" in say(AUTHOR, f"/correct 1 {BY_HAND}").text


def test_what_is_too_long_or_cites_nothing_known_is_asked_for_again(desk: Desk, say: Chat) -> None:
    sent(desk, "It happened in 2016.")
    long = say(AUTHOR, "/correct 1 Wrong\n" + "word " * 1000)
    assert "4096 fit" in long.text
    assert long.asks == "correct 1"
    assert "sources.yaml" in say(AUTHOR, "/correct 1 Wrong [@nobody]\nText").text


def test_readers_cannot_correct(desk: Desk, say: Chat) -> None:
    sent(desk)
    assert "/correct" in say(READER, "/correct 1").text
    with desk.new_uow() as uow:
        assert uow.posts.get(2) is None


def test_the_composer_leaves_corrections_alone(desk: Desk, say: Chat) -> None:
    sent(desk, "It happened in 2016.")
    say(AUTHOR, f"/correct 1 {BY_HAND}")
    assert "/correct 2 opens it" in say(AUTHOR, "/draft 2").text
    assert "draft 2" not in actions(say(AUTHOR, "/posts drafts"))


def test_a_correction_of_a_memorial_takes_two_reviewers() -> None:
    corrects = Corrects(post=1, type="memorial", day=dt.date(2026, 11, 30), what="A name.")
    draft = Draft(blocks=(), targets=(), type="correction", corrects=corrects)
    assert draft.reviewers == 2


def test_moderators_are_told_once_which_posts_used_the_record(desk: Desk) -> None:
    sent(desk)
    now = with_record(desk, corrected_record(desk))
    notices = dict(told(now))
    assert set(notices) == {AUTHOR, REVIEWER}
    assert "Sehwan shrine bombing" in notices[AUTHOR].text
    assert "/post 1" in notices[AUTHOR].text
    assert [each.label for each in buttons(notices[AUTHOR])] == ["Correct /post 1"]
    assert dict(told(now)) == {}


def test_posts_that_say_what_the_record_says_now_are_not_told_of(desk: Desk) -> None:
    now = with_record(desk, corrected_record(desk))
    sent(now)
    assert dict(told(now)) == {}


def test_what_another_process_is_telling_is_left_to_it_for_a_while(desk: Desk) -> None:
    sent(desk)
    now = with_record(desk, corrected_record(desk))
    assert len(list(to_be_told(now))) == 1
    assert list(to_be_told(now)) == []
    later = replace(now, clock=lambda: desk.clock() + dt.timedelta(minutes=1))
    assert len(list(to_be_told(later))) == 1


@pytest.mark.parametrize(("language", "label"), [("en", "(ur): 1"), ("ur", "⁨ur⁩): 1")])
def test_cards_of_staff_can_be_corrected_alone(desk: Desk, language: Language, label: str) -> None:
    shared("card-1", SEHWAN, "ur", AUTHOR, desk)
    desk.choices.choose(AUTHOR, language)
    now = with_record(desk, corrected_record(desk))
    [button] = buttons(dict(told(now))[AUTHOR])
    assert label in button.label
    shown = Chat(now).press(AUTHOR, button)
    assert ": 1" in shown.text
    assert "ایک اور خلاصہ" in shown.text
    rewriting = Chat(now).press(AUTHOR, "correct 1 anew")
    assert rewriting.asks == f"correct {SEHWAN} ur"


def test_cards_of_readers_are_not_kept(desk: Desk) -> None:
    shared("card-1", SEHWAN, "en", READER, desk)
    shared("card-2", "support", "en", AUTHOR, desk)
    with desk.new_uow() as uow:
        assert uow.inline_cards.languages_of(SEHWAN) == {}


def test_cards_go_with_forgetme_and_with_the_role(desk: Desk, say: Chat) -> None:
    say(AUTHOR, f"/grant {OTHER.removeprefix('telegram:')} moderator")
    desk.staff.load()
    shared("card-1", SEHWAN, "en", AUTHOR, desk)
    shared("card-2", SEHWAN, "en", OTHER, desk)
    assert "Inline cards that you sent: 1" in say(AUTHOR, "/forgetme").text
    with desk.new_uow() as uow:
        assert uow.inline_cards.languages_of(SEHWAN) == {"en": 1}
    say(AUTHOR, f"/revoke {OTHER.removeprefix('telegram:')}")
    with desk.new_uow() as uow:
        assert uow.inline_cards.languages_of(SEHWAN) == {}


def test_corrections_of_posts_from_no_record_are_public(desk: Desk, say: Chat) -> None:
    sent(desk, "It happened in 2016.")
    say(AUTHOR, f"/correct 1 {BY_HAND}")
    say.press(AUTHOR, "submit 2")
    assert "Nothing in the briefs" in say(READER, "/corrections").text
    went_out(desk, say)
    shown = say(READER, "/corrections")
    assert "30 November 2026 · A post: The year was wrong" in shown.text


def test_the_account_names_what_went_out_anew(desk: Desk, say: Chat) -> None:
    sent(desk, "It happened in 2016.", "@first")
    say(AUTHOR, f"/correct 1 {BY_HAND}")
    say.press(AUTHOR, "submit 2")
    say(REVIEWER, "/approve 2")
    [row] = leased(desk.new_uow)
    with desk.new_uow() as uow:
        until = desk.clock() + dt.timedelta(seconds=30)
        uow.deliveries.begin(row.id, "one", desk.clock(), until)
        uow.deliveries.replace(row.id, "one", "message to edit not found", desk.clock(), until)
        uow.deliveries.record(
            row.id, "one", DeliveryState.SENT, message_id=7, reason="message to edit not found"
        )
        uow.commit()
    shown = say(AUTHOR, "/post 2")
    assert "@first: sent: as a message of its own" in shown.text
    assert "message to edit not found" in shown.text
    assert not any(action.startswith("resend") for action in actions(shown))
