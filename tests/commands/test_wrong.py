"""A reader reports an error, and moderators answer it without knowing whom."""

from dataclasses import replace

import pytest

from bot.commands import wrong as module
from bot.commands.desk import Desk
from bot.commands.reports import gathered
from bot.core.reports import LONGEST_REPORT, Outcome, Report
from bot.core.text import utf16_length
from tests.db.dump import dump
from tests.fakes.clock import FakeClock
from tests.fakes.people import AUTHOR, OTHER, READER, REVIEWER, Chat, actions, walk

TEXT = "The toll at the shrine is 90, says the court"


def kept(desk: Desk, number: int = 1) -> Report:
    with desk.new_uow() as uow:
        found = uow.reports.get(number)
    assert found is not None
    return found


def wish_of(say: Chat, line: str = f"/wrong sehwan-2017 {TEXT}", person: str = READER) -> str:
    """Report an error; the action of the button that asks for an answer."""
    [action] = actions(say(person, line))
    return action


def test_bare_wrong_asks_for_the_text(say: Chat, desk: Desk) -> None:
    asked = say(READER, "/wrong")
    assert asked.asks == "wrong"
    assert "the bot as a whole" in asked.text
    assert desk.say("en", "wrong.kept") in asked.text
    assert dump(desk.new_uow) == ""


@pytest.mark.parametrize(
    "line", ["wrong sehwan-2017", "wrong SEHWAN-2017  ", "wrong sehwan-2017 \u202e"]
)
def test_a_record_alone_asks_what_is_wrong_with_it(say: Chat, desk: Desk, line: str) -> None:
    asked = say.press(READER, line)
    assert asked.asks == "wrong sehwan-2017"
    assert desk.library.records["sehwan-2017"].name.en in asked.text
    assert "Thank you" in say(READER, f"/{asked.asks} {TEXT}").text
    assert kept(desk).record_id == "sehwan-2017"


def test_a_report_is_kept_without_anybody(say: Chat, desk: Desk) -> None:
    reply = say(READER, f"/wrong sehwan-2017 {TEXT}", origin="telegram:7310001001:7")
    assert "nobody can tell that it is yours" in reply.text
    assert kept(desk) == Report(1, TEXT, "sehwan-2017", desk.today())
    held = dump(desk.new_uow)
    assert "7310001001" not in held
    assert not any(action.split()[1] in held for action in actions(reply))


def test_a_text_without_a_record_is_about_the_bot(say: Chat, desk: Desk) -> None:
    say(READER, "/wrong sehwan-2071 has no brief\nand should")
    assert kept(desk).record_id is None
    assert kept(desk).text == "sehwan-2071 has no brief\nand should"


def test_a_report_is_cleaned_and_cut(say: Chat, desk: Desk) -> None:
    say(READER, "/wrong a\u202eb\x00c " + "😀" * 2000)
    assert kept(desk).text.startswith("abc ")
    assert utf16_length(kept(desk).text) <= LONGEST_REPORT


def test_the_moderators_are_told_each_in_their_language(say: Chat, desk: Desk) -> None:
    say(REVIEWER, "/language ur")
    notices = dict(say(READER, f"/wrong sehwan-2017 {TEXT}").notices)
    assert set(notices) == {AUTHOR, REVIEWER}
    assert "/report 1: about" in notices[AUTHOR].text
    assert all(TEXT in notice.text for notice in notices.values())
    assert desk.say("ur", "reports.nobody-waits") in notices[REVIEWER].text
    assert actions(notices[AUTHOR]) == ["attack sehwan-2017", "report 1 close"]
    assert "7310001001" not in "".join(walk(notices[AUTHOR]))


def test_an_answer_is_only_for_who_asks_for_it(say: Chat, desk: Desk) -> None:
    wish = wish_of(say)
    reply = say.press(READER, wish, "ur")
    assert reply.text == desk.say("ur", "wrong.wished")
    assert (kept(desk).contact, kept(desk).language) == (READER, "ur")
    assert [person for person, _ in reply.notices] == [AUTHOR, REVIEWER]
    assert say.press(READER, wish).notices == ()
    assert "Noted" in say.press(READER, wish).text


