"""Telling the people of a post what became of it, and closing what is over."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.core.people import PersonId
from bot.core.ports import Clock, Messenger, NewUow
from bot.core.posting import act
from bot.core.posts import Attempt, Delivery, DeliveryState, Event, Post, PostState, Tally
from bot.core.posts.missed import to_ask_about
from bot.core.replies import Reply
from bot.core.schedule import Calendar

NOT_APPROVED = "nobody approved it before its time was over"
AT_ONCE = 100
"""Posts, and problems of a post, that one look tells of."""

WELL = {DeliveryState.SENT, DeliveryState.CANCELLED}

Account = Callable[[Post, Tally], Reply]


@dataclass(frozen=True)
class Reporter:
    """Tells author, writers and reviewers; `account` is what they are told. What is asked about a
    missed time is asked of all `moderators`.

    Told before it is noted: after a crash in between it is told twice, and never not. Where
    telling fails it is tried again the next time.
    """

    new_uow: NewUow
    messenger: Messenger
    clock: Clock
    account: Account
    calendar: Callable[[], Calendar]
    moderators: Callable[[], Iterable[PersonId]] = tuple

    async def report(self) -> None:
        """Tell of posts that are over, of those never approved, and of problems in between."""
        for post, tally, event in await asyncio.to_thread(self._over):
            if await self._tell(post, tally):
                await asyncio.to_thread(self._close, post, event)
        for post, tally in await asyncio.to_thread(self._troubled):
            if await self._tell(post, tally):
                await asyncio.to_thread(self._told, tally.problems)

    async def _tell(self, post: Post, tally: Tally) -> bool:
        asked = self.moderators() if to_ask_about(post, tally) else ()
        people, reply = post.people | {*asked}, self.account(post, tally)
        return all([await self.messenger.tell(each, reply) for each in people])

    def _over(self) -> list[tuple[Post, Tally, Event]]:
        """The posts that are over, as they will be: sent, failed, or never approved."""
        now = self.clock()
        with self.new_uow() as uow:
            over = uow.posts.over(now, AT_ONCE)
            tallies = [uow.deliveries.tally(post.id) for post in over]
            stale = uow.posts.stale(now, AT_ONCE)
        ended = [_ended(post, tally) for post, tally in zip(over, tallies, strict=True)]
        missed = (replace(each, state=PostState.CANCELLED, reason=NOT_APPROVED) for each in stale)
        return [*ended, *((each, Tally({}), Event.EXPIRE) for each in missed)]

    def _close(self, post: Post, event: Event) -> None:
        with self.new_uow() as uow:
            while untold := uow.deliveries.untold(post.id, AT_ONCE):
                uow.deliveries.told(untold)
            attempt = Attempt(event, self.clock(), self.calendar(), comment=post.reason)
            act(uow, post.id, attempt)
            uow.commit()

    def _troubled(self) -> list[tuple[Post, Tally]]:
        with self.new_uow() as uow:
            found = [
                (uow.posts.get(post_id), uow.deliveries.untold(post_id, AT_ONCE))
                for post_id in uow.deliveries.troubled(AT_ONCE)
            ]
            return [
                (post, replace(uow.deliveries.tally(post.id), problems=tuple(untold)))
                for post, untold in found
                if post
            ]

    def _told(self, problems: Iterable[Delivery]) -> None:
        with self.new_uow() as uow:
            uow.deliveries.told(list(problems))
            uow.commit()


def _ended(post: Post, tally: Tally) -> tuple[Post, Tally, Event]:
    well = set(tally.counts) <= WELL and DeliveryState.SENT in tally.counts
    state, event = (PostState.SENT, Event.FINISH) if well else (PostState.FAILED, Event.FAIL)
    return replace(post, state=state), tally, event
