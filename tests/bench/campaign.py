"""`python -m tests.bench.campaign`: a campaign to 1,000 people under flood control, readers asking.

The bot runs as a process of its own; the stand-in of the Bot API lets pass 30 messages a second,
one a second to a chat, 20 a minute to a group. Printed are how many people have how many messages,
how often Telegram said to wait, the share of the ideal rate, and the 99th percentile of answers
beside the campaign as a ratio to that without one.
"""

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path

from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.telegram import test_campaign_flood as flood
from tests.telegram.conftest import AUTHOR, REVIEWER

PEOPLE, BESIDE, READERS, ASKED = 1000, 250, 40, 150
SETTLED = 12.0
QUIET = "+14s"
"""When the campaign begins: when moderators' own answers are too long ago to keep room free."""
ROOT = Path(__file__).parents[2]


async def main() -> None:
    async with Standin() as standin:
        author, reviewer = (
            standin.world.add_user(each, "Moderator", started=True) for each in (AUTHOR, REVIEWER)
        )
        with tempfile.TemporaryDirectory() as folder:
            environment = os.environ | {
                "WAZAHAT_TOKEN": standin.token,
                "WAZAHAT_API_URL": standin.url,
                "WAZAHAT_DATABASE_URL": f"sqlite:///{folder}/bench.db",
                "WAZAHAT_OWNERS": f"{AUTHOR},{REVIEWER}",
                "WAZAHAT_LOG_LEVEL": "WARNING",
            }
            command = (sys.executable, "-m", "bot", "run")
            process = await asyncio.create_subprocess_exec(*command, env=environment, cwd=ROOT)
            try:
                author.says("/start")
                await standin.wait_for(author, timeout=30)
                await asyncio.sleep(SETTLED)
                await measure(standin, author, reviewer)
            finally:
                process.terminate()
                await process.wait()


async def measure(standin: Standin, author: User, reviewer: User) -> None:
    people = flood.crowd(standin, 10_001, PEOPLE)
    others = flood.crowd(standin, 20_001, BESIDE)
    readers = flood.crowd(standin, 90_001, READERS)
    flood.limit(standin)
    await flood.campaign(standin, author, reviewer, people, QUIET)
    took = await arrival(standin, people)
    print(f"people by messages they have: {dict(flood.received(people))}")
    print(f"429s: {flood.refused(standin, people)}")
    print(f"share of {flood.OVERALL}/s: {PEOPLE / took / flood.OVERALL:.0%}")
    await asyncio.sleep(5)
    alone = flood.p99(await flood.latencies(standin, readers, ASKED, apart=0.05))
    await flood.campaign(standin, author, reviewer, others)
    arriving = asyncio.create_task(arrival(standin, others))
    await standin.until(lambda: flood.received(others)[1], timeout=20)
    beside = flood.p99(await flood.latencies(standin, readers, ASKED, apart=0.05))
    print(f"people who waited all the while: {flood.received(others)[0]} of {BESIDE}")
    await arriving
    print(f"people by messages they have: {dict(flood.received(others))}")
    print(f"429s: {flood.refused(standin, others)}")
    print(f"p99 of answers: {alone * 1000:.0f} ms alone, {beside * 1000:.0f} ms beside a campaign")
    print(f"as a ratio: {beside / alone:.1f}")


async def arrival(standin: Standin, people: list[User]) -> float:
    """Seconds from the first of them who got the post to the last."""
    await standin.until(lambda: flood.received(people)[1], timeout=60)
    began = time.perf_counter()
    while flood.received(people)[0]:
        await asyncio.sleep(0.05)
    return time.perf_counter() - began


if __name__ == "__main__":
    asyncio.run(main())
