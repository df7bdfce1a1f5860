"""A clock and no more: what is due lives in the database."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.core.ports import Clock, NewUow
from bot.jobs.waiting import let_through

EVERY = 15
"""Seconds between two looks at the schedule when nothing is due sooner."""


Work = Callable[[], Awaitable[None]]


class Alarm:
    """Runs `work` when something is due and at least every `EVERY` seconds, never twice at once.

    `after` follows each time; where it is still busy from the last, it runs once more behind that,
    so that nothing waits for the next look. It may take its time.
    """

    def __init__(self, new_uow: NewUow, work: Work, after: Work, clock: Clock) -> None:
        self._new_uow = new_uow
        self._work, self._after = work, after
        self._clock = clock
        self._busy, self._busy_after = asyncio.Lock(), asyncio.Lock()
        self._followed = True
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 3},
        )

    def start(self) -> None:
        self._scheduler.start()
        self._scheduler.add_job(
            self._tick, "interval", seconds=EVERY, id="look", next_run_time=self._clock()
        )

    def changed(self) -> None:
        """Look at the schedule again now: something may be due sooner than it was."""
        if self._scheduler.running:
            self._scheduler.add_job(self._arm, id="arm", replace_existing=True)

    async def stop(self) -> None:
        """Start no more work and let what has begun come to its end; what follows it is cut off."""
        if self._scheduler.running:
            self._scheduler.pause()
            async with self._busy:
                self._scheduler.shutdown(wait=False)  # would cancel what is under way

    async def _tick(self) -> None:
        with suppress(asyncio.CancelledError):  # by `stop`; the scheduler would log it as a fault
            await self._look()

    async def _look(self) -> None:
        async with self._busy:
            await self._work()
            await self._arm()
        self._followed = False
        if not self._busy_after.locked():
            async with self._busy_after:
                while not self._followed:
                    self._followed = True
                    await self._after()

    async def _arm(self) -> None:
        due = await asyncio.to_thread(self._next_due)
        if due is not None:
            self._scheduler.add_job(
                self._tick,
                "date",
                run_date=max(due, self._clock()),
                id="due",
                replace_existing=True,
            )

    def _next_due(self) -> datetime | None:
        """During a hold only what may go out is waited for: the rest would be due all the time."""
        with self._new_uow(reading=True) as uow:
            return uow.deliveries.next_due(let_through(uow, self._clock()))
