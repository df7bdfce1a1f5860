"""The hold: anyone on the staff places it, everyone is told, and only a rapid response passes."""

import pytest

from bot.commands.desk import Desk
from bot.commands.holding import head
from bot.core.holds import Hold
from tests.db.drafts import added, approved, draft
from tests.fakes.people import AUTHOR, OTHER, READER, REVIEWER, Chat, actions

MODERATOR = OTHER


@pytest.fixture(autouse=True)
def _a_moderator(say: Chat) -> None:
    say(AUTHOR, f"/grant {MODERATOR.removeprefix('telegram:')} moderator")


def active(desk: Desk) -> Hold | None:
    with desk.new_uow() as uow:
        return uow.holds.active()


def test_a_moderator_stops_everything_without_being_asked_back(say: Chat, desk: Desk) -> None:
    reply = say(MODERATOR, "/hold a rumour is about")
    assert "Everything is stopped" in reply.text
    assert "Since 2026-11-30 17:00, by 1002: \u2068a rumour is about\u2069" in reply.text
    assert actions(reply) == ["release"]
    assert (hold := active(desk)) is not None
    assert [(each.person, each.reason) for each in hold.calls] == [(MODERATOR, "a rumour is about")]


def test_everyone_on_the_staff_is_told(say: Chat) -> None:
    reply = say(MODERATOR, "/hold rumour")
    assert [person for person, _ in reply.notices] == [AUTHOR, REVIEWER]
    assert all("A hold was placed" in notice.text for _, notice in reply.notices)
    assert all("by 1002: \u2068rumour" in notice.text for _, notice in reply.notices)


def test_the_same_again_changes_nothing_and_tells_nobody(say: Chat, desk: Desk) -> None:
    say(MODERATOR, "/hold rumour")
    reply = say(MODERATOR, "/hold rumour")
    assert "The hold stands" in reply.text
    assert not reply.notices
    assert (hold := active(desk)) is not None
    assert len(hold.calls) == 1


def test_several_holds_join_and_all_reasons_are_shown(say: Chat, desk: Desk) -> None:
    say(MODERATOR, "/hold rumour")
    reply = say(AUTHOR, "/hold attack in Quetta")
    assert "by 1002: \u2068rumour" in reply.text
    assert "by 2001: \u2068attack in Quetta" in reply.text
    hold = active(desk)
    shown = "".join(block.text for block in head(hold, desk, "en"))
    assert shown.splitlines()[0] == "ON HOLD: nothing goes out."
    assert len(shown.splitlines()) == 3


def test_who_approves_during_a_hold_is_told_of_it(say: Chat) -> None:
    say(AUTHOR, "/compose now | @channel | Our page is back")
    say(MODERATOR, "/hold a rumour is about")
    approved = say(REVIEWER, "/approve 1").text
    assert approved.startswith("ON HOLD") and "/post 1 is approved" in approved


def test_without_a_hold_there_is_no_head(desk: Desk) -> None:
    assert head(None, desk, "en") == ()


@pytest.mark.parametrize("line", ["/hold", "/hold  ", "/hold \u202e\x00"])
def test_without_a_reason_reasons_are_offered(say: Chat, desk: Desk, line: str) -> None:
    reply = say(MODERATOR, line)
    assert active(desk) is None
    assert actions(reply) == ["hold attack", "hold error", "hold safety"]
    assert "an attack in the news" in say.press(MODERATOR, "hold attack").text
    assert active(desk) is not None


def test_a_reason_is_shown_safely_and_cut(say: Chat, desk: Desk) -> None:
    say(MODERATOR, f"/hold \u202e<b>{'x' * 1000}")
    hold = active(desk)
    assert hold is not None
    [call] = hold.calls
    assert call.reason.startswith("<b>xxx")
    assert len(call.reason) == 300


@pytest.mark.parametrize("person", [None, READER])
def test_nobody_else_stops_anything(say: Chat, desk: Desk, person: str | None) -> None:
    assert "do not know" in say(person, "/hold mine").text
    assert "do not know" in say.press(person, "hold attack").text
    assert active(desk) is None


def test_a_hold_is_in_the_audit(say: Chat, desk: Desk) -> None:
    say(MODERATOR, "/hold rumour")
    with desk.new_uow() as uow:
        [entry] = uow.audit.page("hold 1", 0, 9)
    assert (entry.person, entry.what, entry.details) == (
        MODERATOR,
        "hold.placed",
        '{"reason":"rumour"}',
    )


def test_only_a_rapid_response_is_let_through_and_only_by_an_admin(say: Chat, desk: Desk) -> None:
    ordinary, rapid = approved(desk.new_uow), added(desk.new_uow, of=draft(rapid=True))
    assert "There is no hold" in say(AUTHOR, f"/exempt {rapid.id}").text
    say(MODERATOR, "/hold attack")
    assert "do not know" in say(MODERATOR, f"/exempt {rapid.id}").text
    assert "no rapid response" in say(AUTHOR, f"/exempt {ordinary.id}").text
    for unknown in ("", "x", "99", "9" * 20):
        assert "no such post" in say(AUTHOR, f"/exempt {unknown}").text
    reply = say(AUTHOR, f"/exempt {rapid.id}")
    assert f"/post {rapid.id} may go out despite the hold" in reply.text
    assert reply.reschedules
    assert [person for person, _ in reply.notices] == [REVIEWER, MODERATOR]
    with desk.new_uow() as uow:
        assert uow.holds.allows(rapid.id)
        assert not uow.holds.allows(ordinary.id)
        [entry] = uow.audit.page(f"post {rapid.id}", 0, 1)
    assert (entry.what, entry.person) == ("hold.exempted", AUTHOR)


def test_the_button_is_there_when_it_can_be_pressed(say: Chat, desk: Desk) -> None:
    ordinary, rapid = added(desk.new_uow), added(desk.new_uow, of=draft(rapid=True))
    action = f"exempt {rapid.id}"
    assert action not in actions(say(REVIEWER, f"/post {rapid.id}"))
    say(MODERATOR, "/hold attack")
    assert f"exempt {ordinary.id}" not in actions(say(REVIEWER, f"/post {ordinary.id}"))
    assert action not in actions(say(MODERATOR, f"/post {rapid.id}"))
    assert action in actions(say(REVIEWER, f"/post {rapid.id}"))
    assert "may go out" in say.press(REVIEWER, action).text


@pytest.mark.parametrize("line", ["/posts", "/posts sent", "/post 1", "/status"])
def test_lists_and_cards_say_that_there_is_a_hold(say: Chat, desk: Desk, line: str) -> None:
    added(desk.new_uow)
    assert "ON HOLD" not in say(AUTHOR, line).text
    say(MODERATOR, "/hold rumour")
    assert say(AUTHOR, line).text.startswith("ON HOLD: nothing goes out.\nSince 2026-11-30 17:00")
