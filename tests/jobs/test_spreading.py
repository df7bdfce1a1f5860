"""A post for subscribers: who gets it, and what becomes of the row of each."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bot.core import spreading
from bot.core.errors import ChatGone, DeliveryError, Refused
from bot.core.ports import NewUow
from bot.core.posting import resend_to_readers
from bot.core.posts import UNSUBSCRIBED, DeliveryState, Event, Post, PostState
from bot.core.schedule import IfMissed
from bot.jobs.deliver import AT_ONCE, LEASE
from bot.jobs.forgetting import forget_old
from db.readers import KEPT
from tests.db.drafts import approved, attempt, deliveries, did, draft
from tests.db.subscriptions import left, subscribed
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.messenger import FakeMessenger
from tests.fakes.people import REVIEWER
from tests.jobs.workers import Worker, worker

READERS = range(101, 112)
BLOCKED = ChatGone("Forbidden: bot was blocked by the user")


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading, "PAGE", 3)


@pytest.fixture
def messenger() -> FakeMessenger:
    return FakeMessenger()


@pytest.fixture
def bot(sqlite_uow: NewUow, messenger: FakeMessenger, clock: FakeClock) -> Worker:
    return worker("this", sqlite_uow, messenger, clock)


def ends(new_uow: NewUow, post: Post) -> Counter[str]:
    return Counter(str(row.state) for row in deliveries(new_uow, post))


def state_of(new_uow: NewUow, post: Post) -> PostState:
    with new_uow() as uow:
        found = uow.posts.get(post.id)
    assert found is not None
    return found.state


async def killed(work: "asyncio.Task[None]") -> None:
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work


async def test_each_subscriber_gets_it_once_and_is_counted(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    subscribed(sqlite_uow, *READERS)
    post = approved(sqlite_uow, "subscribers", "subscribers:water", "@channel")
    await bot.run()
    assert sorted(messenger.targets) == sorted([*map(str, READERS), "@channel"])
    assert ends(sqlite_uow, post) == {"sent": len(READERS) + 1}
    assert state_of(sqlite_uow, post) is PostState.SENT


async def test_only_a_reader_is_shown_how_to_end_it(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    subscribed(sqlite_uow, 101)
    approved(sqlite_uow, "subscribers", "@channel")
    await bot.run()
    labels = {target: [b.start for row in r.buttons for b in row] for target, r in messenger.sent}
    assert labels == {"101": ["unsubscribe"], "@channel": []}


async def test_a_topic_is_for_who_follows_it_or_everything(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    subscribed(sqlite_uow, 101)
    subscribed(sqlite_uow, 102, topics=("water", "fire"))
    subscribed(sqlite_uow, 103, topics=("fire",))
    approved(sqlite_uow, "subscribers:water")
    await bot.run()
    assert sorted(messenger.targets) == ["101", "102"]


async def test_the_first_is_sent_before_the_last_has_a_row(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    subscribed(sqlite_uow, *READERS)
    post = approved(sqlite_uow, "subscribers")
    held = messenger.hold("101")
    work = asyncio.create_task(bot.run())
    await messenger.is_asked()
    assert len(deliveries(sqlite_uow, post)) < len(READERS)
    held.set()
    await work
    assert ends(sqlite_uow, post) == {"sent": len(READERS)}


@pytest.mark.parametrize("at", [101, 104, 111])
async def test_a_worker_that_dies_is_followed_by_one_that_goes_on(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock, at: int
) -> None:
    subscribed(sqlite_uow, *READERS)
    post = approved(sqlite_uow, "subscribers")
    messenger.hold(str(at))
    work = asyncio.create_task(bot.run())
    async with asyncio.timeout(5):
        while str(at) not in messenger.asked:
            await asyncio.sleep(0.01)
    await killed(work)
    clock.now += LEASE
    after = FakeMessenger()
    await worker("next", sqlite_uow, after, clock).run()
    asked = Counter([*messenger.asked, *after.asked])
    assert set(asked.values()) == {1}
    rows = {row.target: str(row.state) for row in deliveries(sqlite_uow, post)}
    assert len(rows) == len(deliveries(sqlite_uow, post)) == len(READERS)
    assert set(rows.values()) <= {"sent", "unknown"}
    under_way = [target for target, state in rows.items() if state == "unknown"]
    assert str(at) in under_way
    assert len(under_way) <= AT_ONCE
    assert set(rows) == {*asked, *under_way}


async def test_who_left_in_between_gets_nothing_more(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    subscribed(sqlite_uow, *READERS)
    post = approved(sqlite_uow, "subscribers")
    held = [messenger.hold(str(number)) for number in READERS[:3]]
    work = asyncio.create_task(bot.run())
    await messenger.is_asked()
    with sqlite_uow() as uow:
        row = next(each for each in uow.deliveries.of(post.id) if each.target == "101")
        assert row.state in (DeliveryState.LEASED, DeliveryState.SENDING)
    left(sqlite_uow, *READERS[3:])
    for each in held:
        each.set()
    await work
    assert sorted(messenger.asked) == ["101", "102", "103"]
    assert state_of(sqlite_uow, post) is PostState.SENT


async def test_who_has_a_row_and_left_is_cancelled(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    subscribed(sqlite_uow, 101, 102)
    subscribed(sqlite_uow, 103, topics=("water",))
    post = approved(sqlite_uow, "subscribers:water")
    for row in bot.sender._lease():
        bot.sender._begin(row)
    left(sqlite_uow, 101, 103)
    subscribed(sqlite_uow, 103, topics=("fire",))
    await bot.run()
    assert messenger.asked == ["102"]
    rows = {row.target: (str(row.state), row.reason) for row in deliveries(sqlite_uow, post)}
    assert rows["101"] == rows["103"] == ("cancelled", UNSUBSCRIBED)
    assert state_of(sqlite_uow, post) is PostState.SENT


async def test_who_subscribes_later_does_not_get_it(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    subscribed(sqlite_uow, 101)
    approved(sqlite_uow, "subscribers")
    await bot.run()
    subscribed(sqlite_uow, 102)
    await bot.run()
    assert messenger.asked == ["101"]


async def test_each_reads_it_in_their_own_language_alone(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    subscribed(sqlite_uow, 101, 102, 103, 104)
    subscribed(sqlite_uow, 201, 202, 203, 204, language="ur")
    english = approved(sqlite_uow, "subscribers")
    urdu = approved(sqlite_uow, of=draft("subscribers", language="ur", variant_of=english.id))
    await bot.run()
    assert Counter(messenger.asked) == Counter(map(str, (*range(101, 105), *range(201, 205))))
    to_english = {row.target for row in deliveries(sqlite_uow, english)}
    to_urdu = {row.target for row in deliveries(sqlite_uow, urdu)}
    assert to_english == {"101", "102", "103", "104"}
    assert to_urdu == {"201", "202", "203", "204"}


async def test_without_a_version_of_theirs_everyone_gets_the_one_there_is(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    subscribed(sqlite_uow, 101)
    subscribed(sqlite_uow, 201, language="ur")
    english = approved(sqlite_uow, "subscribers")
    approved(sqlite_uow, of=draft("@channel", language="ur", variant_of=english.id))
    await bot.run()
    assert sorted(messenger.asked) == ["101", "201", "@channel"]


async def test_a_version_for_a_topic_spares_only_who_follows_that(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    subscribed(sqlite_uow, 201, language="ur", topics=("water",))
    subscribed(sqlite_uow, 202, language="ur", topics=("fire",))
    english = approved(sqlite_uow, "subscribers")
    other = draft("subscribers:water", language="ur", variant_of=english.id)
    urdu = approved(sqlite_uow, of=other)
    await bot.run()
    assert [row.target for row in deliveries(sqlite_uow, english)] == ["202"]
    assert [row.target for row in deliveries(sqlite_uow, urdu)] == ["201"]


async def test_who_blocked_the_bot_is_no_subscriber_and_the_post_is_sent(
    bot: Worker,
    messenger: FakeMessenger,
    sqlite_uow: NewUow,
    caplog: pytest.LogCaptureFixture,
) -> None:
    subscribed(sqlite_uow, 7310001001, 7310001002, 7310001003)
    post = approved(sqlite_uow, "subscribers")
    messenger.fail("7310001002", BLOCKED)
    messenger.fail("7310001003", Refused("Bad Request: message is too long"))
    with caplog.at_level("DEBUG"):
        await bot.run()
    with sqlite_uow() as uow:
        kept = [each.person for each in uow.subscribers.page((), "", 10)]
    assert kept == ["telegram:7310001001", "telegram:7310001003"]
    rows = {row.target: row.reason for row in deliveries(sqlite_uow, post)}
    assert rows["7310001002"] == str(BLOCKED)
    assert ends(sqlite_uow, post) == {"sent": 1, "refused": 2}
    assert state_of(sqlite_uow, post) is PostState.SENT
    assert messenger.told
    said = "".join(reply.text for _, reply in messenger.told) + caplog.text
    assert "7310001" not in said


async def test_where_all_refused_the_post_failed(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    subscribed(sqlite_uow, 101)
    post = approved(sqlite_uow, "subscribers")
    messenger.fail("101", BLOCKED)
    await bot.run()
    assert state_of(sqlite_uow, post) is PostState.FAILED


async def test_where_nobody_follows_it_the_post_failed_and_says_why(
    bot: Worker, sqlite_uow: NewUow
) -> None:
    post = approved(sqlite_uow, "subscribers")
    await bot.run()
    assert state_of(sqlite_uow, post) is PostState.FAILED
    [row] = deliveries(sqlite_uow, post)
    assert row.reason == spreading.NOBODY


async def test_readers_of_whom_nobody_knows_wait_for_a_person(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    subscribed(sqlite_uow, 101, 102)
    post = approved(sqlite_uow, "subscribers")
    messenger.fail("102", DeliveryError("Timed out"))
    for _ in range(2):
        await bot.run()
    assert ends(sqlite_uow, post) == {"sent": 1, "unknown": 1}
    assert state_of(sqlite_uow, post) is PostState.FAILED
    with sqlite_uow() as uow:
        resend_to_readers(uow, post.id, attempt(Event.RETRY, REVIEWER, clock()))
        uow.commit()
    await bot.run()
    assert Counter(messenger.asked) == {"101": 1, "102": 2}
    assert state_of(sqlite_uow, post) is PostState.SENT


async def test_a_hold_in_the_middle_stops_it_and_it_goes_on_after(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    subscribed(sqlite_uow, *READERS)
    post = approved(sqlite_uow, "subscribers")
    for row in bot.sender._lease():
        bot.sender._begin(row)
    with sqlite_uow() as uow:
        uow.holds.place(REVIEWER, "an attack in the city", clock())
        uow.commit()
    await bot.run()
    assert messenger.asked == []
    clock.forward(minutes=9)
    with sqlite_uow() as uow:
        hold = uow.holds.active()
        assert hold is not None
        uow.holds.lift(hold.number, clock())
        uow.commit()
    await bot.run()
    assert Counter(messenger.asked) == Counter(map(str, READERS))
    assert ends(sqlite_uow, post) == {"sent": len(READERS)}


async def test_what_stood_still_too_long_does_not_burst_out(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    subscribed(sqlite_uow, *READERS)
    post = approved(sqlite_uow, "subscribers")
    for row in bot.sender._lease():
        bot.sender._begin(row)
    clock.forward(hours=2)
    await bot.run()
    assert messenger.asked == []
    assert ends(sqlite_uow, post) == {"skipped": 4}
    assert state_of(sqlite_uow, post) is PostState.FAILED


async def test_who_waits_for_their_turn_is_not_late(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    """Where sending to all takes longer than the post may be late."""
    subscribed(sqlite_uow, *READERS)
    post = approved(sqlite_uow, of=draft("subscribers", if_missed=IfMissed.SKIP))
    while rows := bot.sender._lease():
        clock.forward(seconds=15)
        for row in rows:
            await bot.sender._deliver(row)
    assert clock() - NOON > timedelta(minutes=1)
    assert ends(sqlite_uow, post) == {"sent": len(READERS)}


async def test_cancelling_in_the_middle_stops_the_rest(
    bot: Worker, messenger: FakeMessenger, sqlite_uow: NewUow
) -> None:
    subscribed(sqlite_uow, *READERS)
    post = approved(sqlite_uow, "subscribers")
    for row in bot.sender._lease():
        bot.sender._begin(row)
    with sqlite_uow() as uow:
        did(uow, post, attempt(Event.CANCEL, REVIEWER))
        uow.commit()
    await bot.run()
    assert messenger.asked == []
    assert set(ends(sqlite_uow, post)) == {"cancelled"}
    assert {row.spread_to for row in deliveries(sqlite_uow, post)} == {""}


async def test_two_workers_send_to_each_reader_once(
    sqlite_uow: NewUow, messenger: FakeMessenger, clock: FakeClock
) -> None:
    subscribed(sqlite_uow, *READERS)
    post = approved(sqlite_uow, "subscribers")
    workers = [worker(name, sqlite_uow, messenger, clock) for name in ("a", "b")]
    await asyncio.gather(*(each.run() for each in workers))
    assert Counter(messenger.asked) == Counter(map(str, READERS))
    assert ends(sqlite_uow, post) == {"sent": len(READERS)}


async def test_old_rows_forget_their_readers(
    bot: Worker, sqlite_uow: NewUow, clock: FakeClock
) -> None:
    subscribed(sqlite_uow, *READERS)
    post = approved(sqlite_uow, "subscribers")
    await bot.run()
    forget_old(sqlite_uow, clock() + KEPT)
    assert all(row.target.startswith("forgotten:") for row in deliveries(sqlite_uow, post))
    assert ends(sqlite_uow, post) == {"sent": len(READERS)}
