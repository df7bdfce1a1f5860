"""`wazahat demo`: the whole bot on a local Bot API, and a guided tour of it as a transcript."""

import asyncio
import contextlib
import sys
import tempfile
import textwrap
from collections.abc import AsyncIterator
from pathlib import Path

from bot import app
from bot.adapters.logs import set_up_logs
from bot.adapters.playground.chats import Chat
from bot.adapters.playground.messages import Message
from bot.adapters.playground.pages import Pane, Seat
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.core.errors import OutsideError
from bot.settings import FixedSettings, Settings

READER, AUTHOR, REVIEWER, CHANNEL = 1001, 2001, 2002, -1001000000001
PATIENCE = 20.0
WIDTH = 96


async def demo(port: int, *, stay: bool) -> None:
    """Run the tour; with `stay` go on serving the chat page until the process is asked to end."""
    set_up_logs("text", "WARNING")
    stop = app.stop_on_signals()
    with tempfile.TemporaryDirectory(prefix="wazahat-demo-") as folder:
        async with _served(_cast(port)) as standin:
            settings = _settings(standin, Path(folder))
            bot = asyncio.create_task(app.run(settings, stop))
            tour = asyncio.create_task(_Tour(standin, stay=stay).take())
            try:
                await asyncio.wait({bot, tour}, return_when=asyncio.FIRST_COMPLETED)
                if tour.done() and not bot.done():
                    await tour
                    if stay:
                        await stop.wait()
            finally:
                stop.set()
                tour.cancel()
                await bot


@contextlib.asynccontextmanager
async def _served(standin: Standin) -> AsyncIterator[Standin]:
    """The stand-in, started; raises `OutsideError` where its port cannot be had."""
    try:
        await standin.start()
    except OSError as error:
        cure = "name another with --port, or none for a free one"
        raise OutsideError(f"port {standin.port}: {error.strerror}; {cure}") from error
    try:
        yield standin
    finally:
        await standin.stop()


def _settings(standin: Standin, folder: Path) -> Settings:
    return FixedSettings(
        token=standin.token,
        api_url=standin.url,
        database_url=f"sqlite:///{folder}/demo.db",
        owners=(AUTHOR, REVIEWER),
    )


def _cast(port: int) -> Standin:
    """Who is there: by their roles, since nobody of them exists."""
    seats = (
        Pane("A reader", (Seat(READER, "Reader", READER),)),
        Pane(
            "The moderators",
            (Seat(AUTHOR, "Moderator", AUTHOR), Seat(REVIEWER, "Second moderator", REVIEWER)),
        ),
        Pane("The channel", (Seat(CHANNEL, "Awareness channel"),)),
    )
    standin = Standin(port=port, layout=seats)
    standin.world.add_user(READER, "Reader")
    standin.world.add_user(AUTHOR, "Moderator")
    standin.world.add_user(REVIEWER, "Second moderator")
    standin.world.add_channel(CHANNEL, "wazahat_demo", title="Awareness channel")
    return standin


class _Tour:
    """The main job, step by step, printed as it happens."""

    def __init__(self, standin: Standin, *, stay: bool) -> None:
        self.standin = standin
        self.stay = stay
        users = standin.world.users
        self.reader, self.author = users[READER], users[AUTHOR]
        self.reviewer, self.channel = users[REVIEWER], standin.world.chats[CHANNEL]

    async def take(self) -> None:
        await self.reading()
        await self.campaigning()
        _title("That was the tour")
        if self.stay:
            _print(f"Go on yourself: open {self.standin.url} in a browser. Ctrl+C ends it.")
        else:
            _print("On a terminal the demo goes on serving a chat page for your browser.")

    async def reading(self) -> None:
        _title("A reader asks")
        await self.says(self.reader, "/start")
        brief = await self.says(self.reader, "who was behind the sehwan shrine bombing")
        sources = next(label for label in brief.labels if "source" in label)
        await self.presses(self.reader, brief, sources)
        _title("Misspelt, and off the subject")
        await self.says(self.reader, "lej alami")
        await self.says(self.reader, "what is a good recipe for lentil soup")

    async def campaigning(self) -> None:
        _title("A moderator writes a post, another approves it, it goes out on time")
        await self.says(self.reviewer, "/start", quiet=True)
        line = "/compose +5s | @wazahat_demo | safoora-goth-2015"
        preview = await self.says(self.author, line)
        number = preview.text.split()[1]
        await self.says(self.author, f"/approve {number}")
        waiting = await self.heard(self.reviewer, "waits for your review")
        await self.presses(self.reviewer, waiting, "Approve")
        await self.heard(self.channel, "")
        await self.heard(self.author, "sent: 1")
        await asyncio.sleep(1)
        await self.says(self.author, f"/post {number}")

    async def says(self, user: User, text: str, *, quiet: bool = False) -> Message:
        user.says(text)
        answer = await self.standin.wait_for(user, timeout=PATIENCE)
        if not quiet:
            _line(user.name, text)
            _show(answer)
        return answer

    async def presses(self, user: User, message: Message, label: str) -> None:
        user.presses(message, label)
        _line(user.name, f"presses [{label}]")
        _show(await self.standin.wait_for(user, timeout=PATIENCE), "Wazahat, in the same message")

    async def heard(self, where: User | Chat, part: str) -> Message:
        message = await self.standin.wait_for(where, part, timeout=PATIENCE)
        name = where.name if isinstance(where, User) else where.title
        _show(message, f"Wazahat, to {name}")
        return message


def _show(message: Message, who: str = "Wazahat") -> None:
    _line(who, message.text)
    if message.labels:
        _line("", "  ".join(f"[{label}]" for label in message.labels))


def _title(text: str) -> None:
    _print(f"\n── {text} " + "─" * max(0, WIDTH - len(text) - 4))


def _line(who: str, text: str) -> None:
    """One turn of the conversation, with its text set in from the name."""
    _print(f"\n{who}:" if who else "")
    for line in text.splitlines():
        _print(textwrap.fill(line, WIDTH, initial_indent="    ", subsequent_indent="    "))


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
