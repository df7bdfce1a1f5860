"""A thousand conversations with the real process, and then a search for what is left of them.

Every question and every name carries a mark that stands nowhere else. The database is searched
table by table and byte by byte, the log, written as fully as it can be, to its last line.
"""

import asyncio
import re
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest

from bot.adapters.playground.messages import Message
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.settings import ROOT
from db.engine import make_engine
from db.unit_of_work import units_of_work
from tests.db.dump import dump
from tests.telegram.conftest import AUTHOR, REVIEWER
from tests.telegram.test_process import Environment, environment_on

READERS, TURNS = 200, 5
AT_ONCE = 24
PATIENCE = 45.0
"""Seconds for an answer; a first picture waits until the process that draws has started."""

FIRST_READER = 7_310_000_001
FIRST_GROUP = -1_002_730_000_000
QUIZ = "quiz-article-and-record"
MARK = re.compile(
    r"zq\d{5}xv|(?:ڑژظ|\\u0691\\u0698\\u0638|%DA%91%DA%98%D8%B8)\d{5}|Namedqx\d{3}|named_qx\d{3}",
    re.IGNORECASE,
)
"""As it is typed, and as JSON and addresses may write it."""
READER_ID = re.compile(r"7310000\d{3}|1002730\d{6}")
REPORT = "The court of appeal counted otherwise"
QUESTIONS = {
    "en": (
        "who bombed the lal shahbaz qalandar shrine in sehwan in february 2017, asks {}",
        "how many were killed in {} at safora goth",
        "is democracy forbidden {}",
        "my neighbour {} was asked to join them, what is true of it?",
    ),
    "ur": (
        "سیہون میں لعل شہباز قلندر کی درگاہ پر حملہ کس نے کیا {}",
        "صفورا گوٹھ {} میں کتنے لوگ مارے گئے",
        "کیا جمہوریت {} حرام ہے",
        "میرے پڑوسی {} کو وہ بلا رہے ہیں",
    ),
}
COMMANDS = ("/search {}", "/attack mastung {}", "/group isis {}", "/attacks {}", "/timeline {}")
COMMANDS += ("/myth caliphate {}", "/sources aps {}", "/subscribe {}", "/start b_{}", "/quiz {}")

Turn = Callable[["Talk", User], Awaitable[None]]


@dataclass
class Kept:
    """All that the bot left behind so far, as text to search in."""

    database: Path
    log: Path

    def in_database(self) -> str:
        engine = make_engine(f"sqlite:///{self.database}")
        try:
            tables = dump(units_of_work(engine))
        finally:
            engine.dispose()
        files = (each.read_bytes() for each in self.database.parent.glob("wazahat.db*"))
        return tables + b"".join(files).decode("utf8", "replace")

    def in_log(self) -> str:
        return self.log.read_text("utf8", "replace")


@dataclass
class Talk:
    """Conversations with the bot: each turn says one thing and waits until it is answered."""

    standin: Standin
    _numbers: Iterator[int] = field(default_factory=count)

    def marked(self, user: User, *texts: str) -> str:
        """The next of the texts, or what stands for one, with a mark in the reader's letters."""
        number = next(self._numbers)
        mark = f"ڑژظ{number:05}" if user.language == "ur" else f"zq{number:05}xv"
        return (texts or ("{}",))[number % max(1, len(texts))].format(mark, mark)

    def question(self, user: User) -> str:
        return self.marked(user, *QUESTIONS[user.language])

    async def answer(self, user: User, text: str, part: str = "") -> Message:
        user.says(text)
        return await self.standin.wait_for(user, part, timeout=PATIENCE)

    async def asks(self, user: User) -> None:
        await self.answer(user, self.question(user))

    async def commands(self, user: User) -> None:
        await self.answer(user, self.marked(user, *COMMANDS))

    async def presses(self, user: User) -> None:
        brief = await self.answer(user, f"/attack sehwan-2017 {self.marked(user)}")
        self.standin.world.press(user, brief, self.marked(user, "search {}", "attack {}"))
        await self.standin.wait_for(user, timeout=PATIENCE)

    async def looks_at_a_picture(self, user: User) -> None:
        user.says(f"/picture sehwan-2017 {self.marked(user)}")
        user.says("/tolls sehwan-2017")
        await self.standin.wait_for(user, lambda each: "photo" in each, timeout=PATIENCE)

    async def follows_a_link_of_a_post(self, user: User) -> None:
        await self.answer(user, "/start c_pehle-jaanch_1_help")

    async def takes_a_quiz(self, user: User) -> None:
        user.says(f"/quiz {QUIZ} 1")
        asked = await self.standin.wait_for(user, lambda each: "poll" in each, timeout=PATIENCE)
        user.votes(asked, 0)
        user.presses(asked, f"quiz {QUIZ} 2")
        await self.standin.wait_for(user, timeout=PATIENCE)

    async def types_in_another_chat(self, user: User) -> None:
        for text in (self.question(user), f"sehwan {self.marked(user)}"):
            query = user.types_inline(text)
            offered = await self.standin.results_of(query, PATIENCE)
            if offered.ids:
                user.chooses(query, offered.ids[0])

    async def asks_in_a_group(self, user: User) -> None:
        title = f"Group of {user.name} {next(self._numbers)}"
        group = self.standin.world.add_group(FIRST_GROUP - next(self._numbers), title=title)
        for text in (f"@{self.standin.world.bot.username} {self.question(user)}", "/off"):
            user.says(text, chat=group)
            await self.standin.wait_for(group, timeout=PATIENCE)
        user.says(f"{self.question(user)}, what do you think?", chat=group)

    async def reports_an_error(self, user: User) -> None:
        asked = await self.answer(user, "/wrong sehwan-2017")
        user.says(REPORT, reply_to=asked)
        await self.standin.wait_for(user, timeout=PATIENCE)

    async def chooses_a_language(self, user: User) -> None:
        await self.answer(user, f"/language {user.language}")
        user.sends(f"{self.marked(user)}.txt", b"zq99999xv", caption=self.question(user))
        await self.standin.wait_for(user, timeout=PATIENCE)


