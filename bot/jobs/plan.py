"""Rows ahead of time, for posts that go out again and again."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.core.planning import confirmed_in, plan, replan
from bot.core.ports import Clock, NewUow, UnitOfWork
from bot.core.posts import Post, PostState
from bot.core.schedule import Calendar, NotASchedule

AT_ONCE = 50
"""Posts that one look plans, each in a transaction of its own; the others wait for the next."""

LATER = timedelta(hours=1)

log = logging.getLogger(__name__)


@dataclass
class Planner:
    """Gives scheduled posts the deliveries of their coming occurrences.

    Where the calendar is another one than at the last look, since somebody confirmed a day or
    changed the file, what is planned moves with its days. The first look is such a one.
    """

    new_uow: NewUow
    calendar: Callable[[], Calendar]
    clock: Clock
    _seen: Calendar | None = field(default=None, init=False)

    async def plan_ahead(self) -> None:
        await asyncio.to_thread(self._plan_ahead)

    def _plan_ahead(self) -> None:
        with self.new_uow() as uow:
            calendar = confirmed_in(uow, self.calendar())
            moved = sorted(uow.posts.kept_to_days()) if calendar != self._seen else []
            waiting = uow.posts.to_plan(self.clock(), AT_ONCE)
        for post_id in moved:
            self._work_on(post_id, self._replan)
        for post_id in waiting:
            self._work_on(post_id, self._plan)
        self._seen = calendar

    def _work_on(self, post_id: int, work: Callable[[UnitOfWork, Post], None]) -> None:
        """A post that lacks its day in the calendar is looked at again later, and holds up none."""
        with self.new_uow() as uow:
            post = uow.posts.take(post_id)
            if post is None or post.state is not PostState.SCHEDULED:
                return
            try:
                work(uow, post)
            except NotASchedule as error:
                log.warning("a post cannot be planned", extra={"post": post_id, "why": error.key})
                until = uow.posts.planned_until(post_id)
                uow.posts.planned(post_id, until, self.clock() + LATER)
            uow.commit()

    def _plan(self, uow: UnitOfWork, post: Post) -> None:
        until = uow.posts.planned_until(post.id)
        if until is not None:
            plan(uow, post, self.calendar(), until, self.clock())

    def _replan(self, uow: UnitOfWork, post: Post) -> None:
        replan(uow, post, self.calendar(), self.clock())
