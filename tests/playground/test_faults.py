"""What a test can order to go wrong."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin


@pytest.fixture(autouse=True)
def started(reader: User) -> None:
    reader.says("/start")


async def test_the_next_calls_fail_as_told(standin: Standin, ask: Any) -> None:
    standin.fail_next("sendMessage", 429, "Too Many Requests: retry after 3", retry_after=3)
    standin.fail_next("sendMessage", times=2)
    answers = [await ask("sendMessage", chat_id=1001, text="x") for _ in range(4)]
    assert [status for status, _ in answers] == [429, 500, 500, 200]
    assert answers[0][1]["parameters"] == {"retry_after": 3}
    assert (await ask("getMe"))[0] == 200


@pytest.mark.parametrize("taken", [True, False])
async def test_a_dropped_answer_may_have_been_sent(
    standin: Standin, ask: Any, reader: User, taken: bool
) -> None:
    standin.drop_next("sendMessage", taken=taken)
    with pytest.raises(aiohttp.ClientConnectionError):
        await ask("sendMessage", chat_id=1001, text="x")
    assert len(reader.private_chat.unread) == taken


async def test_a_hanging_call_ends_with_the_server(standin: Standin, ask: Any) -> None:
    standin.hang_next("sendMessage")
    call = asyncio.create_task(ask("sendMessage", chat_id=1001, text="x"))
    await standin.until(lambda: standin.calls("sendMessage"))
    await asyncio.sleep(0.1)
    assert not call.done()
    await standin.go_down()
    with pytest.raises(aiohttp.ClientConnectionError):
        await call


async def test_a_late_answer(standin: Standin, ask: Any) -> None:
    standin.delay_next("*", seconds=0.2)
    began = time.monotonic()
    assert (await ask("getMe"))[0] == 200
    assert time.monotonic() - began >= 0.2


async def test_it_comes_back_where_it_was(standin: Standin, ask: Any, reader: User) -> None:
    url = standin.url
    poll = asyncio.create_task(ask("getUpdates", offset=2, timeout=20))
    await asyncio.sleep(0.1)
    await standin.go_down()
    with pytest.raises(aiohttp.ClientConnectionError):
        await ask("getMe")
    await asyncio.gather(poll, return_exceptions=True)
    await standin.come_back()
    assert standin.url == url
    assert (await ask("sendMessage", chat_id=1001, text="back"))[0] == 200
    assert (await standin.wait_for(reader)).text == "back"


async def test_calls_are_written_down(standin: Standin, ask: Any) -> None:
    await ask("sendMessage", chat_id=1001, text="x")
    [call] = standin.calls("sendMessage")
    assert (call.params["text"], call.params.integer("chat_id")) == ("x", 1001)


async def test_waiting_in_vain_tells_what_came(standin: Standin, ask: Any, reader: User) -> None:
    await ask("sendMessage", chat_id=1001, text="something else")
    with pytest.raises(TimeoutError, match=r"matching 'the answer'.*came: \['something else'\]"):
        await standin.wait_for(reader, "the answer", timeout=0.05)
    await standin.stays_quiet(reader, 0.05)
