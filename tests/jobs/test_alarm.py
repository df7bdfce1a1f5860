"""The clock that calls the sender when something is due."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.ports import NewUow
from bot.jobs.scheduler import Alarm
from tests.db.drafts import approved

SOON = timedelta(seconds=0.15)


def now() -> datetime:
    return datetime.now(UTC)


async def nothing_more() -> None:
    pass


class Work:
    """Counts its runs, and can be held or fail."""

    def __init__(self) -> None:
        self.runs: list[datetime] = []
        self.done = 0
        self.free = asyncio.Event()
        self.free.set()
        self.fails = 0
        self._ran = asyncio.Condition()

    async def __call__(self) -> None:
        async with self._ran:
            self.runs.append(now())
            self._ran.notify_all()
        await self.free.wait()
        if self.fails:
            self.fails -= 1
            raise RuntimeError("a fault")
        self.done += 1

    async def has_run(self, times: int) -> None:
        async with self._ran, asyncio.timeout(2):
            await self._ran.wait_for(lambda: len(self.runs) >= times)


@pytest.fixture
async def work() -> Work:
    return Work()


@pytest.fixture
async def alarm(sqlite_uow: NewUow, work: Work) -> AsyncIterator[Alarm]:
    alarm = Alarm(sqlite_uow, work, nothing_more, now)
    yield alarm
    work.free.set()
    await alarm.stop()


async def test_it_looks_at_once_when_it_starts(alarm: Alarm, work: Work) -> None:
    began = now()
    alarm.start()
    await work.has_run(1)
    assert began <= work.runs[0]


async def test_it_fires_when_something_is_due(alarm: Alarm, work: Work, sqlite_uow: NewUow) -> None:
    due = now() + SOON
    approved(sqlite_uow, due_at=due)
    alarm.start()
    await work.has_run(2)
    assert due <= work.runs[1] < due + timedelta(seconds=1)


async def test_it_is_set_anew_when_the_schedule_changes(
    alarm: Alarm, work: Work, sqlite_uow: NewUow
) -> None:
    approved(sqlite_uow, due_at=now() + timedelta(hours=1))
    alarm.start()
    await work.has_run(1)
    due = now() + SOON
    approved(sqlite_uow, due_at=due)
    alarm.changed()
    await work.has_run(2)
    assert due <= work.runs[1] < due + timedelta(seconds=1)


async def test_what_was_due_long_ago_fires_at_once(
    alarm: Alarm, work: Work, sqlite_uow: NewUow
) -> None:
    alarm.start()
    await work.has_run(1)
    approved(sqlite_uow, due_at=now() - timedelta(days=3))
    changed = now()
    alarm.changed()
    await work.has_run(2)
    assert changed <= work.runs[1]


async def test_a_change_before_the_start_is_harmless(alarm: Alarm, work: Work) -> None:
    alarm.changed()
    await asyncio.sleep(0.02)
    assert work.runs == []


async def test_work_never_runs_twice_at_once(alarm: Alarm, work: Work, sqlite_uow: NewUow) -> None:
    work.free.clear()
    alarm.start()
    await work.has_run(1)
    approved(sqlite_uow, due_at=now())
    alarm.changed()
    await asyncio.sleep(0.1)
    assert len(work.runs) == 1
    work.free.set()
    await work.has_run(2)


async def test_what_follows_runs_once_more_where_work_was_done_meanwhile(
    sqlite_uow: NewUow,
) -> None:
    """Nothing is due any more after the second work, so no later look would come to its help."""
    after, post, runs = Work(), approved(sqlite_uow, due_at=now() + SOON), 0
    after.free.clear()

    async def work() -> None:
        nonlocal runs
        runs += 1
        if runs == 2:
            with sqlite_uow() as uow:
                uow.deliveries.cancel(post.id, "done")
                uow.commit()

    alarm = Alarm(sqlite_uow, work, after, now)
    alarm.start()
    await after.has_run(1)
    await asyncio.sleep(2 * SOON.total_seconds())
    assert runs == 2
    after.free.set()
    await after.has_run(2)
    await alarm.stop()


async def test_stopping_lets_what_has_begun_come_to_its_end(alarm: Alarm, work: Work) -> None:
    work.free.clear()
    alarm.start()
    await work.has_run(1)
    stopping = asyncio.create_task(alarm.stop())
    await asyncio.sleep(0.05)
    assert not stopping.done()
    work.free.set()
    await stopping
    assert work.done == 1


async def test_nothing_fires_once_it_is_stopped(
    alarm: Alarm, work: Work, sqlite_uow: NewUow
) -> None:
    alarm.start()
    await work.has_run(1)
    await alarm.stop()
    approved(sqlite_uow, due_at=now())
    alarm.changed()
    await asyncio.sleep(0.1)
    assert len(work.runs) == 1


async def test_stopping_twice_or_before_the_start_is_harmless(sqlite_uow: NewUow) -> None:
    work = Work()
    alarm = Alarm(sqlite_uow, work, nothing_more, now)
    await alarm.stop()
    alarm.start()
    await alarm.stop()
    ran = len(work.runs)
    await alarm.stop()
    alarm.changed()
    await asyncio.sleep(0.05)
    assert len(work.runs) == ran


async def test_work_that_fails_does_not_stop_the_alarm(
    alarm: Alarm, work: Work, sqlite_uow: NewUow
) -> None:
    work.fails = 1
    alarm.start()
    await work.has_run(1)
    assert work.done == 0
    approved(sqlite_uow, due_at=now() + SOON)
    alarm.changed()
    await work.has_run(2)
    assert work.fails == 0


async def test_what_is_cut_off_by_the_end_is_no_fault(
    sqlite_uow: NewUow, work: Work, caplog: pytest.LogCaptureFixture
) -> None:
    reports = Work()
    reports.free.clear()
    alarm = Alarm(sqlite_uow, work, reports, now)
    alarm.start()
    await reports.has_run(1)
    await alarm.stop()
    await asyncio.sleep(0.1)
    assert reports.done == 0
    assert not [each for each in caplog.records if each.levelname == "ERROR"]
