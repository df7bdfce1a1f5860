"""A campaign under flood control as strict as Telegram's, with readers asking meanwhile."""

import asyncio
import time
from collections import Counter
from statistics import median, quantiles

from bot.adapters.playground.flood import Flood
from bot.adapters.playground.people import User
from bot.adapters.playground.server import Standin
from tests.telegram.test_posting import approved, composed

OVERALL = 30
SUBSCRIBERS, AT_MOST_IN_ONE_POST = 120, 500


def crowd(standin: Standin, first: int, count: int) -> list[User]:
    """People who started the bot."""
    add = standin.world.add_user
    return [add(first + n, f"Person {n}", started=True) for n in range(count)]


def limit(standin: Standin) -> None:
    standin.limit(Flood(overall=OVERALL, per_chat=1, group_minute=20))


async def campaign(
    standin: Standin, author: User, reviewer: User, people: list[User], when: str = "+2s"
) -> list[int]:
    """The posts that are on their way to all of them, each to its share."""
    author.private_chat.unread.clear()
    posts = []
    for first in range(0, len(people), AT_MOST_IN_ONE_POST):
        part = people[first : first + AT_MOST_IN_ONE_POST]
        targets = ",".join(str(each.id) for each in part)
        posts.append(await composed(standin, author, f"{when} | {targets} | Post {first}"))
    for post in posts:
        await approved(standin, reviewer, post)
    return posts


async def latencies(standin: Standin, readers: list[User], count: int, apart: float) -> list[float]:
    """Seconds until each of `count` questions is answered, asked one after the other."""
    took = []
    for number in range(count):
        reader = readers[number % len(readers)]
        began = time.perf_counter()
        reader.says("/about")
        await standin.wait_for(reader, timeout=20)
        took.append(time.perf_counter() - began)
        await asyncio.sleep(apart)
    return took


def refused(standin: Standin, people: list[User]) -> int:
    """How many messages to them flood control did not let pass."""
    ids = {each.id for each in people}
    tried = sum(each.params["chat_id"] in ids for each in standin.calls("sendMessage"))
    return tried - sum(len(each.private_chat.messages) for each in people)


def received(people: list[User]) -> Counter[int]:
    """How many people have so many messages from the bot."""
    return Counter(len(each.private_chat.messages) for each in people)


def p99(seconds: list[float]) -> float:
    return quantiles(seconds, n=100)[98]


async def test_everyone_gets_a_campaign_once_and_answers_do_not_wait_for_it(
    standin: Standin, author: User, reviewer: User
) -> None:
    people, readers = crowd(standin, 3001, SUBSCRIBERS), crowd(standin, 8001, 12)
    limit(standin)
    await asyncio.sleep(1)
    alone = await latencies(standin, readers, 30, apart=0.1)
    post = (await campaign(standin, author, reviewer, people))[0]
    await standin.until(lambda: received(people)[1], timeout=10)
    beside = await latencies(standin, readers, 30, apart=0.1)
    assert received(people)[0], "the campaign was on its way all the time"
    await standin.wait_for(author, f"/post {post}: sent", timeout=30)
    assert received(people) == {1: SUBSCRIBERS}
    assert refused(standin, people) <= 2, "a busy machine is late now and then"
    print(f"p99 beside a campaign: {p99(beside) / p99(alone):.1f} times that without")
    ratio = median(beside) / median(alone)
    assert ratio < 10, "behind the campaign it would be seconds, hundreds of times as long"
