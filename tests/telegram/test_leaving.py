"""What readers leave with us and how it is forgotten, over HTTP, with the whole bot running."""

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.adapters.telegram import waiting_room
from bot.app import running, upkeep
from bot.commands.choices import Choices
from bot.core.fingerprints import fingerprints
from bot.core.ports import NewUow, UnitOfWork
from tests.telegram.conftest import READER, RunningBot


async def test_a_chosen_language_outlives_a_restart(
    standin: Standin, running_bot: RunningBot, reader: User
) -> None:
    async with running_bot():
        reader.says("/language")
        reader.presses(await standin.wait_for(reader), "اردو")
        await standin.wait_for(reader, "اب سے آپ کو")
    async with running_bot():
        reader.says("/start")
        assert "خوش آمدید" in (await standin.wait_for(reader)).text


@pytest.mark.parametrize("at_a_glance", [True, False])
async def test_a_group_that_switched_the_bot_off_is_left_alone_after_a_restart(
    standin: Standin,
    running_bot: RunningBot,
    reader: User,
    monkeypatch: pytest.MonkeyPatch,
    at_a_glance: bool,
) -> None:
    silent, other = (
        standin.world.add_group(-1002000000000 - n, title=f"Group {n}") for n in (1, 2)
    )
    admin = standin.world.add_user(3001, "Administrator")
    for group in (silent, other):
        group.set_bot("administrator")
    silent.add(admin, status="administrator")
    async with running_bot():
        admin.says("/off", chat=silent)
        await standin.wait_for(silent, "I am silent")
    for group in (silent, other):
        reader.says("/help", chat=group)
    if not at_a_glance:  # as on a server, whose answer takes longer
        monkeypatch.setattr(running, "glance_at", lambda _: None)
    async with running_bot():
        await standin.wait_for(other)
        await standin.stays_quiet(silent)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """What people and groups chose is read when this is set."""
    known, load = threading.Event(), Choices.load

    def load_late(choices: Choices) -> None:
        known.wait(10)
        load(choices)

    monkeypatch.setattr(Choices, "load", load_late)
    monkeypatch.setattr(running, "glance_at", lambda _: None)
    return known


async def test_groups_wait_until_it_is_known_where_the_bot_is_silent(
    standin: Standin, running_bot: RunningBot, reader: User, known: threading.Event
) -> None:
    group = standin.world.add_group(-1002000000001, title="Group")
    group.set_bot("administrator")
    questions = [reader.says(line, chat=group) for line in ("/help", "/groups")]
    async with running_bot():
        reader.says("/help")
        await standin.wait_for(reader)
        await standin.stays_quiet(group)
        known.set()
        for question in questions:
            answer = await standin.wait_for(group)
            assert answer["reply_to_message"]["message_id"] == question.id


async def test_what_waited_too_long_in_a_group_is_not_answered(
    standin: Standin,
    running_bot: RunningBot,
    reader: User,
    known: threading.Event,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(waiting_room, "LONGEST_WAIT", -1.0)
    group = standin.world.add_group(-1002000000001, title="Group")
    group.set_bot("administrator")
    reader.says("/help", chat=group)
    async with running_bot():
        reader.says("/help")
        await standin.wait_for(reader)
        known.set()
        await standin.stays_quiet(group)
        reader.says("/groups", chat=group)
        await standin.wait_for(group, "Which group")


async def test_an_answer_that_fails_leaves_the_report_open(
    standin: Standin, author: User, reviewer: User, reader: User
) -> None:
    reader.says("/wrong The date is wrong")
    thanks = await standin.wait_for(reader, "Thank you")
    reader.presses(thanks, "I want an answer")
    await standin.wait_for(reader, "Noted")
    for moderator in (author, reviewer):
        await standin.wait_for(moderator, "Somebody waits for an answer to /report 1")
    standin.fail_next("sendMessage", 500, "Internal Server Error")
    author.says("/report 1 It is mended now")
    await standin.wait_for(author, "could not be sent just now")
    author.says("/report 1 It is mended now, truly")
    assert "The date is wrong" in (await standin.wait_for(reader, "truly")).text
    await standin.wait_for(author, "is closed")


async def test_a_file_that_another_reads_is_cleaned_when_it_is_free(
    standin: Standin,
    running_bot: RunningBot,
    reader: User,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(upkeep, "TIDY_EVERY", 0.2)

    def files() -> bytes:
        return b"".join(each.read_bytes() for each in tmp_path.glob("wazahat.db*"))

    async with running_bot():
        reader.says("/subscribe")
        await standin.wait_for(reader, "You are subscribed")
        with closing(sqlite3.connect(tmp_path / "wazahat.db", isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT * FROM subscriber").fetchall()
            reader.says("/forgetme")
            await standin.wait_for(reader, "within some minutes")
            assert str(READER).encode() in files()
            other.execute("ROLLBACK")
        async with asyncio.timeout(10):
            while str(READER).encode() in files():
                await asyncio.sleep(0.1)


async def test_a_report_goes_to_the_moderators_and_its_answer_back(
    standin: Standin, author: User, reader: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    reader.says("/wrong sehwan-2017")
    asked = await standin.wait_for(reader, "What is wrong?")
    reader.says("The court counted 90", reply_to=asked)
    thanks = await standin.wait_for(reader, "Thank you")
    told = await standin.wait_for(author, "The court counted 90")
    assert str(READER) not in told.text
    reader.presses(thanks, "I want an answer")
    await standin.wait_for(reader, "Noted")
    await standin.wait_for(author, "Somebody waits")
    author.says("/report 1 It is mended now")
    assert "The court counted 90" in (await standin.wait_for(reader, "It is mended now")).text
    assert str(READER) not in caplog.text
    assert "court counted" not in caplog.text


async def test_an_administrator_switches_the_bot_off_and_on(
    standin: Standin, bot: None, reader: User
) -> None:
    admin = standin.world.add_user(3001, "Administrator")
    group = standin.world.add_group(-1002000000001, title="Group")
    group.set_bot("member")
    group.add(reader)
    group.add(admin, status="administrator")
    reader.says("/off", chat=group)
    await standin.wait_for(group, "Only this group's administrators")
    admin.says("/off", chat=group)
    await standin.wait_for(group, "I am silent")
    for line in ("/help", "/on"):
        reader.says(line, chat=group)
    await standin.stays_quiet(group)
    admin.says("/on", chat=group)
    await standin.wait_for(group, "I answer in this group")
    reader.says("/groups", chat=group)
    await standin.wait_for(group, "Which group")


async def test_what_another_process_wrote_is_read_in_a_shared_database(
    new_uow: NewUow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert upkeep.CHOICES_EVERY <= 5  # as /forgetme says: a few seconds
    monkeypatch.setattr(upkeep, "AGAIN", 0.01)
    failures = [OSError("the database is away for a moment")]

    @contextmanager
    def at_times_away(*, reading: bool = False) -> Iterator[UnitOfWork]:
        if failures:
            raise failures.pop()
        with new_uow(reading=reading) as uow:
            yield uow

    here, there = (Choices(fingerprints("one"), uow) for uow in (at_times_away, new_uow))
    reading = asyncio.create_task(upkeep.remember(here.load, 0.01, shared=True))
    there.choose("telegram:1001", "ur")
    async with asyncio.timeout(5):
        while here.language_of("telegram:1001") != "ur":
            await asyncio.sleep(0.01)
    there.forget("telegram:1001")
    async with asyncio.timeout(5):
        while here.language_of("telegram:1001") is not None:
            await asyncio.sleep(0.01)
    reading.cancel()
    with suppress(asyncio.CancelledError):
        await reading
