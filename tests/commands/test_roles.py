"""Granting and revoking roles: by number or reply, at once, and never over an owner."""

from dataclasses import replace

import pytest

from bot.commands.desk import Desk
from bot.commands.table import press, respond
from bot.core.people import Role
from bot.core.replies import Reply, Request
from tests.fakes.people import AUTHOR, GROUP, OTHER, READER, REVIEWER, Chat, actions

NEW, NEW_ID = OTHER, OTHER.removeprefix("telegram:")
OWNER_ID = REVIEWER.removeprefix("telegram:")


def role(desk: Desk, person: str = NEW) -> Role:
    with desk.new_uow() as uow:
        return desk.role_in(uow, person)


def told(reply: Reply) -> dict[str, str]:
    return {person: notice.text for person, notice in reply.notices}


@pytest.mark.parametrize("word", ["moderator", "admin", "MODERATOR"])
def test_an_owner_grants_a_role_by_number(say: Chat, desk: Desk, word: str) -> None:
    reply = say(AUTHOR, f"/grant {NEW_ID} {word}")
    assert f"{NEW_ID} is {word.lower()} from now on" in reply.text
    assert role(desk) is Role[word.upper()]
    assert reply.menus_of == (NEW,)


def test_who_gets_a_role_and_the_admins_are_told(say: Chat) -> None:
    notices = told(say(AUTHOR, f"/grant {NEW_ID} moderator"))
    assert set(notices) == {NEW, REVIEWER}
    assert "made you moderator" in notices[NEW]
    assert f"made {NEW_ID} moderator" in notices[REVIEWER]


def test_a_moderator_may_moderate_and_not_more(say: Chat) -> None:
    assert "do not know" in say(NEW, "/posts").text
    say(AUTHOR, f"/grant {NEW_ID} moderator")
    assert "do not know" not in say(NEW, "/posts").text
    for line in ("/roles", f"/grant {NEW_ID} admin", f"/revoke {NEW_ID}", "/audit", "/content"):
        assert "do not know" in say(NEW, line).text


def test_an_admin_may_grant_up_to_admin(say: Chat, desk: Desk) -> None:
    say(AUTHOR, f"/grant {NEW_ID} admin")
    assert "is admin from now on" in say(NEW, "/grant 7310001001 admin").text
    assert "Write /grant ID" in say(NEW, "/grant 7310001001 owner").text
    assert role(desk, READER) is Role.ADMIN


def test_a_revoked_role_is_gone_at_once_for_commands_and_buttons(say: Chat, desk: Desk) -> None:
    say(AUTHOR, f"/grant {NEW_ID} admin")
    button = f"grant {NEW_ID} admin"
    reply = say(AUTHOR, f"/revoke {NEW_ID}")
    assert "has no role any more" in reply.text
    assert "ended your role" in told(reply)[NEW]
    assert reply.menus_of == (NEW,)
    assert "do not know" in say(NEW, "/posts").text
    assert "do not know" in say.press(NEW, button).text
    assert role(desk) is Role.READER


def test_with_a_role_ends_what_is_kept_of_notices(say: Chat, desk: Desk) -> None:
    say(AUTHOR, f"/grant {NEW_ID} moderator")
    say(NEW, "/calendar notices off")
    with desk.new_uow() as uow:
        assert uow.notices.claim(NEW, "next", desk.clock(), desk.clock())
        uow.commit()
    say(AUTHOR, f"/revoke {NEW_ID}")
    with desk.new_uow() as uow:
        assert (uow.notices.told("next"), uow.notices.unwanted_by()) == ({}, set())


def test_a_role_that_another_process_revoked_is_gone_at_once(say: Chat, desk: Desk) -> None:
    say(AUTHOR, f"/grant {NEW_ID} moderator")
    with desk.new_uow() as uow:
        uow.roles.revoke(NEW)
        uow.commit()
    assert desk.role_of(NEW) is Role.MODERATOR  # what memory still holds
    assert "do not know" in say(NEW, "/posts").text


