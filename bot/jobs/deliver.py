"""Sending what is due, and recording what became of it."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.errors import DeliveryError, NotSent, Refused, TryLater
from bot.core.ports import Clock, Messenger, NewUow
from bot.core.posts import GRACE, Delivery, DeliveryState, Post, PostState
from bot.core.replies import Reply

LEASE = timedelta(seconds=20)
"""Longer than a call can take (python-telegram-bot's time-outs add up to 16 s)."""

BATCH = 20
PAUSE = timedelta(seconds=5)
"""Until the next try where the platform could not be reached."""

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

    `owner` marks its leases; `report` tells how a post ended.
    """

    owner: str
    new_uow: NewUow
    messenger: Messenger
    clock: Clock
    report: Report
    stop: asyncio.Event

    async def send_due(self) -> None:
        """Send everything that is due, then tell moderators of the posts that are over.

        Once `stop` is set nothing more is begun, and what was leased waits for the next start.
        """
        while not self.stop.is_set() and (leased := await asyncio.to_thread(self._lease)):
            for delivery, post in leased:
                if self.stop.is_set():
                    await asyncio.to_thread(self._record, delivery, Fate(DeliveryState.PENDING))
                else:
                    await self._deliver(delivery, post)
        for post, deliveries in await asyncio.to_thread(self._over):
            # Told before it is closed: after a crash in between it is told twice, and never not.
            for person in {post.draft.author, post.approver} - {None}:
                await self.messenger.tell(str(person), self.report(post, deliveries))
            await asyncio.to_thread(self._close, post)

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
            begun = uow.deliveries.begin(delivery.id, self.owner, self.clock())
            uow.commit()
        return begun

    def _record(self, delivery: Delivery, fate: Fate) -> None:
        with self.new_uow() as uow:
            uow.deliveries.record(
                delivery.id,
                self.owner,
                fate.state,
                message_id=fate.message_id,
                reason=fate.reason,
                not_before=fate.not_before,
            )
            uow.commit()
        log.info("delivery", extra={"post": delivery.post_id, "state": str(fate.state)})

    def _over(self) -> list[tuple[Post, list[Delivery]]]:
        """The posts of which no delivery waits any more, in the state that they end in."""
        with self.new_uow() as uow:
            told = [(post, uow.deliveries.of(post.id)) for post in uow.posts.over()]
        return [(replace(post, state=_last_state(of)), of) for post, of in told]

    def _close(self, post: Post) -> None:
        with self.new_uow() as uow:
            uow.posts.move(post.id, PostState.SCHEDULED, post.state)
            uow.commit()


def _last_state(deliveries: Sequence[Delivery]) -> PostState:
    well = all(each.state is DeliveryState.SENT for each in deliveries)
    return PostState.SENT if well else PostState.FAILED


def _late(by: timedelta) -> str:
    return f"its time had been over for {round(by / timedelta(minutes=1))} minutes"