@pytest.mark.parametrize("token", ["", "1", "0" * 32, "%", "' or 1=1 --", "x" * 50])
def test_a_forged_token_attaches_nobody(say: Chat, desk: Desk, token: str) -> None:
    wish_of(say)
    reply = say.press(OTHER, f"wish {token}")
    assert reply.text == desk.say("en", "wrong.over")
    assert not reply.notices
    assert kept(desk).contact is None


def test_nobody_takes_anothers_place_or_reads_their_report(say: Chat, desk: Desk) -> None:
    wish = wish_of(say)
    say.press(READER, wish)
    reply = say.press(OTHER, wish)
    assert reply.text == desk.say("en", "wrong.over")
    assert kept(desk).contact == READER
    for line in ("/report 1", "/reports", "/report 1 close", "/report 1 hello"):
        assert "do not know" in say(OTHER, line).text
        assert TEXT not in say(OTHER, line).text


def test_tokens_differ(say: Chat) -> None:
    assert len({wish_of(say, person=f"telegram:{n}") for n in range(20)}) == 20


def test_no_more_reports_wait_than_can_be_read(
    say: Chat, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert module.MOST_OPEN == 500
    monkeypatch.setattr(module, "MOST_OPEN", 3)
    for _ in range(3):
        assert "Thank you" in say(READER, "/wrong x").text
    full = say(OTHER, "/wrong y")
    assert "3 reports are waiting already" in full.text
    assert not full.notices
    say(AUTHOR, "/report 2 close")
    assert "Thank you" in say(OTHER, "/wrong z").text


def test_one_person_does_not_take_all_the_places(say: Chat, desk: Desk, clock: FakeClock) -> None:
    for _ in range(3):
        assert "Thank you" in say(READER, "/wrong x").text
    often = say(READER, f"/wrong {TEXT}")
    assert "in 10 minutes" in often.text
    assert not often.notices
    assert dump(desk.new_uow).count("\n") == 2
    assert "What is wrong?" in say(READER, "/wrong").text
    assert "Thank you" in say(OTHER, f"/wrong {TEXT}").text
    clock.forward(minutes=10)
    assert "Thank you" in say(READER, f"/wrong {TEXT}").text


def test_reports_that_come_at_once_are_told_of_in_one_notice(
    say: Chat, desk: Desk, clock: FakeClock
) -> None:
    say(REVIEWER, "/language ur")
    first, *others = [say(f"telegram:{n}", f"/wrong {TEXT}") for n in range(4)]
    assert len(first.notices) == 2
    assert not any(each.notices for each in others)
    assert gathered(desk) == ()
    clock.forward(minutes=1)
    told = dict(gathered(desk))
    assert told[AUTHOR].text == desk.say("en", "reports.gathered", n=3)
    assert told[REVIEWER].text == desk.say("ur", "reports.gathered", n=3)
    assert gathered(desk) == ()
    assert not say(READER, f"/wrong {TEXT}").notices
    clock.forward(minutes=2)
    assert gathered(desk)[0][1].text == desk.say("en", "reports.gathered", n=1)
    clock.forward(minutes=1)
    assert len(say(READER, f"/wrong {TEXT}").notices) == 2


def test_open_reports_are_listed(say: Chat) -> None:
    assert "No report" in say(AUTHOR, "/reports").text
    for number in range(1, 23):
        say(f"telegram:{number}", f"/wrong sehwan-2017 text {number}\nmore")
    say(AUTHOR, "/report 2 close")
    listed = say(AUTHOR, "/reports")
    assert "21 reports are waiting" in listed.text
    assert "/report 1 – 2026-11-30 – sehwan-2017 – text 1 more" in listed.text
    assert actions(listed)[:2] == ["report 1", "report 3"]
    assert len(actions(listed)) == 20


def test_a_report_is_shown_with_what_can_be_done(say: Chat, desk: Desk) -> None:
    wish = wish_of(say, f"/wrong {TEXT}")
    shown = say(AUTHOR, "/report 1")
    assert TEXT in shown.text
    assert actions(shown) == ["report 1 close"]
    say.press(READER, wish)
    shown = say(AUTHOR, "/report #1", "ur")
    assert desk.say("ur", "reports.waits") in shown.text
    assert actions(shown) == ["report 1 answer", "report 1 close"]
    assert "7310001001" not in "".join(walk(shown))


@pytest.mark.parametrize(
    "number", ["", "7", "x", "-1", "1.0", "٧", "9" * 30, "1; drop table report"]
)
def test_a_report_that_is_not_there_is_said_to_be_so(say: Chat, number: str) -> None:
    assert "no such report" in say(AUTHOR, f"/report {number}").text


def test_an_answer_reaches_who_asked_in_their_language(say: Chat, desk: Desk) -> None:
    say.press(READER, wish_of(say), "ur")
    asked = say.press(AUTHOR, "report 1 answer")
    assert asked.asks == "report 1"
    reply = say(AUTHOR, f"/{asked.asks} You are\n\nright.\u202e")
    assert reply.errand is not None
    assert kept(desk).outcome is None
    assert reply.errand.person == READER
    notice = reply.errand.told
    closed = reply.errand.end(True).text
    assert "is closed" in closed
    assert "7310001001" not in closed
    assert kept(desk).outcome is Outcome.ANSWERED
    assert TEXT in notice.text
    assert "You are\n\nright." in notice.text
    assert desk.say("ur", "reports.erased") in notice.text
    assert desk.library.records["sehwan-2017"].name.in_language("ur") in notice.text
    assert "2001" not in notice.text


def test_a_language_chosen_later_is_that_of_the_answer(say: Chat, desk: Desk) -> None:
    say.press(READER, wish_of(say))
    say(READER, "/language ur")
    errand = say(AUTHOR, "/report 1 Mended.").errand
    assert errand is not None
    assert desk.say("ur", "reports.erased") in errand.told.text


def test_a_report_stays_open_until_its_answer_was_told(say: Chat, desk: Desk) -> None:
    say.press(READER, wish_of(say))
    errand = say(AUTHOR, "/report 1 Mended.").errand
    assert errand is not None
    told = errand.end(False)
    assert "still open" in told.text
    assert actions(told) == ["report 1"]
    assert (kept(desk).contact, kept(desk).text) == (READER, TEXT)


@pytest.mark.parametrize("end", ["Mended, thank you.", "close", "Close", "\nCLOSE "])
def test_what_is_over_is_erased_and_counted(say: Chat, desk: Desk, end: str) -> None:
    wish = wish_of(say)
    say.press(READER, wish)
    reply = say(AUTHOR, f"/report 1 {end}")
    assert "is closed" in (reply.errand.end(True) if reply.errand else reply).text
    outcome = "closed" if end.strip().lower() == "close" else "answered"
    day = "datetime.date(2026, 11, 30)"
    assert dump(desk.new_uow) == f"(1, None, '', 'sehwan-2017', {day}, None, None, '{outcome}')"
    for line in ("/report 1", "/report 1 close", "/report 1 Again."):
        assert "closed already" in say(REVIEWER, line).text
        assert say(REVIEWER, line).errand is None
    assert say.press(READER, wish).text == desk.say("en", "wrong.over")


def test_nobody_is_answered_who_did_not_ask(say: Chat, desk: Desk) -> None:
    wish_of(say)
    for line in ("/report 1 Thank you.", "/report 1 answer"):
        reply = say(AUTHOR, line)
        assert "nothing was sent" in reply.text
        assert actions(reply) == ["report 1 close"]
        assert not (reply.errand or reply.asks)
    assert kept(desk).outcome is None


def test_of_two_moderators_who_answer_at_once_both_are_read(say: Chat, desk: Desk) -> None:
    say.press(READER, wish_of(say))
    errands = [say(person, "/report 1 Mended.").errand for person in (AUTHOR, REVIEWER)]
    for errand in errands:
        assert errand is not None
        assert "is closed" in errand.end(True).text
    assert kept(desk).outcome is Outcome.ANSWERED


def test_a_record_that_is_gone_is_named_by_its_id(say: Chat, desk: Desk) -> None:
    wish_of(say)
    library = replace(desk, library=type(desk.library)([], {}))
    shown = Chat(library)(AUTHOR, "/report 1")
    assert "sehwan-2017" in shown.text
    assert actions(shown) == ["report 1 close"]
