"""Lifting a hold: an admin and a second person, who have both been shown what would go out."""

from datetime import timedelta

import pytest

from bot.commands.desk import Desk
from bot.core.people import Role
from bot.core.replies import Reply
from tests.db.drafts import approved
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.people import AUTHOR, OTHER, READER, REVIEWER, Chat, actions

MODERATOR, SECOND = OTHER, "telegram:3001"


@pytest.fixture(autouse=True)
def _held(say: Chat) -> None:
    for person in (MODERATOR, SECOND):
        say(AUTHOR, f"/grant {person.removeprefix('telegram:')} moderator")
    say(MODERATOR, "/hold rumour")


def is_held(desk: Desk) -> bool:
    with desk.new_uow() as uow:
        return uow.holds.active() is not None


def asked(say: Chat, person: str = AUTHOR) -> dict[str, Reply]:
    """The notices of an admin's request."""
    return dict(say(person, "/release").notices)


def test_an_admin_and_a_moderator_lift_a_hold(say: Chat, desk: Desk) -> None:
    first = say(AUTHOR, "/release")
    assert "The hold stands" in first.text
    assert is_held(desk)
    notices = dict(first.notices)
    assert list(notices) == [REVIEWER, MODERATOR, SECOND]
    [button] = actions(notices[SECOND])
    reply = say.press(SECOND, button)
    assert "The hold is lifted, by 2001 and 3001" in reply.text
    assert reply.reschedules
    assert [person for person, _ in reply.notices] == [AUTHOR, REVIEWER, MODERATOR]
    assert not is_held(desk)


def test_both_are_shown_what_would_go_out(say: Chat, desk: Desk, clock: FakeClock) -> None:
    for due_at in (NOON - timedelta(hours=1), NOON, NOON + timedelta(hours=23)):
        approved(desk.new_uow, "@one", "@two", due_at=due_at)
    approved(desk.new_uow, due_at=NOON + timedelta(hours=25))
    clock.forward(minutes=10)
    first = say(AUTHOR, "/release")
    for shown in (first.text, dict(first.notices)[SECOND].text):
        assert "1 goes out at once\n/post 2 – 2026-11-30 17:00 – 2 chats" in shown
        assert "1 is too late and will not be sent\n/post 1 – 2026-11-30 16:00" in shown
        assert "1 within 24 hours\n/post 3 – 2026-12-01 16:00" in shown
        assert "/post 4" not in shown
        assert "by 1002: \u2068rumour" in shown


def test_an_empty_queue_is_said_to_be_empty(say: Chat) -> None:
    assert "Nothing waits" in say(AUTHOR, "/release").text


def test_a_long_queue_is_counted(say: Chat, desk: Desk) -> None:
    for minutes in range(13):
        approved(desk.new_uow, due_at=NOON + timedelta(minutes=minutes + 1))
    shown = say(AUTHOR, "/release").text
    assert "13 within 24 hours" in shown
    assert "and 3 more" in shown


def test_nobody_lifts_a_hold_alone(say: Chat, desk: Desk) -> None:
    [button] = set(actions(asked(say)[SECOND]))
    for reply in (say(AUTHOR, "/release"), say.press(AUTHOR, button)):
        assert "asked already" in reply.text
        assert not reply.notices
    assert is_held(desk)


def test_two_moderators_do_not_suffice(say: Chat, desk: Desk) -> None:
    for person in (MODERATOR, SECOND):
        reply = say(person, "/release")
        assert "An admin has to begin" in reply.text
        assert actions(reply) == []
    assert is_held(desk)


