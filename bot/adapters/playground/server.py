"""The stand-in of the Telegram Bot API: a real server on loopback, and the story told around it.

The bot under test connects to it as to Telegram, with `url` in place of https://api.telegram.org:

    builder = ApplicationBuilder().token(standin.token)
    builder.base_url(f"{standin.url}/bot").base_file_url(f"{standin.url}/file/bot")

A test (or the demo) plays the people and waits for what the bot does:

    async with Standin() as standin:
        reader = standin.world.add_user(1001, "Reader")
        reader.says("/start")
        welcome = await standin.wait_for(reader)
        press = reader.presses(welcome, "Groups")
        assert (await standin.answer_to(press)).text == ""
        edited = await standin.wait_for(reader, "organisations")

`wait_for` takes the bot's messages and edits in a chat one after the other, so none is missed
and none is seen twice; those before the one that matches are passed over. Channels and groups
work alike:

    channel = standin.world.add_channel(-1001000000001, "wazahat_demo", title="Wazahat")
    group = standin.world.add_group(-1002000000001, title="Group")
    reader.says("@wazahat_demo_bot what is known?", chat=group)
    post = await standin.wait_for(channel)

Polls are answered, results of inline mode chosen, files sent:

    reader.votes(quiz, "Nobody")                     # by label or place
    query = reader.types_inline("sehwan", chat=group)
    card = reader.chooses(query, (await standin.results_of(query)).ids[0])
    reader.sends("pack.yaml", raw, caption="A change")
    reader.shows(png, caption="A shrine")

`standin.world.inline` holds the bot's settings of inline mode.

Faults are ordered before they strike:

    standin.fail_next("sendMessage", 429, "Too Many Requests: retry after 3", retry_after=3)
    standin.drop_next("sendMessage")                 # taken, shown in the chat, answer lost
    standin.hang_next("sendMessage", taken=False)    # never taken, never answered
    await standin.go_down(); await standin.come_back()

The chat page is at `url`; `layout` says who sits in which pane of it (`pages.py`).
"""

import asyncio
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from bot.adapters.playground.api import BotApi, Call
from bot.adapters.playground.chats import Chat
from bot.adapters.playground.checks import Refusal
from bot.adapters.playground.faults import Fault
from bot.adapters.playground.files import Downloads
from bot.adapters.playground.flood import Flood
from bot.adapters.playground.inline import InlineQuery, Results
from bot.adapters.playground.messages import Message
from bot.adapters.playground.pages import Page, Pane
from bot.adapters.playground.people import Answer, Press, User
from bot.adapters.playground.world import World

#: Of the right form and worth nothing anywhere else.
DEMO_TOKEN = "1000000001:playground-token-for-the-local-stand-in"  # noqa: S105
HOST = "127.0.0.1"
LARGEST_BODY = 64 * 1024 * 1024

T = TypeVar("T")
Match = str | Callable[[Message], bool] | None


