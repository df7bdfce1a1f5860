"""The language that somebody chose, and the group where the bot is silent."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest

from bot.commands.choices import Choices
from bot.commands.desk import Desk
from bot.commands.table import press, receive
from bot.core.fingerprints import fingerprints
from bot.core.ports import NewUow, UnitOfWork
from bot.core.replies import SILENCE, Document, Request
from tests.db.dump import dump
from tests.fakes.people import AUTHOR, GROUP, OTHER, READER, Chat, actions, buttons

FINGERPRINT = fingerprints("secret of the tests")


@pytest.fixture
def restarted(desk: Desk, sqlite_uow: NewUow) -> Callable[[], Chat]:
    """The bot, started anew on the same database."""

    def start() -> Chat:
        choices = Choices(FINGERPRINT, sqlite_uow)
        choices.load()
        return Chat(replace(desk, choices=choices))

    return start


def test_every_language_is_offered_in_itself(say: Chat) -> None:
    for asked in (say(READER, "/language"), say(READER, "/language", "ur")):
        assert [button.label for button in buttons(asked)] == ["English", "اردو"]
        assert actions(asked) == ["language en", "language ur"]


@pytest.mark.parametrize("name", ["ur", "UR", " ur ", "اردو"])
def test_a_choice_holds_from_then_on(say: Chat, name: str) -> None:
    urdu = say(READER, "/help", "ur").text
    assert "اردو" in say(READER, f"/language {name}").text
    assert say(READER, "/help").text == urdu
    assert say.press(READER, "help").text == urdu
    assert say(OTHER, "/help").text != urdu
    assert "English" in say.press(READER, "language en").text
    assert say(READER, "/help", "ur").text == say(OTHER, "/help").text


def test_a_choice_counts_for_staff_too(say: Chat, desk: Desk) -> None:
    say(AUTHOR, "/language ur")
    assert say(AUTHOR, "/posts").text == desk.say("ur", "posts.none")
    document = Request("", READER, document=Document("a.yaml", b""))
    say(READER, "/language ur")
    assert receive(document, desk).text == desk.say("ur", "document.refused")


@pytest.mark.parametrize("name", ["fr", "x" * 300, "ur en", "<b>\u202e", "e"])
def test_a_language_that_is_not_spoken_is_no_choice(say: Chat, desk: Desk, name: str) -> None:
    reply = say(READER, f"/language {name}")
    assert "do not speak" in reply.text
    assert actions(reply) == ["language en", "language ur"]
    assert dump(desk.new_uow) == ""


def test_only_the_languages_of_the_settings_are_offered(desk: Desk) -> None:
    Chat(desk)(READER, "/language ur")
    say = Chat(replace(desk, languages=("en",)))
    assert actions(say(READER, "/language")) == ["language en"]
    assert "do not speak" in say(READER, "/language ur").text


def test_a_choice_survives_a_restart(say: Chat, restarted: Callable[[], Chat]) -> None:
    urdu = say(READER, "/help", "ur").text
    say(READER, "/language ur")
    assert restarted()(READER, "/help").text == urdu
    assert restarted()(OTHER, "/help").text != urdu


def test_a_choice_made_before_the_others_are_read_holds_beside_them(
    desk: Desk, sqlite_uow: NewUow
) -> None:
    Chat(desk)(READER, "/language ur")
    early = Chat(replace(desk, choices=Choices(FINGERPRINT, sqlite_uow)))
    assert not early.desk.choices.known
    early(OTHER, "/language ur")
    early.desk.choices.load()
    assert early.desk.choices.known
    urdu = early("telegram:1003", "/help", "ur").text
    assert early(READER, "/help").text == early(OTHER, "/help").text == urdu


def test_reading_a_choice_needs_no_database(desk: Desk, sqlite_uow: NewUow) -> None:
    opened: list[int] = []

    def counting(*, reading: bool = False) -> AbstractContextManager[UnitOfWork]:
        opened.append(1)
        return sqlite_uow(reading=reading)

    say = Chat(replace(desk, choices=Choices(FINGERPRINT, counting)))
    say(READER, "/language ur")
    assert len(opened) == 1
    say(READER, "/help")
    say(READER, "sehwan")
    assert len(opened) == 1


def test_the_database_has_a_fingerprint_and_nobodys_id(say: Chat, desk: Desk) -> None:
    for person in (READER, OTHER):
        say(person, "/language ur")
    held = dump(desk.new_uow)
    assert FINGERPRINT(READER) in held
    assert FINGERPRINT(OTHER) in held
    assert not {READER.removeprefix("telegram:"), OTHER.removeprefix("telegram:")} & {*held.split()}
    assert "7310001001" not in held.replace(FINGERPRINT(READER), "").replace(FINGERPRINT(OTHER), "")


def test_a_fingerprint_hangs_on_the_secret() -> None:
    assert len(FINGERPRINT(READER)) == 32
    assert FINGERPRINT(READER) == fingerprints("secret of the tests")(READER)
    assert FINGERPRINT(READER) not in {FINGERPRINT(OTHER), fingerprints("another")(READER)}


def test_a_subscriber_is_sent_posts_in_the_chosen_language(say: Chat, desk: Desk) -> None:
    say(READER, "/subscribe")
    say(READER, "/language ur")
    with desk.new_uow() as uow:
        held = uow.subscribers.of(READER)
    assert held is not None
    assert held.language == "ur"


def test_in_a_group_nobody_chooses_for_all_to_see(say: Chat, desk: Desk) -> None:
    for line in ("/language ur", "/subscribe", "/unsubscribe", "/wrong x", "/forgetme", "/wish x"):
        assert "private chat" in say.in_group(READER, line).text
        assert "private chat" in say(None, line).text
    assert dump(desk.new_uow) == ""


def test_an_administrator_silences_a_group(say: Chat, restarted: Callable[[], Chat]) -> None:
    assert "silent" in say.in_group(OTHER, "/off", manages=True).text
    for chat in (say, restarted()):
        for line in ("/help", "/groups", "sehwan", "/on", "/off", "/nonsense"):
            assert chat.in_group(READER, line) is SILENCE, line
        for line in ("/help", "/off", "sehwan"):
            assert chat.in_group(OTHER, line, manages=True) is SILENCE, line
        assert chat(READER, "/help").blocks
    assert "/off" in say.in_group(OTHER, "/on", manages=True).text
    for chat in (say, restarted()):
        assert chat.in_group(READER, "/help").blocks


def test_a_button_is_as_silent_as_the_group(say: Chat, desk: Desk) -> None:
    say.in_group(OTHER, "/off", manages=True)
    pressed = Request("help", READER, private=False, chat=GROUP)
    assert press(pressed, desk) is SILENCE
    assert press(replace(pressed, chat="telegram:-1009"), desk).blocks


def test_an_administrator_may_stay_anonymous(say: Chat) -> None:
    say.in_group(None, "/off@wazahat_bot", manages=True)
    assert say.in_group(READER, "/help") is SILENCE
    say.in_group(None, "/ON", manages=True)
    assert say.in_group(READER, "/help").blocks


@pytest.mark.parametrize("line", ["/off", "/on"])
def test_the_switch_is_for_administrators_of_groups(say: Chat, desk: Desk, line: str) -> None:
    assert "administrators" in say.in_group(AUTHOR, line).text
    assert "for groups" in say(READER, line).text
    assert dump(desk.new_uow) == ""


def test_the_group_is_kept_and_not_who_switched(say: Chat, desk: Desk) -> None:
    say.in_group(OTHER, "/off", manages=True)
    assert dump(desk.new_uow) == f"('{GROUP}',)"
    say.in_group(OTHER, "/on", manages=True)
    assert dump(desk.new_uow) == ""
