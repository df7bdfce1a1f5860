"""Rows ahead of time, for posts that go out again and again."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.core.planning import plan
from bot.core.ports import Clock, NewUow
from bot.core.posts import PostState
from bot.core.schedule import Calendar, NotASchedule

AT_ONCE = 50
"""Posts that one look plans, each in a transaction of its own; the others wait for the next."""

LATER = timedelta(hours=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Planner:
    """Gives scheduled posts the deliveries of their coming occurrences."""

    new_uow: NewUow
    calendar: Callable[[], Calendar]
    clock: Clock

    async def plan_ahead(self) -> None:
        await asyncio.to_thread(self._plan_ahead)

    def _plan_ahead(self) -> None:
        with self.new_uow() as uow:
            waiting = uow.posts.to_plan(self.clock(), AT_ONCE)
        for post_id in waiting:
            self._plan(post_id)

    def _plan(self, post_id: int) -> None:
        """A post that lacks its day in the calendar is looked at again later, and holds up none."""
        with self.new_uow() as uow:
            now, post = self.clock(), uow.posts.take(post_id)
            until = uow.posts.planned_until(post_id)
            if post is None or until is None or post.state is not PostState.SCHEDULED:
                return
            try:
                plan(uow, post, self.calendar(), until, now)
            except NotASchedule as error:
                log.warning("a post cannot be planned", extra={"post": post_id, "why": error.key})
                uow.posts.planned(post_id, until, now + LATER)
            uow.commit()
