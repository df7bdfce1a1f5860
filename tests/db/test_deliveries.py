"""The rows that every target has: who takes one, and what becomes of it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from bot.core.ports import NewUow
from bot.core.posts import Delivery, DeliveryState
from tests.db.drafts import added, approved, deliveries, leased, repeating
from tests.fakes.clock import NOON

LATER = NOON + timedelta(seconds=31)
ROWS, BATCH = 240, 7
LEASE = timedelta(seconds=30)


def states(new_uow: NewUow) -> Counter[DeliveryState]:
    with new_uow() as uow:
        return Counter(uow.deliveries.tally(1).counts)


def begin(new_uow: NewUow, row: Delivery, owner: str = "one", now: datetime = NOON) -> bool:
    with new_uow() as uow:
        begun = uow.deliveries.begin(row.id, owner, now, now + LEASE)
        uow.commit()
    return begun


def test_due_rows_are_leased_oldest_first(new_uow: NewUow) -> None:
    approved(new_uow, "@second", due_at=NOON)
    approved(new_uow, "@first", due_at=NOON - timedelta(minutes=1))
    approved(new_uow, "@later", due_at=NOON + timedelta(seconds=1))
    assert [row.target for row in leased(new_uow)] == ["@first", "@second"]


def test_a_lease_takes_no_more_than_its_limit(new_uow: NewUow) -> None:
    approved(new_uow, "@one", "@two", "@three")
    assert len(leased(new_uow, limit=2)) == 2


def test_leased_rows_are_passed_over(new_uow: NewUow) -> None:
    approved(new_uow, "@one", "@two")
    assert [row.target for row in leased(new_uow, "one", limit=1)] == ["@one"]
    assert [row.target for row in leased(new_uow, "two")] == ["@two"]
    assert leased(new_uow, "three") == []


def test_a_lease_that_is_rolled_back_is_free_again(new_uow: NewUow) -> None:
    approved(new_uow)
    with new_uow() as uow:
        assert uow.deliveries.lease("one", NOON, LATER, 10)
    assert len(leased(new_uow, "two")) == 1


def test_workers_in_threads_never_take_the_same_row(new_uow: NewUow) -> None:
    approved(new_uow, *(f"@channel_{number}" for number in range(ROWS)))

    def work(owner: str) -> list[int]:
        taken: list[int] = []
        while rows := leased(new_uow, owner, BATCH):
            for row in rows:
                assert begin(new_uow, row, owner)
            taken += [row.id for row in rows]
        return taken

    with ThreadPoolExecutor(2) as threads:
        one, two = threads.map(work, ["one", "two"])
    assert len(one + two) == len({*one, *two}) == ROWS
    assert states(new_uow) == {DeliveryState.SENDING: ROWS}


def test_only_the_owner_of_a_lease_may_begin(new_uow: NewUow) -> None:
    approved(new_uow)
    [row] = leased(new_uow, "one")
    assert not begin(new_uow, row, "two")
    assert begin(new_uow, row, "one")


def test_nobody_may_begin_twice(new_uow: NewUow) -> None:
    approved(new_uow)
    [row] = leased(new_uow)
    assert begin(new_uow, row)
    assert not begin(new_uow, row)


def test_nobody_may_begin_when_the_lease_ran_out(new_uow: NewUow) -> None:
    approved(new_uow)
    [row] = leased(new_uow)
    assert not begin(new_uow, row, now=NOON + timedelta(seconds=30))
    assert not begin(new_uow, row, now=NOON + timedelta(hours=1))
    assert begin(new_uow, row, now=NOON + timedelta(seconds=29))


def test_the_owner_records_how_it_ended(new_uow: NewUow) -> None:
    post = approved(new_uow)
    [row] = leased(new_uow)
    begin(new_uow, row)
    with new_uow() as uow:
        assert uow.deliveries.record(row.id, "one", DeliveryState.SENT, message_id=2**40)
        uow.commit()
    [found] = deliveries(new_uow, post)
    assert (found.state, found.message_id) == (DeliveryState.SENT, 2**40)


def test_another_cannot_record(new_uow: NewUow) -> None:
    post = approved(new_uow)
    [row] = leased(new_uow)
    with new_uow() as uow:
        assert not uow.deliveries.record(row.id, "two", DeliveryState.SENT)
        uow.commit()
    assert deliveries(new_uow, post)[0].state is DeliveryState.LEASED


def test_what_is_recorded_stays(new_uow: NewUow) -> None:
    approved(new_uow)
    [row] = leased(new_uow)
    with new_uow() as uow:
        assert uow.deliveries.record(row.id, "one", DeliveryState.REFUSED, reason="blocked")
        assert not uow.deliveries.record(row.id, "one", DeliveryState.SENT)


def test_a_late_worker_cannot_record_over_the_next_one(new_uow: NewUow) -> None:
    post = approved(new_uow)
    [row] = leased(new_uow, "one")
    with new_uow() as uow:
        uow.deliveries.expire(LATER)
        assert uow.deliveries.lease("two", LATER, LATER + timedelta(seconds=30), 1)
        assert not uow.deliveries.record(row.id, "one", DeliveryState.SENT)
        uow.commit()
    assert deliveries(new_uow, post)[0].state is DeliveryState.LEASED


def test_a_row_put_back_waits_until_its_time(new_uow: NewUow) -> None:
    approved(new_uow)
    [row] = leased(new_uow)
    with new_uow() as uow:
        assert uow.deliveries.record(row.id, "one", DeliveryState.PENDING, not_before=LATER)
        uow.commit()
        assert uow.deliveries.next_due() == LATER
        assert uow.deliveries.lease("one", NOON, LATER, 1) == []
        assert len(uow.deliveries.lease("one", LATER, LATER, 1)) == 1


def test_a_row_put_back_keeps_the_time_it_was_meant_for(new_uow: NewUow) -> None:
    post = approved(new_uow)
    [row] = leased(new_uow)
    with new_uow() as uow:
        uow.deliveries.record(row.id, "one", DeliveryState.PENDING, not_before=LATER)
        uow.commit()
    assert deliveries(new_uow, post)[0].due_at == NOON


@pytest.mark.parametrize("end", ["expire", "abandon"])
def test_leases_that_end_wait_again_or_are_unknown(new_uow: NewUow, end: str) -> None:
    post = approved(new_uow, "@leased", "@sending", "@waiting")
    begin(new_uow, leased(new_uow, limit=2)[1])
    with new_uow() as uow:
        ended = uow.deliveries.expire(LATER) if end == "expire" else uow.deliveries.abandon()
        uow.commit()
    rows = {row.target: row for row in deliveries(new_uow, post)}
    assert ended == 2
    assert rows["@leased"].state is rows["@waiting"].state is DeliveryState.PENDING
    assert rows["@sending"].state is DeliveryState.UNKNOWN
    assert "look in the chat" in rows["@sending"].reason


def test_leases_that_hold_are_not_expired(new_uow: NewUow) -> None:
    approved(new_uow, "@leased", "@sending")
    begin(new_uow, leased(new_uow)[1])
    with new_uow() as uow:
        assert uow.deliveries.expire(NOON + timedelta(seconds=29)) == 0
    assert states(new_uow) == {DeliveryState.LEASED: 1, DeliveryState.SENDING: 1}


def test_an_unknown_row_is_never_leased_again(new_uow: NewUow) -> None:
    approved(new_uow)
    begin(new_uow, leased(new_uow)[0])
    with new_uow() as uow:
        uow.deliveries.abandon()
        uow.commit()
    assert leased(new_uow) == []


def test_the_next_due_row_is_the_earliest_that_waits(new_uow: NewUow) -> None:
    with new_uow() as uow:
        assert uow.deliveries.next_due() is None
    approved(new_uow, due_at=LATER)
    approved(new_uow, due_at=NOON)
    with new_uow() as uow:
        assert uow.deliveries.next_due() == NOON
    leased(new_uow)
    with new_uow() as uow:
        assert uow.deliveries.next_due() == LATER


def test_counts_are_by_state_and_of_one_post(new_uow: NewUow) -> None:
    post = approved(new_uow, "@one", "@two", "@three")
    approved(new_uow, "@other")
    leased(new_uow, limit=1)
    with new_uow() as uow:
        counted = uow.deliveries.tally(post.id).counts
    assert counted == {DeliveryState.LEASED: 1, DeliveryState.PENDING: 2}


def test_what_lies_around_a_time_in_some_channels(new_uow: NewUow) -> None:
    hour = timedelta(hours=1)
    near = approved(new_uow, "@one", "@two", due_at=NOON)
    approved(new_uow, "@one", due_at=NOON + 2 * hour)
    approved(new_uow, "@three", due_at=NOON)
    cancelled = approved(new_uow, "@one", due_at=NOON)
    with new_uow() as uow:
        uow.deliveries.cancel(cancelled.id, "not wanted")
        uow.commit()
    with new_uow() as uow:
        found = uow.deliveries.around(["@one", "@two"], NOON - hour, NOON + hour)
        [post] = uow.posts.several([near.id, 999])
    assert {(row.post_id, row.target, row.due_at) for row in found} == {
        (near.id, "@one", NOON),
        (near.id, "@two", NOON),
    }
    assert {row.revision for row in found} == {post.revision.number}


def test_series_and_campaigns_are_found_while_they_go_on(new_uow: NewUow) -> None:
    daily = approved(new_uow, of=repeating(campaign="baat-karo", seq=1))
    approved(new_uow)
    waiting = added(new_uow, of=repeating(campaign="baat-karo", seq=2))
    with new_uow() as uow:
        assert [each.id for each in uow.posts.going_on()] == [daily.id]
        told = {(each.id, each.revision.number) for each in (waiting, daily)}
        assert uow.posts.told_in_campaign("baat-karo") == told
