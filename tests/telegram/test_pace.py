"""The pace of what is sent, on a clock that makes nobody wait; Telegram's limits are its judge."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.adapters.playground.checks import Refusal
from bot.adapters.playground.flood import Flood
from bot.adapters.telegram.pace import ASKED_LATELY, PATIENCE, Chat, Limit, Pace
from bot.core.errors import TryLater
from tests.fakes.loop import at_once


class Telegram:
    """Takes messages at the pace given; notes when each came, and whom flood control refused."""

    def __init__(self, pace: Pace, flood: Flood | None = None) -> None:
        self.pace = pace
        self.flood = flood
        self.came: list[tuple[float, Chat]] = []
        self.refused = 0

    async def post(self, chat: Chat) -> None:
        """As the sender does: put back, and taken up again when it may go."""
        while True:
            try:
                await self.pace.post(chat)
                break
            except TryLater as error:
                await asyncio.sleep(error.wait.total_seconds())
        self._take(chat)

    async def answer(self, chat: Chat) -> float:
        """Seconds that the answer had to wait."""
        asked = now()
        await self.pace.answer(chat)
        self._take(chat)
        return now() - asked

    async def posts(self, chats: list[Chat], at_once: int = 5) -> None:
        waiting = iter(chats)

        async def work() -> None:
            for chat in waiting:
                await self.post(chat)

        await asyncio.gather(*(work() for _ in range(at_once)))

    def times(self) -> list[float]:
        return [at for at, _ in self.came]

    def _take(self, chat: Chat) -> None:
        try:
            if self.flood:
                self.flood.check(chat if isinstance(chat, int) else None, now())
        except Refusal:
            self.refused += 1
        else:
            self.came.append((now(), chat))


def now() -> float:
    return asyncio.get_running_loop().time()


def run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    at_once(work())


def test_a_thousand_posts_go_out_evenly_and_none_is_refused() -> None:
    async def campaign() -> None:
        telegram = Telegram(Pace(30, 0.2), Flood(30, per_chat=1, group_minute=20))
        await telegram.posts(list(range(1, 1001)))
        assert telegram.refused == 0
        assert sorted(chat for _, chat in telegram.came) == list(range(1, 1001))
        assert 1000 / now() > 0.9 * 30
        gaps = [after - before for before, after in pairwise(telegram.times())]
        assert max(gaps) < 1.1 / 28

    run(campaign)


def test_an_answer_goes_at_once_beside_a_campaign() -> None:
    async def campaign() -> None:
        telegram = Telegram(Pace(30, 0.2), Flood(30))
        posts = asyncio.create_task(telegram.posts(list(range(1, 301))))
        await asyncio.sleep(3.01)
        assert await telegram.answer(-1) == 0
        await asyncio.sleep(1)
        waits = await asyncio.gather(*(telegram.answer(-1) for _ in range(6)))
        assert max(waits) == 0, "six are a fifth of thirty"
        await posts
        assert telegram.refused == 0

    run(campaign)


def test_posts_stand_back_while_answers_wait_and_none_is_refused() -> None:
    async def campaign() -> None:
        telegram = Telegram(Pace(30, 0.2), Flood(30))
        posts = asyncio.create_task(telegram.posts([f"@{n}" for n in range(60)]))
        await asyncio.sleep(0.5)
        await asyncio.gather(*(telegram.answer(1000 + n) for n in range(60)))
        assert now() < 3, "sixty answers at thirty a second"
        came = [chat for _, chat in telegram.came]
        last_answer = max(at for at, chat in enumerate(came) if isinstance(chat, int))
        assert sum(isinstance(chat, str) for chat in came[:last_answer]) < 20
        await posts
        assert telegram.refused == 0
        assert len(telegram.came) == 120

    run(campaign)


def test_posts_leave_the_share_of_answers_only_while_people_ask() -> None:
    async def rate(asked: bool) -> float:
        telegram = Telegram(Pace(30, 0.5))
        if asked:
            await telegram.answer(1)
        await telegram.posts(list(range(2, 92)))
        return now()

    assert at_once(rate(asked=True)) > 1.5 * at_once(rate(asked=False))
    assert at_once(rate(asked=True)) < ASKED_LATELY


def test_a_chat_gets_one_post_a_second_and_holds_up_no_other() -> None:
    async def campaign() -> None:
        telegram = Telegram(Pace(30, 0.2), Flood(30, per_chat=1))
        await telegram.posts([1, 1, 1, *range(2, 30)])
        assert telegram.refused == 0
        assert max(at for at, chat in telegram.came if chat != 1) < 2
        ones = [at for at, chat in telegram.came if chat == 1]
        assert all(after - before >= 1 for before, after in pairwise(ones))

    run(campaign)


def test_a_group_gets_twenty_a_minute_and_the_rest_goes_back_to_the_queue() -> None:
    async def campaign() -> None:
        telegram = Telegram(Pace(30, 0.2), Flood(30, group_minute=20))
        for _ in range(20):
            await telegram.post(-5)
        with pytest.raises(TryLater) as later:
            await telegram.pace.post(-5)
        assert timedelta(seconds=20) < later.value.wait < timedelta(seconds=62)
        await telegram.posts([-5] * 25)
        assert telegram.refused == 0

    run(campaign)


def test_answers_to_one_person_may_come_in_a_burst() -> None:
    async def burst() -> None:
        telegram = Telegram(Pace(30, 0.2))
        assert [await telegram.answer(1) for _ in range(10)] == [0] * 10

    run(burst)


def test_a_request_to_wait_stops_one_chat_and_nothing_else() -> None:
    async def stopped() -> None:
        pace = Pace(30, 0.2)
        pace.stop(1, timedelta(seconds=7))
        for way, other in ((pace.answer, 2), (pace.post, 3)):
            with pytest.raises(TryLater) as later:
                await way(1)
            assert later.value.wait == timedelta(seconds=7)
            await way(other)
        await asyncio.sleep(7)
        await pace.post(1)

    run(stopped)


def test_requests_to_wait_from_chats_that_had_enough_stop_nothing_else() -> None:
    async def stopped() -> None:
        pace = Pace(30, 0.2)
        for chat in (1, 2, 1, 2):
            await pace.answer(chat)
        for chat in (1, 2):
            pace.stop(chat, timedelta(seconds=9))
        began = asyncio.get_running_loop().time()
        await pace.answer(3)
        assert asyncio.get_running_loop().time() == began

    run(stopped)


@pytest.mark.parametrize("overall", [0, 30])
def test_requests_to_wait_from_chats_within_their_limits_stop_everything(overall: int) -> None:
    async def stopped() -> None:
        pace = Pace(overall, 0.2)
        for chat in (1, 2):
            await pace.answer(chat)
        pace.stop(1, timedelta(seconds=3))
        pace.stop(2, timedelta(seconds=4))
        with pytest.raises(TryLater):
            await pace.answer(3)
        await asyncio.sleep(4)
        await pace.answer(3)

    run(stopped)


def test_without_a_limit_of_ours_only_telegram_makes_wait() -> None:
    async def free() -> None:
        pace = Pace(0, 0.2)
        for _ in range(500):
            await pace.post(-1)
            await pace.answer(1)
        assert now() == 0
        pace.stop(1, timedelta(seconds=1))
        with pytest.raises(TryLater):
            await pace.answer(1)

    run(free)


@pytest.mark.parametrize("overall", [0.5, 1, 3, 100])
def test_other_rates_are_kept_as_well(overall: float) -> None:
    async def campaign() -> None:
        telegram = Telegram(Pace(overall, 0.2))
        await telegram.posts(list(range(1, 51)))
        windows = Counter(int(at * overall / max(1, int(overall))) for at in telegram.times())
        assert max(windows.values()) <= max(1, int(overall))

    run(campaign)


def test_who_stops_waiting_takes_no_place() -> None:
    async def cancelled() -> None:
        telegram = Telegram(Pace(1, 0))
        await telegram.post(1)
        waiting = asyncio.create_task(telegram.post(2))
        await asyncio.sleep(0.1)
        waiting.cancel()
        await telegram.post(3)
        assert now() < 1.5

    run(cancelled)


def test_idle_chats_are_forgotten() -> None:
    limit = Limit(1, 1.0)
    for second in range(10_000):
        limit.note(second, float(second))
    assert len(limit) < 3


def test_a_post_that_does_not_get_its_turn_goes_back_to_the_queue() -> None:
    async def crowded() -> None:
        pace = Pace(30, 0.2)
        asking = [asyncio.create_task(pace.answer(n)) for n in range(1, 200)]
        await asyncio.sleep(0)
        with pytest.raises(TryLater):
            await pace.post(1000)
        assert now() == pytest.approx(PATIENCE)
        await asyncio.gather(*asking)
        await pace.post(1001)

    run(crowded)