def test_a_role_that_another_process_granted_holds_at_once(say: Chat, desk: Desk) -> None:
    with desk.new_uow() as uow:
        uow.roles.grant(NEW, Role.MODERATOR, AUTHOR, desk.clock())
        uow.commit()
    assert "do not know" not in say(NEW, "/posts").text


@pytest.mark.parametrize("line", [f"/grant {OWNER_ID} moderator", f"/revoke {OWNER_ID}"])
def test_nobody_demotes_an_owner(say: Chat, desk: Desk, line: str) -> None:
    say(AUTHOR, f"/grant {NEW_ID} admin")
    for person in (AUTHOR, NEW, REVIEWER):
        assert "named in the settings" in say(person, line).text
    assert role(desk, REVIEWER) is Role.OWNER


def test_an_admin_may_be_demoted_and_may_leave(say: Chat, desk: Desk) -> None:
    say(AUTHOR, f"/grant {NEW_ID} admin")
    say(AUTHOR, f"/grant {NEW_ID} moderator")
    assert role(desk) is Role.MODERATOR
    say(AUTHOR, f"/grant {NEW_ID} admin")
    assert "has no role any more" in say(NEW, f"/revoke {NEW_ID}").text
    assert role(desk) is Role.READER


def test_without_owners_the_last_admin_stays(say: Chat, desk: Desk) -> None:
    say(AUTHOR, f"/grant {NEW_ID} admin")
    alone = Chat(replace(desk, owners=()))
    for line in (f"/revoke {NEW_ID}", f"/grant {NEW_ID} moderator"):
        assert "last admin" in alone(NEW, line).text
        assert role(desk) is Role.ADMIN
    alone(NEW, "/grant 7310001001 admin")
    assert "has no role any more" in alone(NEW, f"/revoke {NEW_ID}").text


@pytest.mark.parametrize(
    "line",
    [
        *("/grant", "/grant moderator", "/grant x moderator", "/grant -5 moderator"),
        *("/grant 5 6 admin", "/grant 5 admin please", "/grant 5 reader", "/grant @somebody admin"),
        *(f"/grant {'9' * 17} admin", "/grant ٧ admin", "/grant 0 admin"),
        *("/revoke", "/revoke x", "/revoke 5 6"),
    ],
)
def test_what_names_nobody_or_no_role_changes_nothing(say: Chat, desk: Desk, line: str) -> None:
    assert "Nothing was changed" in say(AUTHOR, line).text
    with desk.new_uow() as uow:
        assert uow.roles.all() == {}


def test_the_same_role_again_and_none_to_revoke_are_said_to_be_so(say: Chat, desk: Desk) -> None:
    say(AUTHOR, f"/grant {NEW_ID} admin")
    assert "is admin already" in say(AUTHOR, f"/grant {NEW_ID} admin").text
    assert "77 has no role" in say(AUTHOR, "/revoke 77").text
    with desk.new_uow() as uow:
        assert uow.audit.count("") == 1


def test_a_person_can_be_named_by_a_reply(desk: Desk) -> None:
    def reply(line: str) -> Reply:
        return respond(Request(line, AUTHOR, replied=NEW), desk)

    assert f"{NEW_ID} is moderator" in reply("/grant moderator").text
    assert "7310001001 is admin" in reply("/grant 7310001001 admin").text
    assert f"{NEW_ID} has no role" in reply("/revoke").text
    assert role(desk, READER) is Role.ADMIN


def test_in_a_group_a_reply_grants_and_the_group_reads_nothing(desk: Desk) -> None:
    line = Request("/grant moderator", AUTHOR, private=False, chat=GROUP, replied=NEW)
    reply = respond(line, desk)
    assert not reply.blocks
    assert f"{NEW_ID} is moderator" in told(reply)[AUTHOR]
    assert "made you moderator" in told(reply)[NEW]
    assert reply.menus_of == (NEW,)
    assert role(desk) is Role.MODERATOR


