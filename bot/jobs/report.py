"""Telling the people of a post what became of it, and closing what is over."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.core.people import PersonId
from bot.core.ports import Clock, Messenger, NewUow, UnitOfWork
from bot.core.posting import act
from bot.core.posts import Attempt, Delivery, DeliveryState, Event, Post, PostState, Tally
from bot.core.posts.missed import to_ask_about
from bot.core.replies import Reply
from bot.core.schedule import Calendar

NOT_APPROVED = "nobody approved it before its time was over"
AT_ONCE = 100
"""Posts, and problems of a post, that one look tells of."""

WELL = {DeliveryState.SENT, DeliveryState.CANCELLED}

Account = Callable[[Post, Tally, PersonId], Reply]


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
                await asyncio.to_thread(self._told, post, tally.problems)

    async def _tell(self, post: Post, tally: Tally) -> bool:
        asked = self.moderators() if to_ask_about(post, tally) else ()
        people = post.people | {*asked}
        return all(
            [await self.messenger.tell(each, self.account(post, tally, each)) for each in people]
        )

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
            uow.deliveries.readers_told(post.id)
            attempt = Attempt(event, self.clock(), self.calendar(), comment=post.reason)
            act(uow, post.id, attempt)
            uow.commit()

    def _troubled(self) -> list[tuple[Post, Tally]]:
        with self.new_uow() as uow:
            found = map(uow.posts.get, uow.deliveries.troubled(AT_ONCE))
            return [(post, _untold(uow, post)) for post in found if post]

    def _told(self, post: Post, problems: Iterable[Delivery]) -> None:
        with self.new_uow() as uow:
            uow.deliveries.told(list(problems))
            uow.deliveries.readers_told(post.id)
            uow.commit()


def _untold(uow: UnitOfWork, post: Post) -> Tally:
    """Its tally, with the problems that nobody has been told of."""
    problems = tuple(uow.deliveries.untold(post.id, AT_ONCE))
    readers = uow.deliveries.untold_readers(post.id)
    return replace(uow.deliveries.tally(post.id), problems=problems, readers=readers)


def _refusals(state: DeliveryState, tally: Tally) -> int:
    refused = state is DeliveryState.REFUSED
    return tally.readers.get(state, 0) if refused else 0


def _ended(post: Post, tally: Tally) -> tuple[Post, Tally, Event]:
    """Readers who refuse it do not make a post fail: among many some always do."""
    states = {state for state, count in tally.counts.items() if count > _refusals(state, tally)}
    well = states <= WELL and DeliveryState.SENT in tally.counts
    state, event = (PostState.SENT, Event.FINISH) if well else (PostState.FAILED, Event.FAIL)
    return replace(post, state=state), tally, event
