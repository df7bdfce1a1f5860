"""How a call fails decides what becomes of a delivery: was anything sent?"""

import asyncio
from collections.abc import AsyncIterator
from typing import NoReturn

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.adapters.playground.server import Standin
from bot.adapters.telegram.messenger import TelegramMessenger
from bot.adapters.telegram.pace import Pace
from bot.adapters.telegram.transport import NeverLeft, SendingRequest
from bot.adapters.telegram.uploads import Uploads
from bot.core.drawings import Drawing
from bot.core.errors import DeliveryError, NotSent, OutsideError, Refused, TryLater
from bot.core.replies import plain

SECRET = "playground-token-for-the-local-stand-in"


@pytest.fixture
async def bot(standin: Standin) -> AsyncIterator[Bot]:
    standin.world.add_user(1001, "Reader", started=True)
    url = f"{standin.url}/bot"
    async with Bot(standin.token, base_url=url, request=SendingRequest()) as bot:
        yield bot


def messenger_of(bot: Bot) -> TelegramMessenger:
    async def draw(_: Drawing) -> bytes:
        raise AssertionError("nothing here is drawn")

    return TelegramMessenger(bot, Uploads(draw, not_opened, bot.id), Pace(30, 0.2))


def not_opened() -> NoReturn:
    raise OutsideError("the database is not open yet")


async def test_text_arrives_as_it_was_sent(standin: Standin, bot: Bot) -> None:
    text = "a=b&c+d %41 «وضاحت» 👍🏽 \u2068x\u2069\nnew line"
    await bot.send_message(1001, text)
    assert standin.world.chats[1001].last.text == text


async def test_nothing_left_where_nobody_listens(standin: Standin, bot: Bot) -> None:
    await standin.go_down()
    await asyncio.sleep(0.1)  # until the end of the open connections is noticed
    with pytest.raises(NeverLeft) as raised:
        await bot.send_message(1001, "hello")
    assert SECRET not in str(raised.value)
    with pytest.raises(NotSent):
        await messenger_of(bot).send("1001", plain("hello"))


async def test_an_answer_that_never_comes_leaves_it_open(standin: Standin, bot: Bot) -> None:
    standin.hang_next("sendMessage")
    with pytest.raises(TimedOut) as raised:
        await bot.send_message(1001, "hello", read_timeout=0.2)
    assert not isinstance(raised.value, NeverLeft)
    assert standin.world.chats[1001].last.text == "hello"


async def test_a_lost_connection_leaves_it_open(standin: Standin, bot: Bot) -> None:
    standin.drop_next("sendMessage")
    with pytest.raises(NetworkError) as raised:
        await bot.send_message(1001, "hello")
    assert not isinstance(raised.value, NeverLeft)
    assert SECRET not in str(raised.value)
    standin.drop_next("sendMessage")
    with pytest.raises(DeliveryError) as told:
        await messenger_of(bot).send("1001", plain("hello"))
    assert not isinstance(told.value, NotSent)


async def test_a_refusal_and_a_wait_are_told_apart(standin: Standin, bot: Bot) -> None:
    with pytest.raises(Refused, match=r"(?i)chat not found"):
        await messenger_of(bot).send("@nowhere_at_all", plain("hello"))
    standin.fail_next("sendMessage", 429, "Too Many Requests: retry after 7", retry_after=7)
    with pytest.raises(TryLater) as raised:
        await messenger_of(bot).send("1001", plain("hello"))
    assert raised.value.wait.total_seconds() == 7


async def test_a_server_that_fails_leaves_it_open(standin: Standin, bot: Bot) -> None:
    standin.fail_next("sendMessage", 502, "Bad Gateway")
    with pytest.raises(DeliveryError) as raised:
        await messenger_of(bot).send("1001", plain("hello"))
    assert not isinstance(raised.value, NotSent | Refused)


async def test_files_are_sent_as_files(standin: Standin, bot: Bot) -> None:
    file = InputFile(b"\x00name: value", filename="a.yaml")
    data = RequestData([RequestParameter("document", "attach://x", [file])])
    assert data.contains_files
    with pytest.raises(BadRequest):  # the stand-in has no chat for it; that it answered is enough
        await bot.request.post(f"{standin.url}/bot{standin.token}/getChat", request_data=data)
    assert any(hasattr(each, "content") for each in standin.calls("getChat")[0].params.values())
