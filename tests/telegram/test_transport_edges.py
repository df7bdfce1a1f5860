"""The transport where the network is slow, busy, or reached through somebody else."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from telegram import Bot, InputFile
from telegram.error import TimedOut

from bot.adapters.playground.server import Standin
from bot.adapters.telegram import transport
from bot.adapters.telegram.transport import NeverLeft, SendingRequest
from bot.core.errors import DeliveryError
from bot.core.replies import plain
from tests.telegram.test_transport import messenger_of

TOKEN = "1000000001:a-token-that-no-log-may-show"
SENT = {"ok": True, "result": {"message_id": 7, "date": 1, "chat": {"id": 1, "type": "private"}}}


@asynccontextmanager
async def serving(answer: Callable[[web.Request], object]) -> AsyncIterator[str]:
    """A server that hands every request to `answer`."""
    server = web.Server(answer)  # type: ignore[arg-type]
    runner = web.ServerRunner(server)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def bot_at(url: str) -> AsyncIterator[Bot]:
    """A bot that asks nothing of the server by itself."""
    request = SendingRequest()
    await request.initialize()
    try:
        unused = SendingRequest()
        yield Bot(TOKEN, base_url=f"{url}/bot", request=request, get_updates_request=unused)
    finally:
        await request.shutdown()


async def test_an_upload_may_take_longer_than_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "READ", 0.3)
    monkeypatch.setattr(transport, "WRITE_FILES", 5.0)

    async def slowly(request: web.Request) -> web.Response:
        async for _ in request.content.iter_chunked(1 << 20):
            await asyncio.sleep(0.2)
        return web.json_response(SENT)

    async with serving(slowly) as url, bot_at(url) as bot:
        sent = await bot.send_document(1, InputFile(b"x" * (6 << 20), "pack.zip"))
    assert sent.message_id == 7


async def test_without_a_free_connection_nothing_left(standin: Standin) -> None:
    class Narrow(SendingRequest):
        connections = 1

    standin.world.add_user(1001, "Reader", started=True)
    async with Bot(standin.token, base_url=f"{standin.url}/bot", request=Narrow()) as bot:
        standin.hang_next("sendMessage")
        hanging = asyncio.create_task(bot.send_message(1001, "first", read_timeout=1))
        await standin.until(lambda: standin.calls("sendMessage"))
        with pytest.raises(NeverLeft):
            await bot.send_message(1001, "second", pool_timeout=0.1, connect_timeout=0.1)
        with pytest.raises(TimedOut):
            await hanging


async def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def proxy(request: web.Request) -> web.Response:
        asked.append(str(request.url))
        return web.json_response(SENT)

    async with serving(proxy) as url:
        monkeypatch.setenv("http_proxy", url)
        monkeypatch.delenv("no_proxy", raising=False)
        async with bot_at("http://api.example") as bot:
            await bot.send_message(1, "hello")
    assert asked == [f"http://api.example/bot{TOKEN}/sendMessage"]


async def test_a_proxy_of_another_kind_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:9")
    async with bot_at("http://api.example") as bot:
        with pytest.raises(NeverLeft, match="must be an http:// proxy"):
            await bot.send_message(1, "hello")


@pytest.mark.parametrize("code", [429, 400, 502])
async def test_what_has_begun_to_go_out_is_not_sent_anew(standin: Standin, code: int) -> None:
    """Of a long post the first message is out when Telegram fails: nobody may call it not sent."""
    chat = standin.world.add_user(1001, "Reader", started=True).private_chat
    long = plain("a" * 4000, "b" * 4000)

    def fail_the_second() -> None:
        if len(standin.calls("sendMessage")) == 1:
            standin.fail_next("sendMessage", code, "failed", retry_after=1 if code == 429 else None)

    standin.world.listeners.append(
        lambda kind, _chat, _payload: kind == "message" and fail_the_second()
    )
    async with Bot(standin.token, base_url=f"{standin.url}/bot", request=SendingRequest()) as bot:
        if code == 429:
            await messenger_of(bot).send("1001", long)
        else:
            with pytest.raises(DeliveryError) as raised:
                await messenger_of(bot).send("1001", long)
            assert type(raised.value) is DeliveryError
    assert [message.text[0] for message in chat.messages] == (["a", "b"] if code == 429 else ["a"])