class Standin:
    """One bot's Bot API. The world outlives `stop()`; `port` 0 takes a free one and keeps it."""

    def __init__(
        self,
        token: str = DEMO_TOKEN,
        port: int = 0,
        world: World | None = None,
        layout: Sequence[Pane] = (),
    ) -> None:
        self.token = token
        self.port = port
        self.world = world or World(bot_id=int(token.partition(":")[0]))
        self.page = Page(self.world, layout)
        self.api = BotApi(self.world, token, self._wake)
        self._runner: web.AppRunner | None = None
        self._waiters: set[asyncio.Future[None]] = set()
        self.world.listeners.append(lambda *_: self._wake())

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_route("*", "/bot{token}/{method}", self.api.handle)
        downloads = Downloads(self.world, self.token)
        app.router.add_get("/file/bot{token}/{folder}/{file_id}", downloads.handle)
        self.page.add_routes(app)
        self.api.released.clear()
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self.port, reuse_address=True)
        try:
            await site.start()
        except OSError:
            await self.stop()
            raise
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close everything that is open; whoever waits for an answer loses the connection."""
        self.api.released.set()
        self.api.polling.stop()
        self.page.stop()
        if self._runner is not None:
            runner, self._runner = self._runner, None
            await runner.cleanup()

    go_down = stop

    async def come_back(self) -> None:
        """Start again on the same port, with everything said so far."""
        await self.start()

    async def wait_for(
        self,
        where: Chat | User,
        match: Match = None,
        timeout: float = 5.0,  # noqa: ASYNC109
    ) -> Message:
        """The bot's next message or edit in this chat (a user means the private one) that matches.

        `match` is a part of the text or a test of the message; TimeoutError tells what came.
        """
        chat = where.private_chat if isinstance(where, User) else where
        passed: list[str] = []

        def found() -> Message | None:
            while chat.unread:
                message = chat.unread.pop(0)
                if _fits(match, message):
                    return message
                passed.append(message.text)
            return None

        wanted = "a message" if match is None else f"a message matching {match!r}"
        try:
            return await self.until(found, timeout)
        except TimeoutError:
            told = f"{wanted} in {chat.title} within {timeout} s; came: {passed or 'nothing'}"
            raise TimeoutError(f"no {told}") from None

    async def answer_to(self, press: Press, timeout: float = 5.0) -> Answer:  # noqa: ASYNC109
        """What the bot answered to the pressed button."""
        return await self.until(lambda: press.answer, timeout)

    async def results_of(self, query: InlineQuery, timeout: float = 5.0) -> Results:  # noqa: ASYNC109
        """What the bot offers to the words typed in inline mode."""
        return await self.until(lambda: query.answer, timeout)

    async def stays_quiet(self, where: Chat | User, seconds: float = 0.3) -> None:
        """Raise AssertionError if the bot says anything here within this time."""
        try:
            message = await self.wait_for(where, timeout=seconds)
        except TimeoutError:
            return
        raise AssertionError(f"the bot was to stay quiet, but said: {message.text!r}")

    async def until(self, probe: Callable[[], T | None], timeout: float = 5.0) -> T:  # noqa: ASYNC109
        """The first true value of `probe`, which is asked again at whatever happens here."""
        async with asyncio.timeout(timeout):
            while not (value := probe()):
                waiter = asyncio.get_running_loop().create_future()
                self._waiters.add(waiter)
                try:
                    await waiter
                finally:
                    self._waiters.discard(waiter)
        return value

    def calls(self, method: str = "") -> list[Call]:
        """The calls so far, oldest first (the last thousands): of one method, or all."""
        wanted = method.lower()
        return [c for c in self.api.calls if not wanted or c.method.lower() == wanted]

    def limit(self, flood: Flood | None) -> None:
        """Switch flood control on, or off with None."""
        self.api.flood = flood

    def fail_next(
        self,
        method: str,
        code: int = 500,
        description: str = "Internal Server Error",
        times: int = 1,
        **parameters: int,
    ) -> None:
        """Refuse the next calls; `parameters` as Telegram's: retry_after, migrate_to_chat_id."""
        refusal = Refusal(code, description, dict(parameters))
        self.api.faults.plan(method, Fault("fail", times, refusal=refusal))

    def hang_next(self, method: str, times: int = 1, taken: bool = True) -> None:
        """Never answer; a call that was taken has done its work all the same."""
        self.api.faults.plan(method, Fault("hang", times, taken))

    def drop_next(self, method: str, times: int = 1, taken: bool = True) -> None:
        """Cut the connection instead of answering: was it sent? Only `taken` knows."""
        self.api.faults.plan(method, Fault("drop", times, taken))

    def delay_next(self, method: str, seconds: float, times: int = 1, taken: bool = True) -> None:
        """Answer late; the work is done before the wait if `taken`, else after it."""
        self.api.faults.plan(method, Fault("delay", times, taken, seconds))

    def _wake(self) -> None:
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)


def _fits(match: Match, message: Message) -> bool:
    if match is None:
        return True
    return match in message.text if isinstance(match, str) else match(message)
