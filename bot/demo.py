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

READER, AUTHOR, REVIEWER = 1001, 2001, 2002
CHANNEL, GROUP = -1001000000001, -1002000000001
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
        Pane(
            "The channel and a group",
            (Seat(CHANNEL, "Awareness channel"), Seat(GROUP, "Neighbours", READER)),
        ),
    )
    standin = Standin(port=port, layout=seats)
    standin.world.add_user(READER, "Reader")
    standin.world.add_user(AUTHOR, "Moderator")
    standin.world.add_user(REVIEWER, "Second moderator")
    standin.world.add_channel(CHANNEL, "wazahat_demo", title="Awareness channel")
    standin.world.add_group(GROUP, title="Neighbours")
    return standin


class _Tour:
    """The main job, step by step, printed as it happens."""

    def __init__(self, standin: Standin, *, stay: bool) -> None:
        self.standin = standin
        self.stay = stay
        users = standin.world.users
        self.reader, self.author = users[READER], users[AUTHOR]
        self.reviewer, self.channel = users[REVIEWER], standin.world.chats[CHANNEL]
        self.group = standin.world.chats[GROUP]

    async def take(self) -> None:
        await self.reading()
        await self.seeing()
        await self.among_others()
        await self.campaigning()
        await self.correcting()
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

    async def seeing(self) -> None:
        _title("A picture to share, and a quiz")
        await self.says(self.reader, "/picture sehwan-2017")
        self.reader.says("/quiz quiz-spot-the-trick")
        _line(self.reader.name, "/quiz quiz-spot-the-trick")
        question = await self.standin.wait_for(self.reader, lambda it: "poll" in it, PATIENCE)
        _show(question)
        self.reader.votes(question, 0)
        _line(self.reader.name, f"chooses {question['poll']['options'][0]['text']!r}")
        _line("", question.apart.ballot.fields["explanation"] if question.apart.ballot else "")

    async def among_others(self) -> None:
        _title("In a group it answers who asks it; in any other chat it offers cards")
        name = f"@{self.standin.world.bot.username}"
        self.reader.says(f"{name} safoora goth bus", self.group)
        _line(f"{self.reader.name}, in a group", f"{name} safoora goth bus")
        await self.heard(self.group, "")
        _line(f"{self.reader.name}, in any chat, types", f"{name} mastung")
        query = self.reader.types_inline("mastung", chat=self.group)
        offered = await self.standin.results_of(query, PATIENCE)
        _line("Wazahat offers", "\n".join(each.shown["title"] for each in offered.results[:3]))
        card = self.reader.chooses(query, offered.ids[0])
        _show(card, f"{self.reader.name} sends the first")

    async def correcting(self) -> None:
        _title("A reader reports an error without leaving a name, and is answered")
        thanks = await self.says(self.reader, "/wrong sehwan-2017 Source 3 does not open")
        await self.presses(self.reader, thanks, "I want an answer")
        await self.heard(self.author, "Source 3 does not open")
        await self.heard(self.author, "Somebody waits")
        await self.says(self.author, "/report 1 Thank you, we look for another copy of it")
        await self.heard(self.reader, "another copy")

    async def campaigning(self) -> None:
        _title("A moderator writes a post, another approves it, it goes out on time")
        await self.says(self.reviewer, "/start", quiet=True)
        line = "/compose +5s | @wazahat_demo | safoora-goth-2015"
        preview = await self.says(self.author, line)
        if "T2" in preview.text:  # today the calendar remembers others, and facts have to wait
            announced = "/compose +5s | @wazahat_demo | Today we remember. More tomorrow."
            preview = await self.says(self.author, announced)
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
    _line(who, f"(a picture)\n{message.text}" if "photo" in message else _said(message))
    if message.labels:
        _line("", "  ".join(f"[{label}]" for label in message.labels))


def _said(message: Message) -> str:
    if ballot := message.apart.ballot:
        return "\n".join((message["poll"]["question"], *(f"○ {each}" for each in ballot.labels)))
    return message.text


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
