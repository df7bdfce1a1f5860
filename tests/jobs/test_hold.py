"""What the sender does during a hold, and when it ends."""

import asyncio

import pytest

from bot.core.ports import NewUow
from bot.core.posts import DeliveryState, Event
from tests.db.drafts import added, approved, attempt, deliveries, did, draft
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.fakes.people import AUTHOR, OTHER, REVIEWER
from tests.jobs.workers import Worker, worker


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture
def sender(new_uow: NewUow, messenger: FakeMessenger, clock: FakeClock) -> Worker:
    return worker("this", new_uow, messenger, clock)


def held(new_uow: NewUow, reason: str = "rumour") -> int:
    with new_uow() as uow:
        uow.holds.place(REVIEWER, reason, NOON)
        hold = uow.holds.active()
        uow.commit()
    assert hold is not None
    return hold.number


def lifted(new_uow: NewUow, number: int) -> None:
    with new_uow() as uow:
        assert uow.holds.lift(number, NOON)
        uow.commit()


async def test_what_is_due_waits_for_the_end_of_a_hold(
    sender: Worker, messenger: FakeMessenger, new_uow: NewUow, clock: FakeClock
) -> None:
    post = approved(new_uow, "@one", "@two")
    number = held(new_uow)
    await sender.run()
    assert messenger.asked == []
    assert {row.state for row in deliveries(new_uow, post)} == {DeliveryState.PENDING}
    lifted(new_uow, number)
    clock.forward(minutes=20)
    await sender.run()
    assert sorted(messenger.targets) == ["@one", "@two"]


async def test_what_is_stale_after_a_hold_does_not_burst_out(
    sender: Worker, messenger: FakeMessenger, new_uow: NewUow, clock: FakeClock
) -> None:
    posts = [approved(new_uow, f"@channel{n}", due_at=NOON) for n in range(5)]
    number = held(new_uow)
    clock.forward(hours=3)
    lifted(new_uow, number)
    await sender.run()
    assert messenger.asked == []
    for post in posts:
        [row] = deliveries(new_uow, post)
        assert row.state is DeliveryState.SKIPPED
        assert "180 minutes" in row.reason


async def test_a_rapid_response_that_an_admin_let_through_goes_out_alone(
    sender: Worker, messenger: FakeMessenger, new_uow: NewUow
) -> None:
    approved(new_uow, "@ordinary")
    rapid = added(new_uow, of=draft("@rapid", rapid=True))
    with new_uow() as uow:
        for reviewer in (REVIEWER, OTHER):
            did(uow, rapid, attempt(Event.APPROVE, reviewer))
        uow.commit()
    number = held(new_uow)
    await sender.run()
    assert messenger.asked == []
    with new_uow() as uow:
        uow.holds.exempt(rapid, number, AUTHOR)
        uow.commit()
    held(new_uow, "worse")
    await sender.run()
    assert messenger.asked == []
    with new_uow() as uow:
        uow.holds.exempt(rapid, number + 1, AUTHOR)
        uow.commit()
    await sender.run()
    assert messenger.targets == ["@rapid"]


async def test_a_hold_in_another_process_stops_what_is_leased_already(
    sender: Worker, messenger: FakeMessenger, new_uow: NewUow
) -> None:
    """The first is being sent when the hold comes; the others of the batch are not begun."""
    targets = [f"@channel{n}" for n in range(15)]
    post = approved(new_uow, *targets)
    gates = [messenger.hold(target) for target in targets]
    running = asyncio.create_task(sender.run())
    await messenger.is_asked()
    await asyncio.to_thread(held, new_uow)
    begun = len(messenger.asked)
    for gate in gates:
        gate.set()
    await running
    assert begun <= len(messenger.sent) < len(targets)
    states = [row.state for row in deliveries(new_uow, post)]
    assert states.count(DeliveryState.SENT) == len(messenger.sent)
    assert states.count(DeliveryState.PENDING) == len(targets) - len(messenger.sent)
