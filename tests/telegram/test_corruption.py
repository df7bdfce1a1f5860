"""A thousand corruptions of the content while readers ask: no answer is wrong, none is missing."""

import asyncio
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.adapters.content_files import load_content
from bot.adapters.content_files.files import parsed
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from bot.app import upkeep
from bot.settings import ROOT, Settings, read_settings
from tests.telegram.conftest import AUTHOR, REVIEWER

CORRUPTIONS, EDITS = 1000, 18
READERS, A_SECOND = 25, 50
HOLD, LONG_HOLD, EVERY = 0.02, 0.9, 10
"""Seconds that corruptions last: a few at a time, and of every twentieth lot long enough to be seen
at two looks and told, on a busy machine too."""

SEHWAN = "attacks/sehwan-2017.yaml"
CANARIES = ("quokka", "numbat")
ASKED = {
    "/attack safoora-goth-2015": "Safoora",
    "who was behind the sehwan shrine bombing": "Sehwan",
    "lej alami": "Al-Alami",
    "quetta civil hospital": "Quetta",
    "/group isis-k": "ISIS-K",
    "/attacks 2016": "2016",
    "/sources safoora-goth-2015": "Al Jazeera",
    "/help": "/attack NAME",
    "سانحہ صفورا": "Safoora",
    "/start b_sehwan-2017": "Sehwan",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


@pytest.fixture
def settings(
    standin: Standin, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    monkeypatch.setattr(upkeep, "LOOK_EVERY", 0.05)
    return read_settings(
        token=standin.token,
        api_url=standin.url,
        database_url=f"sqlite:///{tmp_path}/wazahat.db",
        content_dir=folder,
        owners=(AUTHOR, REVIEWER),
        rate_overall=0,
    )


class Vandal:
    """Breaks files and mends them again; what is done to them, its seed decides."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.good = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*.yaml"))
        }
        self.done: Counter[str] = Counter()

    async def work(self) -> None:
        lot = 0
        while self.done.total() < CORRUPTIONS:
            lot += 1
            await self.break_some(LONG_HOLD if lot % (2 * EVERY) == 0 else HOLD)
            if lot % EVERY == 5:
                await self.edit()
            self.blink()

    async def break_some(self, seconds: float) -> None:
        """Break a few files, mend them. The first is broken throughout, so no set is good."""
        names = self.random.sample(sorted(self.good), self.random.randint(2, 6))
        self.put(names[0], self.surely_broken(names[0]))
        for name in names[1:]:
            way, raw = self.broken(name)
            self.put(name, raw)
            self.done[way] += 1
            await asyncio.sleep(0.002)
        await asyncio.sleep(seconds)
        for name in reversed(names):
            self.put(name, self.good[name])

    def surely_broken(self, name: str) -> bytes:
        while True:
            way, raw = self.broken(name)
            if raw is not None and parsed(name, raw).faults:
                self.done[way] += 1
                return raw

    def broken(self, name: str) -> tuple[str, bytes | None]:
        """What becomes of the file, and its text then; None where it is gone."""
        others = [each for each in self.good if each != name]
        ways: dict[str, Callable[[bytes], bytes | None]] = {
            "cut": lambda raw: raw[: self.random.randrange(len(raw))],
            "scribbled": self.scribbled,
            "swapped": lambda _: self.good[self.random.choice(others)],
            "emptied": lambda _: b"",
            "rubbish": lambda _: self.random.choice(RUBBISH),
            "deleted": lambda _: None,
        }
        way = self.random.choice(list(ways))
        return way, ways[way](self.good[name])

    def scribbled(self, raw: bytes) -> bytes:
        at = self.random.randrange(len(raw))
        noise = self.random.randbytes(self.random.randint(1, 40))
        return raw[:at] + noise + raw[at + len(noise) :]

    def put(self, name: str, raw: bytes | None) -> None:
        """Have it in the file: by writing over it, or by another file of the name."""
        path = self.folder / name
        if raw is None:
            path.unlink()
        elif self.random.random() < 0.5:
            path.write_bytes(raw)
        else:
            new = path.with_name(".new")
            new.write_bytes(raw)
            new.replace(path)

    def blink(self) -> None:
        """A file is gone for a moment, as while a program saves it."""
        name = self.random.choice(sorted(self.good))
        (self.folder / name).unlink()
        time.sleep(0.002)
        self.put(name, self.good[name])
        self.done["blinked"] += 1

    async def edit(self) -> None:
        """A sound change: the attack at Sehwan goes by another word."""
        before, after = CANARIES[:: self.random.choice((1, -1))]
        text = self.good[SEHWAN].replace(before.encode(), after.encode())
        if text == self.good[SEHWAN]:
            text = text.replace(after.encode(), before.encode())
        self.good[SEHWAN] = text
        self.put(SEHWAN, text)
        self.done["edited"] += 1
        await asyncio.sleep(0.3)


RUBBISH = (
    b"a: [\n", b"- - -\n", b"\xff\xfe\x00", b"a: &a [*a]\n", b"[" * 5000, b"? ? ?\n", b"%YAML 9\n",
    b"name: no\nid: no\n", b"<<<<<<< HEAD\nname: a\n=======\nname: b\n>>>>>>> other\n", b"\x00",
    b"a: '" + b"]" * 3000 + b"'\nb: " + b"[" * 3000,
)  # fmt: skip


class Readers:
    """People who ask one question after the other, and keep every answer that is not as it was."""

    def __init__(self, standin: Standin) -> None:
        self.standin = standin
        self.people = [standin.world.add_user(9000 + n, f"Reader {n}") for n in range(READERS)]
        self.known: dict[str, set[str]] = {}
        self.answers: Counter[str] = Counter()
        self.canaries: Counter[bool] = Counter()
        self.wrong: list[tuple[str, str]] = []

    async def learn(self, *questions: str) -> None:
        """What is answered now is right from now on."""
        for question in questions:
            self.known.setdefault(question, set()).add(await self.ask(self.people[0], question))

    async def go_on(self, person: User, start: int) -> None:
        """Ask until cancelled, a question every half second."""
        questions = list(self.known)
        while True:
            began = time.monotonic()
            question = questions[start % len(questions)]
            start += 1
            answer = await self.ask(person, question)
            self.answers[question] += 1
            if answer not in self.known[question]:
                self.wrong.append((question, answer))
            if question in CANARIES:
                self.canaries["Sehwan" in answer] += 1
            await asyncio.sleep(max(0, READERS / A_SECOND - (time.monotonic() - began)))

    async def ask(self, person: User, question: str) -> str:
        person.says(question)
        return (await self.standin.wait_for(person, timeout=15)).text


async def served(standin: Standin, author: User, folder: Path) -> str:
    """The answer to /content once it is about the folder as it is now."""
    revision = load_content(folder).revision
    author.says("/reload")
    await standin.wait_for(author, f"Serving revision {revision}", timeout=10)
    author.says("/content")
    return (await standin.wait_for(author, "organisations:", timeout=10)).text


@pytest.mark.usefixtures("bot")
async def test_no_answer_is_wrong_while_files_are_broken_a_thousand_times(
    standin: Standin, author: User, folder: Path
) -> None:
    readers = Readers(standin)
    text = (folder / SEHWAN).read_text("utf8")
    for canary in CANARIES:
        changed = text.replace("aliases:\n", f"aliases:\n  - {canary}\n", 1)
        (folder / SEHWAN).write_text(changed, "utf8")
        await served(standin, author, folder)
        await readers.learn(*ASKED, *CANARIES)
    assert all(known == 1 for known in (len(readers.known[each]) for each in ASKED))
    assert all(part in next(iter(readers.known[each])) for each, part in ASKED.items())

    vandal = Vandal(folder, seed=20171214)
    asking = [
        asyncio.create_task(readers.go_on(person, number))
        for number, person in enumerate(readers.people)
    ]
    author.private_chat.unread.clear()
    try:
        await vandal.work()
    finally:
        for task in asking:
            task.cancel()
        ended = await asyncio.gather(*asking, return_exceptions=True)

    assert [each for each in ended if not isinstance(each, asyncio.CancelledError)] == []
    assert readers.wrong == []
    assert readers.answers.total() >= 1000
    assert min(readers.canaries.values()) > 0
    assert len(readers.canaries) == 2
    assert vandal.done.total() >= CORRUPTIONS, vandal.done
    told = [message.text for message in author.private_chat.unread]
    assert sum("have faults" in each for each in told) >= 5
    assert vandal.done["edited"] >= EDITS
    assert sum("sehwan-2017: changed" in each for each in told) >= EDITS / 2
    assert {name: (folder / name).read_bytes() for name in vandal.good} == vandal.good
    assert "have faults" not in await served(standin, author, folder)
