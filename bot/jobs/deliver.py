"""Sending what is due, and recording what became of it."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.errors import DeliveryError, NotSent, Refused, TryLater
from bot.core.ports import Clock, Messenger, NewUow
from bot.core.posts import GRACE, Delivery, DeliveryState, Post, PostState
from bot.core.replies import Reply

LEASE = timedelta(seconds=20)
"""Longer than a call can take (python-telegram-bot's time-outs add up to 16 s)."""

BATCH, AT_ONCE = 20, 5
PAUSE = timedelta(seconds=5)
"""Until the next try where the platform could not be reached."""

NOT_APPROVED = "nobody approved it before its time was over"

log = logging.getLogger(__name__)

Report = Callable[[Post, Sequence[Delivery]], Reply]


@dataclass(frozen=True)
class Fate:
    """How one try ended."""

    state: DeliveryState
    message_id: int | None = None
    reason: str = ""
    not_before: datetime | None = None


@dataclass(frozen=True)
class Sender:
    """One worker of the delivery ledger.

    `owner` marks its leases; `told_of` is how the end of a post is told.
    """

    owner: str
    new_uow: NewUow
    messenger: Messenger
    clock: Clock
    told_of: Report
    stop: asyncio.Event

    async def send_due(self) -> None:
        """Send everything that is due, some at a time so that one slow chat holds up no other.

        Once `stop` is set nothing more is begun, and what was leased waits for the next start.
        """
        while not self.stop.is_set() and (leased := await asyncio.to_thread(self._lease)):
            waiting = iter(leased)
            await asyncio.gather(*(self._work_off(waiting) for _ in range(AT_ONCE)))

    async def report(self) -> None:
        """Tell those who made them of posts that are over, and of those whose time is gone.

        Told before it is closed: after a crash in between it is told twice, and never not. Where
        telling fails the post stays open for the next time.
        """
        for post, deliveries in await asyncio.to_thread(self._over):
            people = {post.draft.author, post.approver or post.draft.author}
            told = [
                await self.messenger.tell(each, self.told_of(post, deliveries)) for each in people
            ]
            if all(told):
                await asyncio.to_thread(self._close, post)

    async def _work_off(self, waiting: Iterator[tuple[Delivery, Post]]) -> None:
        for delivery, post in waiting:
            if self.stop.is_set():
                await asyncio.to_thread(self._record, delivery, Fate(DeliveryState.PENDING))
            else:
                await self._deliver(delivery, post)

    async def _deliver(self, delivery: Delivery, post: Post) -> None:
        """Send one leased row. The network lies between two transactions.

        A crash in between leaves the row in `sending`; it becomes `unknown` and only a person
        may send it again.
        """
        now = self.clock()
        if not post.may_go_out:
            fate = Fate(DeliveryState.SKIPPED, reason="the post is not what was approved")
        elif now - delivery.due_at > GRACE:
            fate = Fate(DeliveryState.SKIPPED, reason=_late(now - delivery.due_at))
        elif not await asyncio.to_thread(self._begin, delivery):
            return  # cancelled, or taken by another after the lease ran out
        else:
            fate = await self._try(delivery, post)
        await asyncio.to_thread(self._record, delivery, fate)

    async def _try(self, delivery: Delivery, post: Post) -> Fate:
        try:
            sent = await self.messenger.send(delivery.target, Reply(post.draft.blocks))
        except TryLater as error:
            return Fate(DeliveryState.PENDING, not_before=self.clock() + error.wait)
        except NotSent:
            log.warning("platform not reachable, will try again", extra={"post": post.id})
            return Fate(DeliveryState.PENDING, not_before=self.clock() + PAUSE)
        except Refused as error:
            return Fate(DeliveryState.REFUSED, reason=str(error))
        except DeliveryError as error:
            log.exception("nobody can tell whether a post was sent", extra={"post": post.id})
            return Fate(DeliveryState.UNKNOWN, reason=f"{error}; look in the chat")
        except Exception as error:  # a fault of ours with one post must not hold up the others
            log.exception("sending a post failed", extra={"post": post.id})
            reason = f"broke on our side ({type(error).__name__}); look in the chat"
            return Fate(DeliveryState.UNKNOWN, reason=reason)
        return Fate(DeliveryState.SENT, message_id=sent)

    def _lease(self) -> list[tuple[Delivery, Post]]:
        now = self.clock()
        with self.new_uow() as uow:
            uow.deliveries.expire(now)
            leased = uow.deliveries.lease(self.owner, now, now + LEASE, BATCH)
            posts = {each.post_id: uow.posts.get(each.post_id) for each in leased}
            uow.commit()
        return [(each, post) for each in leased if (post := posts[each.post_id]) is not None]

    def _begin(self, delivery: Delivery) -> bool:
        with self.new_uow() as uow:
            now = self.clock()
            begun = uow.deliveries.begin(delivery.id, self.owner, now, now + LEASE)
            uow.commit()
        return begun

    def _record(self, delivery: Delivery, fate: Fate) -> None:
        with self.new_uow() as uow:
            kept = uow.deliveries.record(
                delivery.id,
                self.owner,
                fate.state,
                message_id=fate.message_id,
                reason=fate.reason,
                not_before=fate.not_before,
            )
            uow.commit()
        level = logging.INFO if kept else logging.ERROR
        what = "delivery" if kept else "delivery not recorded: the lease was lost"
        log.log(level, what, extra={"post": delivery.post_id, "state": str(fate.state)})

    def _over(self) -> list[tuple[Post, list[Delivery]]]:
        """The posts that are over, in the state they end in: sent, failed, or never approved."""
        with self.new_uow(reading=True) as uow:
            over = [(post, uow.deliveries.of(post.id)) for post in uow.posts.over()]
            stale = uow.posts.stale(self.clock() - GRACE)
        missed = [replace(each, state=PostState.CANCELLED, reason=NOT_APPROVED) for each in stale]
        ended = [(replace(post, state=_last_state(of)), of) for post, of in over]
        return [*ended, *((each, []) for each in missed)]

    def _close(self, post: Post) -> None:
        before = PostState.REVIEW if post.state is PostState.CANCELLED else PostState.SCHEDULED
        with self.new_uow() as uow:
            uow.posts.move(post.id, before, post.state, post.reason)
            uow.commit()


def _last_state(deliveries: Sequence[Delivery]) -> PostState:
    well = all(each.state is DeliveryState.SENT for each in deliveries)
    return PostState.SENT if well else PostState.FAILED


def _late(by: timedelta) -> str:
    return f"its time had been over for {round(by / timedelta(minutes=1))} minutes"
