"""What is kept of people is forgotten when they say so, and nothing else is kept."""

from pathlib import Path

import pytest

from bot.commands.choices import Choices
from bot.commands.desk import Desk
from bot.core.fingerprints import fingerprints
from bot.core.ports import NewUow
from bot.core.records import Language
from tests.db.dump import dump
from tests.fakes.people import AUTHOR, OTHER, READER, REVIEWER, Chat, actions

FINGERPRINT = fingerprints("secret of the tests")


def leave_everything(say: Chat, person: str) -> None:
    say(person, "/language ur")
    say(person, "/subscribe prebunk")
    for _ in range(2):
        say.press(person, actions(say(person, "/wrong sehwan-2017 The date is wrong"))[0])


def deleted(desk: Desk, language: Language, **counts: int) -> str:
    done, traces = desk.say(language, "forgetme.done", **counts), desk.say(language, "traces.none")
    return f"{done}\n\n{traces}"


def test_forgetme_leaves_no_trace_of_a_person(say: Chat, desk: Desk, sqlite_uow: NewUow) -> None:
    leave_everything(say, READER)
    leave_everything(say, OTHER)
    for mark in (READER, FINGERPRINT(READER)):
        assert mark in dump(sqlite_uow)
    say(READER, "/forgetme")
    held = dump(sqlite_uow)
    assert "7310001001" not in held.replace(FINGERPRINT(OTHER), "")
    assert FINGERPRINT(READER) not in held
    assert held.count(OTHER) == 3
    assert FINGERPRINT(OTHER) in held
    assert held.count("The date is wrong") == 4
    again = Choices(FINGERPRINT, sqlite_uow)
    again.load()
    for choices in (again, desk.choices):
        assert choices.language_of(READER) is None
        assert choices.language_of(OTHER) == "ur"


def test_what_is_forgotten_is_gone_from_the_files_too(
    say: Chat, sqlite_url: str, tmp_path: Path
) -> None:
    def files() -> bytes:
        return b"".join(file.read_bytes() for file in tmp_path.glob("test.db*"))

    marks = [READER.encode(), FINGERPRINT(READER).encode()]
    leave_everything(say, READER)
    assert all(mark in files() for mark in marks)
    say(READER, "/forgetme")
    assert not any(mark in files() for mark in marks)
    say(READER, "/subscribe")
    say(READER, "/unsubscribe")
    assert not any(mark in files() for mark in marks)
    say(AUTHOR, "/report 1 close")
    say(AUTHOR, "/report 2 close")
    assert b"The date is wrong" not in files()


@pytest.mark.parametrize("language", ["en", "ur"])
def test_what_was_deleted_is_counted(say: Chat, desk: Desk, language: Language) -> None:
    leave_everything(say, READER)
    say(READER, f"/language {language}")
    told = say(READER, "/forgetme").text
    assert told == deleted(desk, language, subscriptions=1, languages=1, wishes=2)


def test_only_what_is_there_is_counted(say: Chat, desk: Desk) -> None:
    say(READER, "/subscribe")
    told = say(READER, "/forgetme").text
    assert told == deleted(desk, "en", subscriptions=1, languages=0, wishes=0)
    for _ in range(2):
        assert say(READER, "/forgetme").text == desk.say("en", "forgetme.nothing")


def test_staff_are_told_what_remains(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/compose +10m | @channel | hello")
    say(REVIEWER, "/approve 1")
    for person in (AUTHOR, REVIEWER):
        leave_everything(say, person)
        say(person, "/language en")
        assert desk.say("en", "forgetme.staff") in say(person, "/forgetme").text
    with desk.new_uow() as uow:
        post = uow.posts.get(1)
        assert uow.subscribers.page((), "", 10) == []
    assert post is not None
    assert (post.author, post.approvers) == (AUTHOR, {REVIEWER})
    assert desk.say("en", "forgetme.staff") not in say(READER, "/forgetme").text


def test_an_answer_after_forgetting_goes_to_nobody(say: Chat) -> None:
    leave_everything(say, READER)
    say(READER, "/forgetme")
    reply = say(AUTHOR, "/report 1 Mended.")
    assert reply.errand is None
    assert "nothing was sent" in reply.text


def test_a_thousand_conversations_leave_no_question_and_no_reader(say: Chat, desk: Desk) -> None:
    lines = (
        "who bombed sehwan",
        "/search safora bus",
        "/attack mastung",
        "/privacy",
        "/language x",
    )
    lines += ("/help", "/wrong", "/unsubscribe", "/forgetme", "/start b_isis-k")
    for number in range(1000):
        person = f"telegram:{700_000 + number}"
        say(person, lines[number % len(lines)])
        say.press(person, "sources sehwan-2017")
    subscriber, reporter = "telegram:800001", "telegram:800002"
    say(subscriber, "/subscribe")
    say(reporter, "/wrong The date is wrong")
    held = dump(desk.new_uow)
    assert "telegram:7" not in held
    assert "800002" not in held
    assert held.count("telegram:") == held.count(subscriber) == 1
    assert not any(word in held for word in ("bombed", "safora", "mastung"))


def test_who_worked_here_once_is_told_what_remains(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/grant 7310001001 moderator")
    say(AUTHOR, "/revoke 7310001001")
    told = say(READER, "/forgetme").text
    assert desk.say("en", "forgetme.staff") in told
    assert desk.say("en", "forgetme.nothing") not in told