def test_the_second_person_may_type_the_command(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/release")
    assert "is lifted" in say(SECOND, "/release").text
    assert not is_held(desk)


def test_who_was_not_shown_the_queue_is_shown_it_first(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/release")
    say(AUTHOR, "/grant 3002 moderator")
    late = "telegram:3002"
    reply = say(late, "/release")
    assert "2001 wants to lift the hold" in reply.text
    assert is_held(desk)
    assert "is lifted" in say.press(late, actions(reply)[0]).text
    assert not is_held(desk)


def test_a_changed_queue_is_shown_again(say: Chat, desk: Desk) -> None:
    [button] = actions(asked(say)[SECOND])
    approved(desk.new_uow, due_at=NOON + timedelta(hours=1))
    reply = say.press(SECOND, button)
    assert "has changed" in reply.text
    assert "/post 1" in reply.text
    [(person, notice)] = reply.notices
    assert person == AUTHOR
    assert "/post 1" in notice.text
    assert is_held(desk)
    anew = dict(say.press(AUTHOR, actions(notice)[0]).notices)
    assert "has changed" not in anew[SECOND].text
    assert "is lifted" in say.press(SECOND, actions(anew[SECOND])[0]).text


def test_a_post_that_turned_stale_changes_the_queue(
    say: Chat, desk: Desk, clock: FakeClock
) -> None:
    approved(desk.new_uow, due_at=NOON)
    [button] = actions(asked(say)[SECOND])
    clock.forward(minutes=31)
    assert "has changed" in say.press(SECOND, button).text
    assert is_held(desk)


def test_an_admin_who_presses_an_outdated_button_begins_anew(say: Chat, desk: Desk) -> None:
    [button] = actions(asked(say)[REVIEWER])
    approved(desk.new_uow, due_at=NOON + timedelta(hours=1))
    reply = say.press(REVIEWER, button)
    assert "You begin to lift the hold" in reply.text
    assert AUTHOR in dict(reply.notices)
    assert is_held(desk)


def test_an_old_button_does_not_lift_a_later_hold(say: Chat, desk: Desk) -> None:
    [button] = actions(asked(say)[SECOND])
    assert "is lifted" in say.press(SECOND, button).text
    assert "There is no hold" in say.press(SECOND, button).text
    say(MODERATOR, "/hold again")
    assert "An admin has to begin" in say.press(SECOND, button).text
    say(AUTHOR, "/release")
    assert "wants to lift" in say.press(SECOND, button).text
    assert is_held(desk)


def test_a_hold_that_joins_voids_the_request(say: Chat, desk: Desk) -> None:
    [button] = actions(asked(say)[SECOND])
    say(REVIEWER, "/hold worse")
    assert "An admin has to begin" in say.press(SECOND, button).text
    assert is_held(desk)


def test_a_request_of_somebody_whose_role_is_gone_is_void(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/grant 3003 admin")
    notices = asked(say, "telegram:3003")
    say(AUTHOR, "/revoke 3003")
    assert "has changed" in say.press(SECOND, actions(notices[SECOND])[0]).text
    assert is_held(desk)


def test_a_second_person_whose_role_is_gone_lifts_nothing(say: Chat, desk: Desk) -> None:
    [button] = actions(asked(say)[SECOND])
    with desk.new_uow() as uow:
        uow.roles.revoke(SECOND)
        uow.commit()
    assert "do not know" in say.press(SECOND, button).text
    assert is_held(desk)


@pytest.mark.parametrize("action", ["release", "release 1", "release 1 " + "0" * 16, "release x y"])
def test_a_forged_button_lifts_nothing(say: Chat, desk: Desk, action: str) -> None:
    for person in (READER, MODERATOR):
        say.press(person, action)
        assert is_held(desk)


def test_a_button_with_what_was_never_shown_lifts_nothing(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/release")
    assert "wants to lift" in say.press(SECOND, "release 1 " + "0" * 16).text
    assert is_held(desk)


def test_an_admin_alone_is_told_that_nobody_can_agree(say: Chat, desk: Desk) -> None:
    from dataclasses import replace

    for person in (MODERATOR, SECOND):
        say(AUTHOR, f"/revoke {person.removeprefix('telegram:')}")
    reply = Chat(replace(desk, owners=(AUTHOR,)))(AUTHOR, "/release")
    assert "nobody else who could agree" in reply.text
    assert not reply.notices


def test_both_people_are_in_the_audit(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/release")
    say(SECOND, "/release")
    with desk.new_uow() as uow:
        lifted, request, _ = uow.audit.page("hold 1", 0, 9)
    assert (request.person, request.what) == (AUTHOR, "hold.release-asked")
    assert (lifted.person, lifted.what) == (SECOND, "hold.lifted")
    assert lifted.details == f'{{"first":"{AUTHOR}"}}'


def test_without_a_hold_there_is_nothing_to_lift(say: Chat) -> None:
    say(AUTHOR, "/release")
    say(SECOND, "/release")
    assert "There is no hold" in say(AUTHOR, "/release").text


def test_roles_are_those_of_the_moment(say: Chat, desk: Desk) -> None:
    """A moderator who has become an admin may begin."""
    with desk.new_uow() as uow:
        uow.roles.grant(SECOND, Role.ADMIN, AUTHOR, NOON)
        uow.commit()
    assert "You begin" in say(SECOND, "/release").text
