"""`make bench`: answers a second, end to end over HTTP, beside plain echo bots in the same run.

Figures of one run stand beside each other; only their ratio says something, since the machine and
the stand-in of the Bot API are the same for all. The stand-in and the readers share one process.
Every bot is asked when it has been up for a while, so that none is measured while it starts.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.bench import content, search

READERS, QUESTIONS, ROUNDS, WARM_UP = 64, 3000, 5, 128
SETTLED = 15.0
"""Seconds; the bot judges the wording of its content about ten seconds after its start."""
ASKED = (
    "/attack safoora-goth-2015",
    "who was behind the sehwan shrine bombing",
    "lej alami",
    "quetta civil hospital",
    "/group isis-k",
)
ROOT = Path(__file__).parents[2]
PEERS = ROOT / ".venv-peers/bin/python"
"""aiogram cannot live beside the bot: it wants an older pydantic."""

BOTS = {
    "wazahat": (sys.executable, "-m", "bot", "run"),
    "python-telegram-bot": (sys.executable, "-m", "tests.bench.echo"),
    "aiogram": (str(PEERS), "tests/bench/echo_aiogram.py"),
}
ASKED_OF_US = {"python-telegram-bot": 2.5, "aiogram": 0.9}
"""What the ratio to each peer is to be."""


@dataclass
class Measured:
    """Answers a second and milliseconds to the answer, of one round."""

    rate: float
    p50: float
    p99: float


async def main() -> None:
    bots = {name: command for name, command in BOTS.items() if Path(command[0]).exists()}
    for name in BOTS.keys() - bots.keys():
        say(f"{name}: not installed; `make bench` installs it in .venv-peers")
    rounds: dict[str, list[Measured]] = {name: [] for name in bots}
    for number in range(1, ROUNDS + 1):
        for name, command in bots.items():
            measured = await measure(command)
            rounds[name].append(measured)
            say(
                f"round {number}  {name:19}  {measured.rate:7.0f} answers/s"
                f"  p50 {measured.p50:6.0f} ms  p99 {measured.p99:6.0f} ms"
            )
    say(f"\nmedians of {ROUNDS} rounds, {QUESTIONS} questions each, {READERS} in flight")
    for name, measured_all in rounds.items():
        ratios = [us.rate / it.rate for us, it in zip(rounds["wazahat"], measured_all, strict=True)]
        wanted = f" (asked: {ASKED_OF_US[name]})" if name in ASKED_OF_US else ""
        say(
            f"{name:19}  {statistics.median(each.rate for each in measured_all):7.0f} answers/s"
            f"  p99 {statistics.median(each.p99 for each in measured_all):6.0f} ms"
            f"  whole briefs to its rate: {statistics.median(ratios):.2f}{wanted}"
        )


async def measure(command: tuple[str, ...]) -> Measured:
    """One bot in a process of its own, asked by readers who each wait for their answer."""
    async with Standin() as standin:
        readers = [standin.world.add_user(10_000 + n, f"Reader {n}") for n in range(READERS)]
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {
                "PTB_TIMEDELTA": "1",
                "WAZAHAT_TOKEN": standin.token,
                "WAZAHAT_API_URL": standin.url,
                "WAZAHAT_DATABASE_URL": f"sqlite:///{folder}/bench.db",
                "WAZAHAT_LOG_LEVEL": "WARNING",
                "WAZAHAT_RATE_OVERALL": "0",
            }
            process = await asyncio.create_subprocess_exec(*command, env=environment, cwd=ROOT)
            try:
                await asked(standin, readers, WARM_UP)
                await asyncio.sleep(SETTLED)
                await asked(standin, readers, WARM_UP)
                began = time.perf_counter()
                waits = sorted(await asked(standin, readers, QUESTIONS))
                took = time.perf_counter() - began
            finally:
                process.terminate()
                await process.wait()
    return Measured(
        QUESTIONS / took, 1000 * waits[len(waits) // 2], 1000 * waits[int(len(waits) * 0.99)]
    )


async def asked(standin: Standin, readers: list[User], questions: int) -> list[float]:
    """Seconds that each of the questions waited for its answer."""
    texts = iter([*islice(cycle(ASKED), questions)])
    waits: list[float] = []

    async def ask_on(reader: User) -> None:
        for text in texts:
            began = time.perf_counter()
            reader.says(text)
            await standin.wait_for(reader, timeout=60)
            waits.append(time.perf_counter() - began)

    await asyncio.gather(*map(ask_on, readers))
    return waits


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


asyncio.run(main())
content.main()
search.main()
