"""How a due post is sent, and how each row ends."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, update

from bot.core.errors import DeliveryError, NotSent, Refused, TryLater
from bot.core.ports import NewUow
from bot.core.posting import resend
from bot.core.posts import GRACE, Delivery, DeliveryState, Event, Post, PostState
from bot.core.schedule import IfMissed
from bot.jobs.deliver import AT_ONCE, BATCH, LEASE, PAUSE
from db.tables import RevisionRow
from tests.db.drafts import (
    HELLO,
    added,
    approved,
    attempt,
    deliveries,
    did,
    draft,
    repeating,
)
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.fakes.people import AUTHOR, REVIEWER
from tests.jobs.workers import Worker, worker


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture
def sender(sqlite_uow: NewUow, messenger: FakeMessenger, clock: FakeClock) -> Worker:
    return worker("this", sqlite_uow, messenger, clock)


async def ran(worker: Worker) -> None:
    await worker.run()


def only(new_uow: NewUow, post: Post) -> Delivery:
    [row] = deliveries(new_uow, post)
    return row


def state_of(new_uow: NewUow, post: Post) -> PostState:
    with new_uow() as uow:
        found = uow.posts.get(post.id)
    assert found is not None
    return found.state


async def test_a_due_post_is_sent_and_accounted_for(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    post = approved(sqlite_uow, "@one", "@two")
    await ran(sender)
    assert sorted(messenger.targets) == ["@one", "@two"]
    assert messenger.sent[0][1].blocks == HELLO
    rows = deliveries(sqlite_uow, post)
    assert [row.target for row in rows] == ["@one", "@two"]
    assert [row.state for row in rows] == [DeliveryState.SENT] * 2
    # They are under way side by side: each row has the number of what arrived at its own target.
    assert {row.target: row.message_id for row in rows} == dict(
        zip(messenger.targets, (101, 102), strict=True)
    )
    assert state_of(sqlite_uow, post) is PostState.SENT


async def test_what_is_not_due_waits(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    post = approved(sqlite_uow, due_at=NOON + timedelta(seconds=1))
    await ran(sender)
    assert messenger.asked == []
    assert only(sqlite_uow, post).state is DeliveryState.PENDING


async def test_what_nobody_approved_is_not_sent(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    added(sqlite_uow)
    await ran(sender)
    assert messenger.asked == []
    assert messenger.told == []


async def test_a_second_look_sends_nothing_again(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    approved(sqlite_uow)
    await ran(sender)
    await ran(sender)
    assert len(messenger.asked) == 1


async def test_more_than_a_batch_is_sent_in_one_go(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    targets = [f"@channel_{number}" for number in range(BATCH + 3)]
    approved(sqlite_uow, *targets)
    await ran(sender)
    assert sorted(messenger.targets) == sorted(targets)


async def test_one_chat_that_hangs_holds_up_no_other(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    approved(sqlite_uow, "@hangs", "@one", "@two", "@three", "@four", "@five", "@six")
    held = messenger.hold("@hangs")
    work = asyncio.create_task(ran(sender))
    async with asyncio.timeout(2):
        while len(messenger.targets) < 6:
            await asyncio.sleep(0.01)
    assert "@hangs" not in messenger.targets
    held.set()
    await work


@pytest.mark.parametrize(
    ("error", "wait"),
    [(TryLater(timedelta(seconds=9)), timedelta(seconds=9)), (NotSent("x"), PAUSE)],
)
async def test_what_surely_was_not_sent_is_tried_again_later(
    sender: Worker,
    messenger: FakeMessenger,
    sqlite_uow: NewUow,
    clock: FakeClock,
    error: Exception,
    wait: timedelta,
) -> None:
    post = approved(sqlite_uow)
    messenger.fail("@channel", error)
    await ran(sender)
    assert only(sqlite_uow, post).state is DeliveryState.PENDING
    with sqlite_uow() as uow:
        assert uow.deliveries.next_due() == NOON + wait
    clock.forward(seconds=wait.total_seconds())
    await ran(sender)
    assert only(sqlite_uow, post).state is DeliveryState.SENT


async def test_a_refusal_is_final_and_says_why(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    post = approved(sqlite_uow)
    messenger.fail("@channel", Refused("Chat not found"))
    await ran(sender)
    row = only(sqlite_uow, post)
    assert (row.state, row.reason) == (DeliveryState.REFUSED, "Chat not found")
    assert state_of(sqlite_uow, post) is PostState.FAILED


async def test_what_may_have_been_sent_is_unknown_and_never_sent_again(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    post = approved(sqlite_uow)
    messenger.fail("@channel", DeliveryError("Timed out"))
    await ran(sender)
    clock.forward(hours=1)
    await ran(sender)
    row = only(sqlite_uow, post)
    assert row.state is DeliveryState.UNKNOWN
    assert row.reason == "Timed out; look in the chat"
    assert len(messenger.asked) == 1


async def test_a_surprise_is_unknown_and_does_not_stop_the_others(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    bad, good = approved(sqlite_uow, "@broken"), approved(sqlite_uow, "@good")
    messenger.fail("@broken", RuntimeError("a fault of ours"))
    await ran(sender)
    assert only(sqlite_uow, bad).state is DeliveryState.UNKNOWN
    assert only(sqlite_uow, good).state is DeliveryState.SENT


async def test_one_target_s_end_leaves_the_others_alone(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    post = approved(sqlite_uow, "@refused", "@later", "@unknown", "@good")
    messenger.fail("@refused", Refused("no"))
    messenger.fail("@later", TryLater(timedelta(seconds=9)))
    messenger.fail("@unknown", DeliveryError("Timed out"))
    await ran(sender)
    assert [str(row.state) for row in deliveries(sqlite_uow, post)] == [
        "refused",
        "pending",
        "unknown",
        "sent",
    ]
    assert state_of(sqlite_uow, post) is PostState.SCHEDULED


async def test_what_is_late_within_grace_still_goes_out(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    approved(sqlite_uow)
    clock.now += GRACE
    await ran(sender)
    assert messenger.targets == ["@channel"]


async def test_what_is_late_beyond_grace_is_skipped_and_says_by_how_much(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    post = approved(sqlite_uow)
    clock.forward(minutes=45)
    await ran(sender)
    row = only(sqlite_uow, post)
    assert messenger.asked == []
    assert row.state is DeliveryState.SKIPPED
    assert "45 minutes" in row.reason
    assert state_of(sqlite_uow, post) is PostState.FAILED


async def test_what_is_not_what_was_approved_is_skipped(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    post = approved(sqlite_uow)
    with sqlite_uow() as uow:
        session = uow._session  # type: ignore[attr-defined]
        changed = update(RevisionRow).where(col(RevisionRow.post_id) == post.id)
        session.exec(changed.values(draft=draft("@other").model_dump_json()))
        uow.commit()
    await ran(sender)
    row = only(sqlite_uow, post)
    assert messenger.asked == []
    assert (row.state, row.reason) == (DeliveryState.SKIPPED, "the post is not what was approved")


async def test_what_is_cancelled_while_it_is_leased_is_not_sent(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    busy = [f"@busy_{number}" for number in range(AT_ONCE)]
    first, second = approved(sqlite_uow, *busy), approved(sqlite_uow, "@second")
    held = [messenger.hold(target) for target in busy]
    work = asyncio.create_task(ran(sender))
    async with asyncio.timeout(2):
        while len(messenger.asked) < AT_ONCE:
            await asyncio.sleep(0.01)
    with sqlite_uow() as uow:
        did(uow, second, attempt(Event.CANCEL, comment="no longer wanted"))
        uow.commit()
    for each in held:
        each.set()
    await work
    assert sorted(messenger.targets) == sorted(busy)
    assert only(sqlite_uow, second).state is DeliveryState.CANCELLED
    assert {row.state for row in deliveries(sqlite_uow, first)} == {DeliveryState.SENT}


async def test_a_row_is_marked_as_sending_before_the_call(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    post = approved(sqlite_uow)
    held = messenger.hold("@channel")
    work = asyncio.create_task(ran(sender))
    await messenger.is_asked()
    assert only(sqlite_uow, post).state is DeliveryState.SENDING
    held.set()
    await work
    assert only(sqlite_uow, post).state is DeliveryState.SENT


async def test_a_worker_that_dies_while_sending_leaves_it_unknown(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    post = approved(sqlite_uow)
    messenger.hold("@channel")
    work = asyncio.create_task(ran(sender))
    await messenger.is_asked()
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    clock.now += LEASE
    next_messenger = FakeMessenger()
    await ran(worker("next", sqlite_uow, next_messenger, clock))
    assert only(sqlite_uow, post).state is DeliveryState.UNKNOWN
    assert next_messenger.asked == []
    assert len(next_messenger.told) == 2


async def test_stopping_leaves_the_rest_pending(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    targets = [f"@channel_{number}" for number in range(AT_ONCE + 2)]
    post = approved(sqlite_uow, *targets)
    held = [messenger.hold(target) for target in targets]
    work = asyncio.create_task(ran(sender))
    async with asyncio.timeout(2):
        while len(messenger.asked) < AT_ONCE:
            await asyncio.sleep(0.01)
    sender.sender.stop.set()
    for each in held:
        each.set()
    await work
    assert len(messenger.targets) == AT_ONCE
    states = sorted(str(row.state) for row in deliveries(sqlite_uow, post))
    assert states == ["pending"] * 2 + ["sent"] * AT_ONCE
    assert messenger.told == []


async def test_a_moderator_who_could_not_be_told_is_told_later(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = approved(sqlite_uow, "@one")
    messenger.deaf = True
    await ran(sender)
    assert state_of(sqlite_uow, post) is PostState.SCHEDULED
    messenger.deaf = False
    await ran(sender)
    assert {person for person, _ in messenger.told} == {AUTHOR, REVIEWER}
    assert state_of(sqlite_uow, post) is PostState.SENT
    assert messenger.targets == ["@one"]


async def test_a_post_that_nobody_approved_in_time_ends_and_its_author_is_told(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    post = added(sqlite_uow, due_at=clock() + timedelta(minutes=5))
    clock.forward(minutes=30)
    await ran(sender)
    assert state_of(sqlite_uow, post) is PostState.REVIEW
    clock.forward(minutes=10)
    await ran(sender)
    assert state_of(sqlite_uow, post) is PostState.CANCELLED
    assert [person for person, _ in messenger.told] == [AUTHOR]


async def test_one_that_repeats_ends_when_its_last_time_went_by_in_review(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    post = added(sqlite_uow, of=repeating("@one", when="daily 17:30 x2"))
    clock.forward(days=1, minutes=59)
    await ran(sender)
    assert state_of(sqlite_uow, post) is PostState.REVIEW
    clock.forward(minutes=2)
    await ran(sender)
    assert state_of(sqlite_uow, post) is PostState.CANCELLED
    assert [person for person, _ in messenger.told] == [AUTHOR]


async def test_once_stopped_nothing_is_leased(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    post = approved(sqlite_uow)
    sender.sender.stop.set()
    await ran(sender)
    assert only(sqlite_uow, post).state is DeliveryState.PENDING


async def test_author_and_approver_are_told_once_how_it_ended(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    post = approved(sqlite_uow, "@one", "@two")
    messenger.fail("@two", Refused("no"))
    await ran(sender)
    await ran(sender)
    assert sorted(person for person, _ in messenger.told) == [AUTHOR, REVIEWER]
    told = {reply.text for _, reply in messenger.told}
    assert told == {f"{post.id} failed: ['refused', 'sent']"}


async def test_nobody_is_told_before_it_has_ended(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    approved(sqlite_uow, "@one", "@later")
    messenger.fail("@later", TryLater(timedelta(seconds=9)))
    await ran(sender)
    assert messenger.told == []


async def test_two_workers_send_each_row_once(
    sqlite_uow: NewUow, messenger: FakeMessenger, clock: FakeClock
) -> None:
    targets = [f"@channel_{number}" for number in range(3 * BATCH)]
    post = approved(sqlite_uow, *targets)
    workers = [worker(name, sqlite_uow, messenger, clock) for name in ("a", "b")]
    await asyncio.gather(*map(ran, workers))
    assert sorted(messenger.asked) == sorted(targets)
    assert {row.state for row in deliveries(sqlite_uow, post)} == {DeliveryState.SENT}
    assert len(messenger.told) == 2


@pytest.mark.parametrize("policy", [IfMissed.SKIP, IfMissed.ASK])
async def test_what_may_not_be_late_is_skipped_when_it_is_missed(
    sender: Worker,
    messenger: FakeMessenger,
    sqlite_uow: NewUow,
    clock: FakeClock,
    policy: IfMissed,
) -> None:
    post = approved(sqlite_uow, of=draft(if_missed=policy))
    clock.forward(minutes=2)
    await ran(sender)
    assert messenger.asked == []
    assert only(sqlite_uow, post).state is DeliveryState.SKIPPED
    assert {person for person, _ in messenger.told} == {AUTHOR, REVIEWER}


async def test_what_a_person_sends_again_is_not_late(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    post = approved(sqlite_uow, of=draft(if_missed=IfMissed.ASK))
    clock.forward(minutes=45)
    await ran(sender)
    with sqlite_uow() as uow:
        resend(uow, uow.deliveries.of(post.id)[0], attempt(Event.RETRY, REVIEWER, clock()))
        uow.commit()
    await ran(sender)
    assert messenger.targets == ["@channel"]
    assert state_of(sqlite_uow, post) is PostState.SENT


async def test_during_a_hold_nothing_begins_and_what_is_missed_does_not_burst_out(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    soon, stale = approved(sqlite_uow), approved(sqlite_uow, due_at=NOON - timedelta(minutes=20))
    with sqlite_uow() as uow:
        uow.holds.place(REVIEWER, "an attack in the city", clock())
        uow.commit()
    await ran(sender)
    assert messenger.asked == []
    clock.forward(minutes=15)
    with sqlite_uow() as uow:
        hold = uow.holds.active()
        assert hold is not None
        assert uow.holds.lift(hold.number, clock())
        uow.commit()
    await ran(sender)
    assert len(messenger.asked) == 1
    assert only(sqlite_uow, soon).state is DeliveryState.SENT
    assert only(sqlite_uow, stale).state is DeliveryState.SKIPPED


async def test_a_hold_that_comes_when_a_row_is_leased_already_stops_it(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    busy = [f"@busy_{number}" for number in range(AT_ONCE)]
    approved(sqlite_uow, *busy)
    second = approved(sqlite_uow, "@second")
    held = [messenger.hold(target) for target in busy]
    work = asyncio.create_task(ran(sender))
    async with asyncio.timeout(2):
        while len(messenger.asked) < AT_ONCE:
            await asyncio.sleep(0.01)
    assert only(sqlite_uow, second).state is DeliveryState.LEASED
    with sqlite_uow() as uow:
        uow.holds.place(REVIEWER, "an attack in the city", clock())
        uow.commit()
    for each in held:
        each.set()
    await work
    assert "@second" not in messenger.asked
    assert only(sqlite_uow, second).state is DeliveryState.PENDING


async def test_a_post_that_repeats_tells_of_its_troubles_and_goes_on(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    post = approved(sqlite_uow, of=repeating("@one", "@two"), now=NOON)
    clock.forward(days=1)
    messenger.fail("@two", Refused("no rights"))
    await ran(sender)
    await ran(sender)
    assert messenger.targets == ["@one"]
    assert len(messenger.told) == 2
    assert state_of(sqlite_uow, post) is PostState.SCHEDULED


async def test_what_the_rules_stop_is_skipped_and_told(
    sender: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    post = approved(sqlite_uow, of=draft(record_id="removed"))
    await ran(sender)
    row = only(sqlite_uow, post)
    assert row.state is DeliveryState.SKIPPED
    assert row.reason == "S8: its record has been removed; use another"
    assert messenger.sent == [] and messenger.told
