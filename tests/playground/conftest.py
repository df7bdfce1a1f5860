"""A stand-in with its people, a caller that speaks bare HTTP to it, and a real bot."""

import io
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from bot.adapters.playground.chats import Chat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.playground.small_bot import app

__all__ = ["app"]

os.environ["PTB_TIMEDELTA"] = "1"

Answer = tuple[int, dict[str, Any]]
Ask = Callable[..., Awaitable[Answer]]


class Clock:
    """Stands still until told otherwise."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def standin(clock: Clock) -> AsyncIterator[Standin]:
    async with Standin() as standin:
        standin.world.clock = clock
        yield standin


@pytest.fixture
def reader(standin: Standin) -> User:
    return standin.world.add_user(1001, "Reader")


@pytest.fixture
def channel(standin: Standin) -> Chat:
    return standin.world.add_channel(-1001000000001, "wazahat_demo", title="Wazahat")


@pytest.fixture
def group(standin: Standin) -> Chat:
    return standin.world.add_group(-1002000000001, title="Group")


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def ask(standin: Standin, session: aiohttp.ClientSession) -> Ask:
    """Call a method with a JSON body: `status, body = await ask("getMe")`."""

    async def ask(method: str, **params: Any) -> Answer:
        url = f"{standin.url}/bot{standin.token}/{method}"
        async with session.post(url, json=params) as answer:
            return answer.status, await answer.json()

    return ask


@pytest.fixture
def refused(ask: Ask) -> Callable[..., Awaitable[str]]:
    """Call a method that must be refused; gives the description."""

    async def refused(method: str, **params: Any) -> str:
        status, body = await ask(method, **params)
        assert status == body["error_code"] >= 400, body
        assert body["ok"] is False
        return str(body["description"])

    return refused


@pytest.fixture
def result(ask: Ask) -> Callable[..., Awaitable[Any]]:
    """Call a method that must succeed; gives its result."""

    async def result(method: str, **params: Any) -> Any:
        status, body = await ask(method, **params)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    return result


@pytest.fixture
def upload(standin: Standin, session: aiohttp.ClientSession) -> Ask:
    """Call a method with files: `status, body = await upload("sendPhoto", {"photo": raw}, ...)`."""

    async def upload(method: str, files: dict[str, bytes], **params: Any) -> Answer:
        form = aiohttp.FormData()
        for name, raw in files.items():
            form.add_field(name, io.BytesIO(raw), filename=f"{name}.bin")
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        url = f"{standin.url}/bot{standin.token}/{method}"
        async with session.post(url, data=form) as answer:
            return answer.status, await answer.json()

    return upload
