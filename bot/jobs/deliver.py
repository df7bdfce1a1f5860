"""Sending what is due, and recording what became of it."""

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.audiences import Followed, reader_in
from bot.core.errors import ChatGone, DeliveryError, NotSent, Refused, TryLater
from bot.core.ports import Clock, Messenger, NewUow, UnitOfWork
from bot.core.posts import (
    UNSUBSCRIBED,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Draft,
    Finding,
    Post,
)
from bot.core.replies import Reply
from bot.core.schedule import Occurrence, Step, next_step
from bot.core.spreading import spread
from bot.jobs.amend import Amender, Done
from bot.jobs.waiting import let_through

LEASE = timedelta(seconds=20)
"""Longer than a call can take (python-telegram-bot's time-outs add up to 16 s)."""

BATCH, AT_ONCE = 20, 5
PAUSE = timedelta(seconds=5)
"""Until the next try where the platform could not be reached."""

log = logging.getLogger(__name__)

NOT_APPROVED = "the post is not what was approved"

Message = Callable[[Draft], Reply | None]
"""What is sent for a draft; None where it cannot be what was approved any more."""

Stops = Callable[[Post, Delivery, UnitOfWork], Sequence[Finding]]
"""Why a post may not be sent at this moment, whatever was approved; quick."""


@dataclass(frozen=True)
class Fate:
    """How one try ended; `gone` where nothing can be sent to that chat any more."""

    state: DeliveryState
    message_id: int | None = None
    reason: str = ""
    not_before: datetime | None = None
    gone: bool = False


@dataclass(frozen=True)
class Readership:
    """What of the content decides how subscribers get a post: whom its targets mean, and the
    message with what a reader needs to end the subscription."""

    followed: Callable[[Draft], Followed]
    signed: Callable[[Reply, Draft], Reply]


