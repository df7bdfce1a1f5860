"""Reading the audit in the chat."""

import pytest

from bot.commands.desk import Desk
from bot.core.audit import canonical
from tests.fakes.people import AUTHOR, OTHER, REVIEWER, Chat, actions


def fill(desk: Desk, entries: int) -> None:
    with desk.new_uow() as uow:
        for number in range(entries):
            about = f"post {number % 2 + 1}"
            uow.audit.append(AUTHOR, "post.approved", about, desk.clock(), n=number)
        uow.commit()


def test_the_latest_entries_come_first_with_the_head(say: Chat, desk: Desk) -> None:
    fill(desk, 3)
    reply = say(AUTHOR, "/audit")
    lines = reply.blocks[0].text.splitlines()
    assert lines[0] == "3 entries, latest first"
    assert "3 – 2026-11-30 17:00 – 2001 – post.approved – post 1" in lines[1]
    with desk.new_uow() as uow:
        assert str(uow.audit.head()) in reply.text
    assert actions(reply) == ["audit 3", "audit 2", "audit 1"]


def test_a_long_audit_has_pages(say: Chat, desk: Desk) -> None:
    fill(desk, 45)
    first = say(AUTHOR, "/audit")
    assert len(first.blocks[0].text.splitlines()) == 21
    assert actions(first)[-1] == "audit p2"
    last = say.press(AUTHOR, "audit p3")
    assert actions(last) == [f"audit {number}" for number in range(5, 0, -1)] + ["audit p2"]


def test_the_history_of_a_post_has_pages_too(say: Chat, desk: Desk) -> None:
    fill(desk, 45)
    reply = say(AUTHOR, "/audit post 2")
    assert "22 entries" in reply.text
    assert actions(reply)[-1] == "audit post 2 p2"
    assert actions(say.press(AUTHOR, "audit post 2 p2"))[:2] == ["audit 4", "audit 2"]


def test_an_entry_shows_all_that_it_holds(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/hold <b>\u202erumour")
    shown = say(AUTHOR, "/audit 1").text
    assert "hold.placed – hold 1" in shown
    assert "reason: \u2068<b>rumour\u2069" in shown
    with desk.new_uow() as uow:
        assert f"1:{uow.audit.head().hash}" in shown


def test_what_the_operator_or_the_clock_did_names_no_person(say: Chat, desk: Desk) -> None:
    with desk.new_uow() as uow:
        uow.audit.append(None, "database.restored", "hold 1", desk.clock())
        uow.commit()
        uow.audit.append(None, "post.expired", "post 1", desk.clock())
        uow.commit()
    shown = say(AUTHOR, "/audit").text
    assert "the operator – database.restored" in shown
    assert "by itself – post.expired" in shown


@pytest.mark.parametrize("line", ["/audit", "/audit 1", "/audit post 7", "/audit 999999999"])
def test_what_is_not_there_is_said_to_be_so(say: Chat, line: str) -> None:
    assert "no such entry" in say(AUTHOR, line).text


@pytest.mark.parametrize(
    "line", ["/audit x", "/audit 0", "/audit post", "/audit post x", "/audit -1"]
)
def test_what_cannot_be_read_is_told_how(say: Chat, line: str) -> None:
    assert "Write /audit" in say(AUTHOR, line).text


def test_only_admins_read_it(say: Chat) -> None:
    say(AUTHOR, "/grant 1002 moderator")
    assert "do not know" in say(OTHER, "/audit").text
    say(AUTHOR, "/grant 1002 admin")
    assert "entries" in say(OTHER, "/audit").text


def test_no_question_of_a_reader_is_in_it(say: Chat, desk: Desk) -> None:
    for line in ("who was behind safoora", "/search xyzzy", "/wrong xyzzy is wrong", "/posts"):
        say("telegram:1", line)
    say(AUTHOR, "who was behind safoora")
    say(REVIEWER, "/posts")
    with desk.new_uow() as uow:
        assert uow.audit.count("") == 0


def test_details_are_canonical() -> None:
    assert canonical({"b": "ا", "a": [1, None, True]}) == '{"a":[1,null,true],"b":"\\u0627"}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(float("nan"))
