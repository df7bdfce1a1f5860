"""Workers of the delivery ledger on a fake platform: what the clock does each time."""

import asyncio
from dataclasses import dataclass

from bot.core.audiences import Followed, audience_of
from bot.core.ports import NewUow, UnitOfWork
from bot.core.posts import Delivery, Draft, Post, Tally
from bot.core.replies import Button, Reply, plain
from bot.editorial import Finding
from bot.jobs.deliver import Readership, Sender
from bot.jobs.plan import Planner
from bot.jobs.report import Reporter
from tests.db.drafts import NO_DAYS
from tests.fakes.clock import FakeClock
from tests.fakes.messenger import FakeMessenger


def message(draft: Draft) -> Reply:
    return Reply(draft.blocks)


def told(post: Post, tally: Tally, person: str) -> Reply:
    return plain(f"{post.id} {post.state}: {sorted(map(str, tally.counts))}")


def followed(draft: Draft) -> Followed:
    """Each topic is a campaign without a kind."""
    audiences = {target: audience_of(target) for target in draft.targets}
    return {target: each.topics({}, None) for target, each in audiences.items() if each}


def signed(reply: Reply, _: Draft) -> Reply:
    return reply.with_buttons((Button("Unsubscribe", start="unsubscribe"),))


READERSHIP = Readership(followed, signed)


def stops(post: Post, delivery: Delivery, uow: UnitOfWork) -> tuple[Finding, ...]:
    """A post that tells of its removed record, as the rules would."""
    if post.draft.record_id != "removed":
        return ()
    return (Finding("S8", "error", ("record",), "", "its record has been removed", "use another"),)


@dataclass
class Worker:
    planner: Planner
    sender: Sender
    reporter: Reporter

    async def run(self) -> None:
        await self.planner.plan_ahead()
        await self.sender.send_due()
        await self.reporter.report()


def worker(owner: str, new_uow: NewUow, messenger: FakeMessenger, clock: FakeClock) -> Worker:
    return Worker(
        Planner(new_uow, lambda: NO_DAYS, clock),
        Sender(
            owner, new_uow, messenger, clock, message, message, stops, asyncio.Event(), READERSHIP
        ),
        Reporter(new_uow, messenger, clock, told, lambda: NO_DAYS),
    )
