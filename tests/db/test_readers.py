"""The rows of readers: each gets one, and can be taken out of it, on SQLite and PostgreSQL."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.core import spreading
from bot.core.ports import NewUow
from bot.core.posting import act
from bot.core.posts import UNSUBSCRIBED, DeliveryKind, DeliveryState, Event, Post
from bot.core.spreading import NOBODY
from db.readers import FORGOTTEN, KEPT
from tests.db.drafts import approved, attempt, deliveries, draft, leased
from tests.db.dump import dump
from tests.db.subscriptions import left, spread_once, subscribed
from tests.fakes.clock import NOON
from tests.fakes.people import REVIEWER

READERS = range(7310001001, 7310001008)
BOTH = {"subscribers": frozenset[str](), "subscribers:water": frozenset({"water"})}


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreading, "PAGE", 3)


@pytest.fixture
def post(new_uow: NewUow) -> Post:
    """One to seven subscribers, due now."""
    subscribed(new_uow, *READERS)
    return approved(new_uow, "subscribers")


def targets(new_uow: NewUow, post: Post) -> list[str]:
    return [row.target for row in deliveries(new_uow, post)]


def spread_all(new_uow: NewUow, post: Post) -> list[str]:
    for _ in READERS:
        spread_once(new_uow, post, BOTH)
    return targets(new_uow, post)


def test_each_page_gives_rows_and_the_last_removes_that_of_the_audience(
    new_uow: NewUow, post: Post
) -> None:
    assert targets(new_uow, post) == ["subscribers"]
    found = [len(spread_once(new_uow, post)) for _ in range(3)]
    assert found == [4, 7, 7]
    rows = deliveries(new_uow, post)
    assert sorted(row.target for row in rows) == [str(each) for each in READERS]
    assert {row.kind for row in rows} == {DeliveryKind.READER}


def test_the_next_page_waits_behind_what_is_due(new_uow: NewUow, post: Post) -> None:
    spread_once(new_uow, post)
    row = deliveries(new_uow, post)[0]
    assert (row.target, row.spread_to) == ("subscribers", "telegram:7310001003")
    with new_uow() as uow:
        again = uow.deliveries.lease("two", NOON, NOON + timedelta(seconds=30), 10)
        assert "subscribers" in [each.target for each in again]


def test_who_is_meant_by_two_targets_has_one_row(new_uow: NewUow) -> None:
    subscribed(new_uow, *READERS, topics=("water",))
    post = approved(new_uow, "subscribers", "subscribers:water", str(READERS[0]))
    assert sorted(spread_all(new_uow, post)) == [str(each) for each in READERS]


def test_a_page_that_is_written_again_gives_no_second_row(new_uow: NewUow, post: Post) -> None:
    [row] = leased(new_uow)
    for _ in range(2):
        with new_uow() as uow:
            uow.deliveries.give(row, ["5", "6"], (), NOON)
            uow.commit()
    assert sorted(targets(new_uow, post)) == ["5", "6", "subscribers"]


def test_without_its_lease_nobody_goes_on(new_uow: NewUow, post: Post) -> None:
    [row] = leased(new_uow)
    with new_uow() as uow:
        assert not uow.deliveries.go_on(row, "another", "telegram:5", NOON)
        assert not uow.deliveries.given(row, "another")
    assert targets(new_uow, post) == ["subscribers"]


def test_workers_side_by_side_give_each_reader_one_row(new_uow: NewUow, post: Post) -> None:
    [row] = leased(new_uow)
    chats = [str(number) for number in READERS]

    def give(_: int) -> None:
        with new_uow() as uow:
            uow.deliveries.give(row, chats, (), NOON)
            uow.commit()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(give, range(4)))
    assert sorted(targets(new_uow, post)) == [*chats, "subscribers"]


def test_where_nobody_follows_it_the_row_says_so(new_uow: NewUow) -> None:
    subscribed(new_uow, 5, topics=("fire",))
    post = approved(new_uow, "subscribers:water")
    [row] = spread_once(new_uow, post, {"subscribers:water": frozenset({"water"})})
    assert (row.state, row.reason) == (DeliveryState.SKIPPED, NOBODY)


def test_what_was_stopped_waits_again_but_not_for_who_left(new_uow: NewUow, post: Post) -> None:
    spread_all(new_uow, post)
    with new_uow() as uow:
        [first, second] = uow.deliveries.lease("one", NOON, NOON + timedelta(seconds=9), 2)
        uow.deliveries.record(first.id, "one", DeliveryState.CANCELLED, reason=UNSUBSCRIBED)
        uow.deliveries.begin(second.id, "one", NOON, NOON + timedelta(seconds=9))
        uow.deliveries.record(second.id, "one", DeliveryState.SENT, message_id=3)
        act(uow, post.id, attempt(Event.PAUSE, REVIEWER))
        uow.commit()
    with new_uow() as uow:
        act(uow, post.id, attempt(Event.RESUME, REVIEWER))
        uow.commit()
    spread_all(new_uow, post)
    states = Counter(row.state for row in deliveries(new_uow, post))
    assert states == {
        DeliveryState.CANCELLED: 1,
        DeliveryState.SENT: 1,
        DeliveryState.PENDING: len(READERS) - 2,
    }


def test_who_is_forgotten_is_in_no_row_and_still_counted(new_uow: NewUow, post: Post) -> None:
    spread_once(new_uow, post)
    last = READERS[2]
    assert f"telegram:{last}" in dump(new_uow)
    with new_uow() as uow:
        uow.subscribers.remove(f"telegram:{last}")
        assert uow.deliveries.forget(f"telegram:{last}") == 1
        uow.commit()
    assert str(last) not in dump(new_uow)
    audience, *rows = deliveries(new_uow, post)
    assert audience.spread_to == f"telegram:{READERS[1]}"
    [gone] = [row for row in rows if row.target.startswith("forgotten:")]
    assert (gone.state, gone.reason) == (DeliveryState.CANCELLED, UNSUBSCRIBED)
    assert len(spread_all(new_uow, post)) == len(READERS)


def test_two_who_are_forgotten_can_be_told_apart(new_uow: NewUow, post: Post) -> None:
    spread_all(new_uow, post)
    with new_uow() as uow:
        for number in READERS:
            assert uow.deliveries.forget(f"telegram:{number}") == 1
        uow.commit()
    assert len(set(targets(new_uow, post))) == len(READERS)


def test_after_thirty_days_nobody_can_tell_who_got_it(new_uow: NewUow, post: Post) -> None:
    spread_all(new_uow, post)
    left(new_uow, *READERS)
    with new_uow() as uow:
        assert uow.deliveries.forget_old(NOON + KEPT - timedelta(seconds=1), 100) == 0
        assert uow.deliveries.forget_old(NOON + KEPT, 4) == 4
        assert uow.deliveries.forget_old(NOON + KEPT, 4) == len(READERS) - 4
        assert uow.deliveries.forget_old(NOON + KEPT, 4) == 0
        uow.commit()
    assert len(set(targets(new_uow, post))) == len(READERS)
    assert "73100010" not in dump(new_uow)


def test_what_waited_too_long_is_sent_to_nobody(new_uow: NewUow, post: Post) -> None:
    spread_all(new_uow, post)
    with new_uow() as uow:
        uow.deliveries.forget_old(NOON + KEPT, 100)
        uow.commit()
        assert uow.deliveries.lease("one", NOON + KEPT, NOON + 2 * KEPT, 100) == []
    ends = {(row.state, row.reason) for row in deliveries(new_uow, post)}
    assert ends == {(DeliveryState.CANCELLED, FORGOTTEN)}


def test_a_reader_of_whom_nobody_knows_is_not_sent_to_again(new_uow: NewUow, post: Post) -> None:
    spread_all(new_uow, post)
    with new_uow() as uow:
        for row in uow.deliveries.lease("one", NOON, NOON + timedelta(seconds=9), 100):
            uow.deliveries.record(row.id, "one", DeliveryState.SKIPPED, reason="late")
        uow.deliveries.forget(f"telegram:{READERS[0]}")
        uow.commit()
        [gone] = [row for row in uow.deliveries.of(post.id) if row.target.startswith("forgotten:")]
        rows = uow.deliveries.skipped_with(post.id, gone.id)
        assert len(rows) == len(READERS) - 1 and gone.id not in {row.id for row in rows}
        assert not uow.deliveries.again(gone.id, NOON)
        assert uow.deliveries.readers_again(post.id, NOON) == len(rows)


def test_readers_of_one_time_are_one_row_of_a_month(new_uow: NewUow, post: Post) -> None:
    spread_all(new_uow, post)
    approved(new_uow, "@one", "@two")
    with new_uow() as uow:
        rows = uow.deliveries.due_between(NOON, NOON + timedelta(minutes=1), 2)
    found = sorted((row.post_id, row.target, row.state) for row in rows)
    waits = DeliveryState.PENDING
    assert found == [
        (post.id, "", waits),
        (post.id + 1, "@one", waits),
        (post.id + 1, "@two", waits),
    ]


def test_a_day_that_moves_leaves_alone_what_readers_were_given(new_uow: NewUow, post: Post) -> None:
    spread_once(new_uow, post)
    with new_uow() as uow:
        assert uow.deliveries.waiting(post.id) == {}


def test_readers_are_counted_and_never_listed(new_uow: NewUow, post: Post) -> None:
    assert spread_all(new_uow, post)
    with new_uow() as uow:
        for row in uow.deliveries.lease("one", NOON, NOON + timedelta(seconds=9), 10):
            uow.deliveries.record(row.id, "one", DeliveryState.REFUSED, reason="blocked")
        uow.commit()
        tally = uow.deliveries.tally(post.id)
        assert (tally.problems, tally.readers) == ((), {DeliveryState.REFUSED: len(READERS)})
        assert uow.deliveries.untold(post.id, 10) == []
        assert uow.deliveries.untold_readers(post.id) == tally.readers
        uow.deliveries.readers_told(post.id)
        assert uow.deliveries.untold_readers(post.id) == {}
        assert uow.deliveries.readers_again(post.id, NOON) == 0


def test_an_audience_counts_as_no_recipient(new_uow: NewUow, post: Post) -> None:
    with new_uow() as uow:
        tally = uow.deliveries.tally(post.id)
    assert (tally.counts, tally.coming) == ({}, (NOON,))


def test_versions_are_those_that_somebody_wants_sent(new_uow: NewUow, post: Post) -> None:
    urdu = approved(new_uow, of=draft("subscribers", language="ur", variant_of=post.id))
    cancelled = approved(new_uow, of=draft("subscribers", language="ur", variant_of=post.id))
    with new_uow() as uow:
        act(uow, cancelled.id, attempt(Event.CANCEL, REVIEWER))
        uow.commit()
        assert [each.id for each in uow.posts.versions(post)] == [urdu.id]
        assert [each.id for each in uow.posts.versions(urdu)] == [post.id]


def test_who_got_another_version_gets_no_second(new_uow: NewUow, post: Post) -> None:
    spread_all(new_uow, post)
    urdu = approved(new_uow, of=draft("subscribers", language="ur", variant_of=post.id))
    row = deliveries(new_uow, urdu)[0]
    with new_uow() as uow:
        uow.deliveries.give(row, [str(READERS[0]), "5"], [post.id], NOON)
        uow.commit()
    assert sorted(targets(new_uow, urdu)) == ["5", "subscribers"]


def test_followers_are_counted(new_uow: NewUow) -> None:
    subscribed(new_uow, 1)
    subscribed(new_uow, 2, 3, topics=("water",))
    with new_uow() as uow:
        counts = [uow.subscribers.count(each) for each in ((), ("water",), ("fire", "ice"))]
    assert counts == [3, 3, 1]
