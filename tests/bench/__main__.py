"""`make bench`: answers a second, end to end over HTTP, beside a plain echo bot in the same run.

Figures of one run stand beside each other; only their ratio says something, since the machine and
the stand-in of the Bot API are the same for both. The stand-in and the readers share one process.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle, islice

from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.bench import content

READERS, QUESTIONS, ROUNDS, WARM_UP = 64, 1000, 3, 64
ASKED = (
    "/attack safoora-goth-2015",
    "who was behind the sehwan shrine bombing",
    "lej alami",
    "quetta civil hospital",
    "/group isis-k",
)
BOTS = {"wazahat": ("bot", "run"), "echo": ("tests.bench.echo",)}


@dataclass
class Measured:
    """Answers a second and milliseconds to the answer, of one round."""

    rate: float
    p50: float
    p99: float


async def main() -> None:
    rounds: dict[str, list[Measured]] = {name: [] for name in BOTS}
    for number in range(1, ROUNDS + 1):
        for name, module in BOTS.items():
            measured = await measure(module)
            rounds[name].append(measured)
            say(
                f"round {number}  {name:8}  {measured.rate:7.0f} answers/s"
                f"  p50 {measured.p50:6.0f} ms  p99 {measured.p99:6.0f} ms"
            )
    median = {name: statistics.median(each.rate for each in of) for name, of in rounds.items()}
    ratio = median["wazahat"] / median["echo"]
    say(
        f"\nwhole briefs: {median['wazahat']:.0f} answers/s; plain python-telegram-bot echo:"
        f" {median['echo']:.0f} answers/s; ratio {ratio:.2f}"
        f"  (medians of {ROUNDS} rounds, {QUESTIONS} questions each, {READERS} in flight)"
    )


async def measure(module: tuple[str, ...]) -> Measured:
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
            }
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *module, env=environment
            )
            try:
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
