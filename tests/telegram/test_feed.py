"""The real process and its HTTP side: a moderator's calendar, from /feed until it is ended."""

import asyncio
import signal

import pytest
from aiohttp import ClientSession

from bot.adapters.playground.messages import Message
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.conftest import HOST
from tests.export.test_icalendar import events_in
from tests.telegram.conftest import AUTHOR
from tests.telegram.test_process import Environment, ended, environment_on, wazahat

PATIENCE = 20.0
"""Seconds for an answer of a process that has just started, beside others."""


@pytest.fixture
def environment(standin: Standin, sqlite_url: str, port: int) -> Environment:
    return environment_on(standin, sqlite_url) | {"WAZAHAT_LISTEN": f"{HOST}:{port}"}


def address_in(message: Message) -> str:
    return next(line for line in message.text.splitlines() if line.startswith("http://"))


async def fetched(http: ClientSession, address: str) -> tuple[int, bytes]:
    async with http.get(address) as answer:
        return answer.status, await answer.read()


async def until_alive(http: ClientSession, root: str) -> None:
    async with asyncio.timeout(2 * PATIENCE):
        while True:
            try:
                status, _ = await fetched(http, f"{root}/readyz")
            except OSError:
                status = 0
            if status == 200:
                return
            await asyncio.sleep(0.1)


@pytest.mark.usefixtures("channel")
async def test_a_moderator_gets_a_calendar_and_ends_it(
    standin: Standin, environment: Environment, port: int
) -> None:
    author: User = standin.world.add_user(AUTHOR, "Moderator")
    root = f"http://{HOST}:{port}"
    async with wazahat(environment, "run") as process, ClientSession() as http:
        await until_alive(http, root)
        author.says("/compose +2d | @wazahat_news | سیہون شریف، درگاہ; کیا ہوا؟")
        await standin.wait_for(author, "is in review", PATIENCE)
        author.says("/feed")
        made = await standin.wait_for(author, root, PATIENCE)
        address = address_in(made)
        status, raw = await fetched(http, address)
        assert status == 200
        for mark in "\u2068\u2069":
            raw = raw.replace(mark.encode(), b"")
        [event] = [each for each in events_in(raw) if "/post 1" in each.get("DESCRIPTION", "")]
        assert event["STATUS"] == "TENTATIVE"
        assert "سیہون شریف، درگاہ\\; کیا ہوا؟ (@wazahat_news)" in event["SUMMARY"]
        author.presses(made, "New address")
        renewed = address_in(await standin.wait_for(author, root, PATIENCE))
        assert (await fetched(http, address))[0] == 404
        assert (await fetched(http, renewed))[0] == 200
        author.says("/feed off")
        await standin.wait_for(author, "leads nowhere any more", PATIENCE)
        assert (await fetched(http, renewed))[0] == 404
        process.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0
    log = errors.decode()
    assert "http side listens" in log
    for each in (address, renewed):
        assert each.rpartition("/")[2].removesuffix(".ics") not in log


async def test_a_port_in_use_stops_the_start(environment: Environment, port: int) -> None:
    async with await asyncio.start_server(lambda *_: None, HOST, port):
        code, told = await ended(environment, "run")
    assert code == 2
    assert f"WAZAHAT_LISTEN: {HOST}:{port}: address already in use; end the program" in told
    assert "Traceback" not in told