@dataclass(frozen=True)
class Sender:
    """One worker of the delivery ledger.

    `owner` marks its leases. `card` is what stands in an inline card that is corrected.
    """

    owner: str
    new_uow: NewUow
    messenger: Messenger
    clock: Clock
    message: Message
    card: Message
    stops: Stops
    stop: asyncio.Event
    readership: Readership

    async def send_due(self) -> None:
        """Send everything that is due, some at a time so that one slow chat holds up no other.

        Once `stop` is set nothing more is begun, and what was leased waits for the next start.
        """
        while not self.stop.is_set() and (leased := await asyncio.to_thread(self._lease)):
            waiting = iter(leased)
            await asyncio.gather(*(self._work_off(waiting) for _ in range(AT_ONCE)))

    async def _work_off(self, waiting: Iterator[Delivery]) -> None:
        for delivery in waiting:
            if self.stop.is_set():
                await asyncio.to_thread(self._record, delivery, Fate(DeliveryState.PENDING))
            else:
                await self._deliver(delivery)

    async def _deliver(self, delivery: Delivery) -> None:
        """Send one leased row. The network lies between two transactions.

        A crash in between leaves the row in `sending`; it becomes `unknown` and only a person
        may send it again, unless all that was under way is an edit.
        """
        begun = await asyncio.to_thread(self._begin, delivery)
        if begun is not None:
            await asyncio.to_thread(self._record, delivery, await self._try(delivery, begun))

    async def _try(self, delivery: Delivery, message: Reply) -> Fate:
        try:
            done = await self._carry_out(delivery, message)
        except TryLater as error:
            return Fate(DeliveryState.PENDING, not_before=self.clock() + error.wait)
        except NotSent:
            log.warning("platform not reachable, will try again", extra={"post": delivery.post_id})
            return Fate(DeliveryState.PENDING, not_before=self.clock() + PAUSE)
        except ChatGone as error:
            return Fate(DeliveryState.REFUSED, reason=str(error), gone=True)
        except Refused as error:
            return Fate(DeliveryState.REFUSED, reason=str(error))
        except DeliveryError as error:
            log.exception(
                "nobody can tell whether a post was sent", extra={"post": delivery.post_id}
            )
            return Fate(DeliveryState.UNKNOWN, reason=f"{error}; look in the chat")
        except Exception as error:  # a fault of ours with one post must not hold up the others
            log.exception("sending a post failed", extra={"post": delivery.post_id})
            reason = f"broke on our side ({type(error).__name__}); look in the chat"
            return Fate(DeliveryState.UNKNOWN, reason=reason)
        return Fate(DeliveryState.SENT, message_id=done.message_id, reason=done.reason)

    async def _carry_out(self, delivery: Delivery, message: Reply) -> Done:
        if delivery.original is None:
            return Done(await self.messenger.send(delivery.target, message))
        amender = Amender(self.new_uow, self.messenger, self._replacing)
        return await amender.amend(delivery, delivery.original, message)

    def _replacing(self, delivery: Delivery, why: str) -> None:
        """Note that a message is sent in place of an edit: after a crash it is not sent again."""
        with self.new_uow() as uow:
            now = self.clock()
            if not uow.holds.allows(delivery.post_id):
                raise NotSent("a hold was placed")
            reader = delivery.kind is DeliveryKind.READER
            if reader and uow.subscribers.of(reader_in(delivery.target)) is None:
                raise Refused(UNSUBSCRIBED)
            if not uow.deliveries.replace(delivery.id, self.owner, why, now, now + LEASE):
                raise NotSent("the lease ran out")
            uow.commit()

    def _lease(self) -> list[Delivery]:
        now = self.clock()
        with self.new_uow() as uow:
            uow.deliveries.expire(now)
            some = let_through(uow, now)
            leased = uow.deliveries.lease(self.owner, now, now + LEASE, BATCH, some)
            uow.commit()
        return leased

    def _begin(self, delivery: Delivery) -> Reply | None:
        """What to send, as of the transaction that marks the row as being sent.

        None where it may not go out (any more): then the row says so, or waits for the end of a
        hold; or where it was cancelled, or taken by another after the lease ran out. None as well
        for an audience: its readers get rows then.
        """
        with self.new_uow() as uow:
            now = self.clock()
            post = uow.posts.watch(delivery.post_id)
            judged = self._judge(uow, delivery, post, now)
            if isinstance(judged, Fate):
                self._end(uow, delivery, judged)
                uow.commit()
                return None
            if post and delivery.kind is DeliveryKind.AUDIENCE:
                self._spread(uow, delivery, post, now)
                return None
            begun = uow.deliveries.begin(delivery.id, self.owner, now, now + LEASE)
            uow.commit()
        return judged if begun else None

    def _judge(
        self, uow: UnitOfWork, delivery: Delivery, post: Post | None, now: datetime
    ) -> Reply | Fate:
        if not uow.holds.allows(delivery.post_id):
            return Fate(DeliveryState.PENDING)
        if post is None or not post.may_go_out or post.revision.number != delivery.revision:
            return Fate(DeliveryState.SKIPPED, reason=NOT_APPROVED)
        draft, late = post.draft, now - delivery.wanted_at
        slot = Occurrence(delivery.wanted_at, delivery.occurrence)
        if next_step(slot, draft.if_missed, now, draft.grace) is not Step.SEND:
            return Fate(DeliveryState.SKIPPED, reason=_late(late))
        if found := self.stops(post, delivery, uow):
            return Fate(DeliveryState.SKIPPED, reason=_told(found[0]))
        message = self.card(draft) if delivery.is_inline else self.message(draft)
        if message is None:
            return Fate(DeliveryState.SKIPPED, reason=NOT_APPROVED)
        if delivery.kind is not DeliveryKind.READER:
            return message
        if delivery.original is None and not self._is_subscribed(uow, delivery, draft):
            return Fate(DeliveryState.CANCELLED, reason=UNSUBSCRIBED)
        return self.readership.signed(message, draft)

    def _is_subscribed(self, uow: UnitOfWork, delivery: Delivery, draft: Draft) -> bool:
        held = uow.subscribers.of(reader_in(delivery.target))
        followed = self.readership.followed(draft).values()
        return held is not None and any(map(held.follows, followed))

    def _spread(self, uow: UnitOfWork, delivery: Delivery, post: Post, now: datetime) -> None:
        followed = self.readership.followed
        others = [(each, followed(each.draft)) for each in uow.posts.versions(post)]
        if spread(uow, delivery, post, self.owner, followed(post.draft), others, now):
            uow.commit()

    def _record(self, delivery: Delivery, fate: Fate) -> None:
        """A reader who cannot be reached any more is no subscriber from then on."""
        with self.new_uow() as uow:
            if fate.gone and delivery.kind is DeliveryKind.READER:
                uow.subscribers.remove(reader_in(delivery.target))
            self._end(uow, delivery, fate)
            uow.commit()

    def _end(self, uow: UnitOfWork, delivery: Delivery, fate: Fate) -> None:
        kept = uow.deliveries.record(
            delivery.id,
            self.owner,
            fate.state,
            message_id=fate.message_id,
            reason=fate.reason,
            not_before=fate.not_before,
        )
        level = logging.INFO if kept else logging.ERROR
        what = "delivery" if kept else "delivery not recorded: the lease was lost"
        log.log(level, what, extra={"post": delivery.post_id, "state": str(fate.state)})


def _told(finding: Finding) -> str:
    return f"{finding.rule}: {finding.message}; {finding.cure}"


def _late(by: timedelta) -> str:
    return f"its time had been over for {round(by / timedelta(minutes=1))} minutes"
