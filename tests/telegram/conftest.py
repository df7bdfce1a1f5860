import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from bot import app
from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.settings import ROOT, Settings, read_settings

READER, AUTHOR, REVIEWER, CHANNEL = 1001, 2001, 2002, -1001000000001

RunningBot = Callable[[], AbstractAsyncContextManager[None]]


@pytest.fixture(autouse=True)
def _waits_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def standin() -> AsyncIterator[Standin]:
    async with Standin() as standin:
        yield standin


@pytest.fixture(scope="session")
def ordinary_days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped content, where no day forbids a type of post: tests run on any day."""
    folder = tmp_path_factory.mktemp("ordinary") / "content"
    calendar = Path(shutil.copytree(ROOT / "content", folder)) / "calendar.yaml"
    text = calendar.read_text("utf8")
    calendar.write_text(re.sub(r"^  forbids: .*\n", "", text, flags=re.M), "utf8")
    return folder


@pytest.fixture
def settings(standin: Standin, tmp_path: Path, ordinary_days: Path) -> Settings:
    return read_settings(
        token=standin.token,
        api_url=standin.url,
        database_url=f"sqlite:///{tmp_path}/wazahat.db",
        content_dir=ordinary_days,
        owners=(AUTHOR, REVIEWER),
    )


@pytest.fixture
def running_bot(settings: Settings) -> RunningBot:
    """The whole bot, in this process, for as long as the block lasts."""

    @asynccontextmanager
    async def running() -> AsyncIterator[None]:
        stop = asyncio.Event()
        bot = asyncio.create_task(app.run(settings, stop))
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait_for(bot, 10)

    return running


@pytest.fixture
async def bot(running_bot: RunningBot) -> AsyncIterator[None]:
    async with running_bot():
        yield


@pytest.fixture
def reader(standin: Standin) -> User:
    return standin.world.add_user(READER, "Reader")


@pytest.fixture
async def author(standin: Standin, bot: None) -> User:
    return await _started(standin, standin.world.add_user(AUTHOR, "Moderator"))


@pytest.fixture
async def reviewer(standin: Standin, bot: None) -> User:
    return await _started(standin, standin.world.add_user(REVIEWER, "Second moderator"))


@pytest.fixture
def channel(standin: Standin) -> Chat:
    return standin.world.add_channel(CHANNEL, "wazahat_news", title="Channel")


async def _started(standin: Standin, user: User) -> User:
    user.says("/start")
    await standin.wait_for(user)
    return user
