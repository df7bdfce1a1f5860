"""What readers leave with us and how it is forgotten, over HTTP, with the whole bot running."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from bot import app
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
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

        async def greeted() -> str:
            reader.says("/start")
            return (await standin.wait_for(reader)).text

        for _ in range(50):  # the choices are read behind the first answers
            if "خوش آمدید" in await greeted():
                return
    pytest.fail("the choice was not read after the restart")


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
    monkeypatch.setattr(app, "CHOICES_EVERY", 0.01)
    failures = [OSError("the database is away for a moment")]

    @contextmanager
    def at_times_away() -> Iterator[UnitOfWork]:
        if failures:
            raise failures.pop()
        with new_uow() as uow:
            yield uow

    here, there = (Choices(fingerprints("one"), uow) for uow in (at_times_away, new_uow))
    reading = asyncio.create_task(app.remember(here, shared=True))
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
