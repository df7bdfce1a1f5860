"""The real process: how it starts, dies and ends."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.core.posts import DeliveryState
from bot.settings import ROOT
from db.engine import make_engine
from db.unit_of_work import units_of_work
from tests.telegram.conftest import AUTHOR, REVIEWER

Environment = dict[str, str]
SECRET = "playground-token-for-the-local-stand-in"


@pytest.fixture
def environment(standin: Standin, sqlite_url: str) -> Environment:
    return environment_on(standin, sqlite_url)


def environment_on(standin: Standin, database_url: str) -> Environment:
    return os.environ | {
        "WAZAHAT_TOKEN": standin.token,
        "WAZAHAT_API_URL": standin.url,
        "WAZAHAT_DATABASE_URL": database_url,
        "WAZAHAT_OWNERS": f"{AUTHOR},{REVIEWER}",
        "WAZAHAT_LOG_LEVEL": "DEBUG",
    }


@asynccontextmanager
async def wazahat(
    environment: Environment, *arguments: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of its own; killed at the end if it lives."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        env=environment,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ended(environment: Environment, *arguments: str) -> tuple[int | None, str]:
    """Exit code and everything that was printed, to the end."""
    async with wazahat(environment, *arguments) as process:
        out, errors = await asyncio.wait_for(process.communicate(), 20)
        return process.returncode, (out + errors).decode()


@pytest.fixture
async def people(standin: Standin) -> tuple[User, User]:
    return standin.world.add_user(AUTHOR, "Moderator"), standin.world.add_user(REVIEWER, "Second")


@pytest.fixture
def channel(standin: Standin) -> Chat:
    return standin.world.add_channel(-1001000000001, "wazahat_news", title="Channel")


async def approve_a_post(standin: Standin, people: tuple[User, User], line: str) -> None:
    for each in people:
        each.says("/start")
        await standin.wait_for(each, timeout=15)
    people[0].says(f"/compose {line}")
    await standin.wait_for(people[0], "is in review")
    people[1].says("/approve 1")
    await standin.wait_for(people[1], "is approved")
    await standin.wait_for(people[0], "was approved")


def states(database_url: str) -> list[DeliveryState]:
    engine = make_engine(database_url)
    with units_of_work(engine)() as uow:
        found = [each.state for each in uow.deliveries.of(1)]
    engine.dispose()
    return found


async def until(probe: Callable[[], bool]) -> None:
    async with asyncio.timeout(45):
        while not await asyncio.to_thread(probe):
            await asyncio.sleep(0.05)


async def test_killed_while_sending_the_post_is_unknown_and_not_sent_again(
    standin: Standin,
    database_url: str,
    people: tuple[User, User],
    channel: Chat,
) -> None:
    environment = environment_on(standin, database_url)
    async with wazahat(environment, "run") as process:
        await approve_a_post(standin, people, "+2s | @wazahat_news | Once")
        standin.hang_next("sendMessage")  # taken, shown in the channel, never answered
        await standin.wait_for(channel, "Once")
        assert states(database_url) == [DeliveryState.SENDING]
        process.send_signal(signal.SIGKILL)
        await process.wait()
    async with wazahat(environment, "run"):
        await until(lambda: states(database_url) == [DeliveryState.UNKNOWN])
        report = await standin.wait_for(people[0], "is done", timeout=15)
        assert "unknown: 1" in report.text
        await standin.stays_quiet(channel, 1.0)
    assert len(channel.messages) == 1


async def test_killed_before_the_time_the_post_goes_out_once_after_the_restart(
    standin: Standin,
    database_url: str,
    people: tuple[User, User],
    channel: Chat,
) -> None:
    environment = environment_on(standin, database_url)
    async with wazahat(environment, "run") as process:
        await approve_a_post(standin, people, "+2s | @wazahat_news | Once")
        process.send_signal(signal.SIGKILL)
        await process.wait()
    async with wazahat(environment, "run"):
        await standin.wait_for(channel, "Once", timeout=15)
        await until(lambda: states(database_url) == [DeliveryState.SENT])
    assert len(channel.messages) == 1


async def test_asked_to_end_it_ends_well_and_never_printed_its_token(
    standin: Standin, environment: Environment
) -> None:
    reader = standin.world.add_user(1001, "Reader")
    async with wazahat(environment, "run") as process:
        reader.says("/start")
        await standin.wait_for(reader, timeout=15)
        process.terminate()
        out, errors = await asyncio.wait_for(process.communicate(), 15)
    assert process.returncode == 0
    assert b"stopped" in errors
    assert SECRET.encode() not in out + errors


async def test_bot_api_out_of_reach_at_the_start_is_waited_for(
    standin: Standin, environment: Environment
) -> None:
    reader = standin.world.add_user(1001, "Reader")
    await standin.go_down()
    async with wazahat(environment, "run") as process:
        assert process.stderr is not None
        while b"not reachable" not in (line := await process.stderr.readline()):
            assert line, "the process ended"
        assert SECRET.encode() not in line
        await standin.come_back()
        reader.says("/start")
        assert "Welcome" in (await standin.wait_for(reader, timeout=20)).text


async def test_missing_settings_are_listed(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("WAZAHAT_")}
    code, told = await ended(
        bare | {"WAZAHAT_OWNERS": "someone", "WAZAHAT_TIMEZONE": "Mars"}, "run"
    )
    assert code == 2
    assert "WAZAHAT_TOKEN: not set" in told
    assert "WAZAHAT_OWNERS: " in told
    assert "WAZAHAT_TIMEZONE: " in told
    assert "Traceback" not in told


async def test_token_that_telegram_does_not_know_is_named(environment: Environment) -> None:
    code, told = await ended(environment | {"WAZAHAT_TOKEN": "1:of-somebody-else-entirely"}, "run")
    assert code == 2
    assert "WAZAHAT_TOKEN" in told
    assert "BotFather" in told
    assert "of-somebody-else-entirely" not in told
    assert "Traceback" not in told


async def test_broken_content_names_file_line_and_field(
    environment: Environment, tmp_path: Path
) -> None:
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "content", folder)
    broken = folder / "attacks" / "sehwan-2017.yaml"
    broken.write_text(broken.read_text("utf8").replace("date: 2017-02-16", "date: soon", 1), "utf8")
    (folder / "organisations" / "isis.yaml").write_text("name: [", "utf8")
    code, told = await ended(environment | {"WAZAHAT_CONTENT_DIR": str(folder)}, "run")
    assert code == 1
    assert "attacks/sehwan-2017.yaml:" in told
    assert ": date: " in told
    assert "organisations/isis.yaml:" in told
    assert "Traceback" not in told


async def test_database_out_of_reach_is_told(environment: Environment) -> None:
    wrong = {"WAZAHAT_DATABASE_URL": "postgresql://user:very-secret@127.0.0.1:1/nothing"}
    code, told = await ended(environment | wrong, "run")
    assert code == 3
    assert "WAZAHAT_DATABASE_URL" in told
    assert "very-secret" not in told
    assert "Traceback" not in told


async def test_second_process_on_one_sqlite_database_is_refused(
    standin: Standin, environment: Environment, tmp_path: Path
) -> None:
    own = environment | {"WAZAHAT_DATABASE_URL": f"sqlite:///{tmp_path}/own.db"}
    reader = standin.world.add_user(1001, "Reader")
    async with wazahat(own, "run"):
        reader.says("/start")
        await standin.wait_for(reader, timeout=15)
        code, told = await ended(own, "run")
        assert code == 3
        assert "another Wazahat" in told
        assert await ended(own, "post", "1", "--json") == (1, "no post 1\n")