@pytest.mark.parametrize("person", [None, READER])
def test_in_a_group_others_are_not_even_answered(desk: Desk, person: str | None) -> None:
    line = Request(
        "/grant admin", person, private=False, addressed=False, chat=GROUP, manages=True,
        replied=READER,
    )  # fmt: skip
    assert respond(line, desk) == Reply(())
    assert role(desk, READER) is Role.READER


def test_without_a_role_the_roles_are_offered(say: Chat, desk: Desk) -> None:
    reply = say(AUTHOR, f"/grant {NEW_ID}")
    assert actions(reply) == [f"grant {NEW_ID} moderator", f"grant {NEW_ID} admin"]
    say.press(AUTHOR, actions(reply)[0])
    assert role(desk) is Role.MODERATOR
    assert actions(say(AUTHOR, f"/grant {NEW_ID}")) == [f"grant {NEW_ID} admin", f"revoke {NEW_ID}"]


def test_roles_lists_everyone_and_leads_to_whom_one_may_change(say: Chat) -> None:
    say(AUTHOR, f"/grant {NEW_ID} moderator")
    reply = say(AUTHOR, "/roles")
    lines = reply.blocks[0].text.splitlines()
    assert lines[1:] == ["2001 – owner", "2002 – owner", f"{NEW_ID} – moderator"]
    assert actions(reply) == [f"grant {NEW_ID}"]


def test_each_is_told_in_their_language(say: Chat, desk: Desk) -> None:
    desk.choices.choose(NEW, "ur")
    notices = told(say(AUTHOR, f"/grant {NEW_ID} moderator"))
    assert "منتظم" in notices[NEW]
    assert "moderator" in notices[REVIEWER]


def test_every_change_is_in_the_audit(say: Chat, desk: Desk) -> None:
    say(AUTHOR, f"/grant {NEW_ID} moderator")
    say(REVIEWER, f"/grant {NEW_ID} admin")
    say(AUTHOR, f"/revoke {NEW_ID}")
    with desk.new_uow() as uow:
        found = [(e.person, e.what, e.about, e.details) for e in uow.audit.all()]
    about = f"role {NEW}"
    assert found == [
        (AUTHOR, "role.granted", about, '{"after":"moderator","before":"reader"}'),
        (REVIEWER, "role.granted", about, '{"after":"admin","before":"moderator"}'),
        (AUTHOR, "role.revoked", about, '{"after":"reader","before":"admin"}'),
    ]


def test_help_shows_each_person_what_they_may_use(say: Chat) -> None:
    say(AUTHOR, f"/grant {NEW_ID} moderator")
    assert "/approve" in (help_ := say(NEW, "/help").text)
    assert "/grant" not in help_
    assert "/grant" in say(AUTHOR, "/help").text
    assert "/approve" not in say(READER, "/help").text


def test_a_moderator_takes_part_in_decisions(say: Chat, desk: Desk) -> None:
    say(AUTHOR, f"/grant {NEW_ID} moderator")
    assert desk.others(AUTHOR) == (REVIEWER, NEW)
    assert desk.people(Role.ADMIN) == (AUTHOR, REVIEWER)


def test_a_forged_press_grants_nothing(desk: Desk) -> None:
    for action in (f"grant {NEW_ID} admin", f"revoke {OWNER_ID}", "roles", "audit", "release"):
        assert "do not know" in press(Request(action, NEW), desk).text
    assert role(desk) is Role.READER


def test_the_menu_of_staff_is_shown_when_they_start_the_bot(say: Chat) -> None:
    assert say(NEW, "/start").menus_of == ()
    say(AUTHOR, f"/grant {NEW_ID} moderator")
    assert say(NEW, "/start").menus_of == (NEW,)