TURNS_TAKEN: tuple[Turn, ...] = (
    *(Talk.asks, Talk.commands, Talk.presses, Talk.asks, Talk.takes_a_quiz),
    *(Talk.asks, Talk.types_in_another_chat, Talk.commands, Talk.asks_in_a_group),
    *(
        Talk.follows_a_link_of_a_post,
        Talk.asks,
        Talk.looks_at_a_picture,
        Talk.chooses_a_language,
        Talk.reports_an_error,
    ),
)
"""Fourteen, so that the readers, five turns each, begin everywhere in it."""


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "wazahat.db", tmp_path / "log.txt")


@pytest.fixture
def readers(standin: Standin) -> list[User]:
    """Every second one reads Urdu."""
    return [
        standin.world.add_user(
            FIRST_READER + number,
            f"Namedqx{number:03}",
            "ur" if number % 2 else "en",
            username=f"named_qx{number:03}",
        )
        for number in range(READERS)
    ]


@asynccontextmanager
async def running(environment: Environment, log: Path) -> AsyncIterator[None]:
    """The process, with all it says in a file; it is asked to end and must end well."""
    command = (sys.executable, "-m", "bot", "run")
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            *command, env=environment, cwd=ROOT, stdout=out, stderr=out
        )
        try:
            yield
            process.terminate()
            assert await asyncio.wait_for(process.wait(), 20) == 0
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


async def a_thousand_conversations(talk: Talk, readers: list[User]) -> None:
    places = asyncio.Semaphore(AT_ONCE)

    async def conversing(number: int, reader: User) -> None:
        for turn in range(number * TURNS, (number + 1) * TURNS):
            async with places:
                await TURNS_TAKEN[turn % len(TURNS_TAKEN)](talk, reader)

    await asyncio.gather(*(conversing(*each) for each in enumerate(readers)))


async def what_goes_wrong(talk: Talk, reader: User) -> None:
    """Calls of the bot that fail, each while it answers a marked question."""
    standin, brief = talk.standin, await talk.answer(reader, "/attack sehwan-2017")
    for order in (standin.fail_next, standin.drop_next):
        order("sendMessage")
        await talk.answer(reader, talk.question(reader), "ref ")
    standin.fail_next("sendMessage", 400, "Bad Request: PEER_FLOOD")
    standin.fail_next("sendMessage", 403, "Forbidden: bot was blocked by the user")
    for _ in range(2):
        reader.says(talk.question(reader))
    standin.fail_next("editMessageText")
    standin.world.press(reader, brief, f"attack {talk.marked(reader)}")
    await standin.wait_for(reader, "ref ", timeout=PATIENCE)
    standin.fail_next("answerInlineQuery")
    reader.types_inline(talk.question(reader))
    offered = len(standin.calls("answerInlineQuery"))
    await standin.until(lambda: len(standin.calls("answerInlineQuery")) > offered, PATIENCE)
    standin.fail_next("sendPhoto")
    await talk.answer(reader, "/tolls sehwan-2017", "ref ")


async def leave_an_id(talk: Talk, subscribers: list[User], waiting: User) -> None:
    for each in subscribers:
        await talk.answer(each, "/subscribe")
    thanks = await talk.answer(waiting, f"/wrong sehwan-2017 {REPORT}")
    waiting.presses(thanks, thanks.labels[0])
    await talk.standin.wait_for(waiting, timeout=PATIENCE)


async def test_a_thousand_conversations_leave_nothing_but_what_readers_left_themselves(
    standin: Standin, readers: list[User], kept: Kept
) -> None:
    talk, environment = Talk(standin), environment_on(standin, f"sqlite:///{kept.database}")
    author, _ = (standin.world.add_user(each, "Moderator") for each in (AUTHOR, REVIEWER))
    subscribers, waiting = readers[:3], readers[3]
    left = {str(each.id) for each in (*subscribers, waiting)}
    async with running(environment, kept.log):
        await talk.answer(author, "/start")
        await what_goes_wrong(talk, readers[4])
        await a_thousand_conversations(talk, readers)
        await leave_an_id(talk, subscribers, waiting)

        held = await asyncio.to_thread(kept.in_database)
        assert set(READER_ID.findall(held)) == left
        assert REPORT in held, "what is searched is not what the bot writes to"
        assert not MARK.findall(held)

        for each in (*subscribers, waiting):
            await talk.answer(each, "/unsubscribe" if each is readers[0] else "/forgetme")
        assert not READER_ID.findall(await asyncio.to_thread(kept.in_database))
    logged = kept.in_log()
    assert " DEBUG " in logged, "the log is not as full as it can be"
    assert logged.count("update failed") >= 5, "the failures are not in it"
    assert "an answer was refused" in logged
    for found in (MARK, READER_ID):
        assert not found.findall(logged)
    assert REPORT not in logged
