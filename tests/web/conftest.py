from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from aiohttp import ClientSession

from bot.adapters.web.server import HttpSide
from bot.commands.desk import Desk
from tests.conftest import HOST
from tests.fakes.people import AUTHOR, Chat

ROOT = "https://bot.example.org"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return replace(desk, web_root=ROOT)


@pytest.fixture
async def starting(port: int) -> AsyncIterator[HttpSide]:
    """The server before there is anything to answer with."""
    side = HttpSide()
    await side.start(HOST, port)
    yield side
    await side.stop()


@pytest.fixture
async def http(starting: HttpSide, port: int, desk: Desk) -> AsyncIterator[ClientSession]:
    """A client of the server in full service."""
    async with starting.answering(lambda: desk), ClientSession(f"http://{HOST}:{port}") as client:
        yield client


@pytest.fixture
def address(say: Chat) -> Callable[[], str]:
    """The path of a new address of the author's calendar."""

    def new() -> str:
        told = [each.text for each in say(AUTHOR, "/feed new").blocks]
        return next(each for each in told if each.startswith(ROOT)).removeprefix(ROOT)

    return new
