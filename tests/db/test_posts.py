"""Posts in the database, on SQLite and on PostgreSQL."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError, StatementError

from bot.core.ports import NewUow
from bot.core.posts import DeliveryState, PostState
from db.tables import DeliveryRow
from tests.db.drafts import HELLO, added, approved, deliveries, draft, leased
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, REVIEWER


def test_a_post_is_born_in_review(new_uow: NewUow) -> None:
    assert added(new_uow).state is PostState.REVIEW


def test_a_post_comes_back_as_it_was_written(new_uow: NewUow) -> None:
    post = added(new_uow, "@one", "-100")
    with new_uow() as uow:
        found = uow.posts.get(post.id)
    assert found is not None
    assert found.draft == draft("@one", "-100")
    assert found.draft.blocks == HELLO


def test_the_fingerprint_survives_the_round_trip(new_uow: NewUow) -> None:
    post = added(new_uow, "@one", "-100")
    with new_uow() as uow:
        found = uow.posts.get(post.id)
    assert found is not None
    assert found.draft.fingerprint == draft("@one", "-100").fingerprint


def test_the_fingerprint_of_another_zones_time_survives_too(new_uow: NewUow) -> None:
    karachi = NOON.astimezone(timezone(timedelta(hours=5)))
    post = added(new_uow, due_at=karachi)
    with new_uow() as uow:
        found = uow.posts.get(post.id)
        assert found is not None
        assert uow.posts.approve(post.id, REVIEWER, found.draft.fingerprint, NOON)
    assert found.draft.fingerprint == draft(due_at=karachi).fingerprint


def test_a_post_that_is_not_there_is_none(new_uow: NewUow) -> None:
    with new_uow() as uow:
        assert uow.posts.get(1) is None


def test_the_same_origin_again_is_the_same_post(new_uow: NewUow) -> None:
    with new_uow() as uow:
        first = uow.posts.add(draft(origin="telegram:1:2"), NOON)
        uow.commit()
    with new_uow() as uow:
        again = uow.posts.add(draft("@elsewhere", origin="telegram:1:2"), NOON)
        uow.commit()
        assert len(uow.posts.listed([PostState.REVIEW], 10)) == 1
    assert again == first


def test_posts_without_an_origin_are_all_kept(new_uow: NewUow) -> None:
    assert added(new_uow).id != added(new_uow).id


def test_what_is_not_committed_is_rolled_back(new_uow: NewUow) -> None:
    with new_uow() as uow:
        post = uow.posts.add(draft(), NOON)
    with new_uow() as uow:
        assert uow.posts.get(post.id) is None


def test_what_was_begun_before_an_error_is_rolled_back(new_uow: NewUow) -> None:
    with pytest.raises(RuntimeError), new_uow() as uow:
        uow.posts.add(draft(), NOON)
        raise RuntimeError
    with new_uow() as uow:
        assert uow.posts.listed(list(PostState), 10) == []


def test_times_come_back_aware_and_in_utc(new_uow: NewUow) -> None:
    post = approved(new_uow, due_at=NOON.astimezone(timezone(timedelta(hours=5))))
    [delivery] = deliveries(new_uow, post)
    for moment in (post.draft.due_at, post.created_at, delivery.due_at):
        assert moment is not None
        assert moment.utcoffset() == timedelta()
    assert post.draft.due_at == delivery.due_at == NOON


def test_a_naive_time_is_refused(new_uow: NewUow) -> None:
    naive = datetime(2026, 11, 30, 12)  # noqa: DTZ001  # what is refused
    with pytest.raises((StatementError, ValueError)), new_uow() as uow:
        uow.posts.add(draft(due_at=naive), NOON)


def test_approval_makes_a_row_for_each_target_at_its_time(new_uow: NewUow) -> None:
    post = approved(new_uow, "@one", "@two", due_at=NOON + timedelta(hours=1))
    rows = deliveries(new_uow, post)
    assert [row.target for row in rows] == ["@one", "@two"]
    assert {row.due_at for row in rows} == {NOON + timedelta(hours=1)}
    assert {row.state for row in rows} == {DeliveryState.PENDING}


def test_a_post_without_a_time_is_due_when_it_is_approved(new_uow: NewUow) -> None:
    [row] = deliveries(new_uow, approved(new_uow, due_at=None))
    assert row.due_at == NOON


def test_approval_notes_who_and_what(new_uow: NewUow) -> None:
    post = approved(new_uow)
    assert (post.state, post.approver) == (PostState.SCHEDULED, REVIEWER)
    assert post.approved == post.draft.fingerprint
    assert post.may_go_out


@pytest.mark.parametrize("by", [AUTHOR, REVIEWER])
def test_approval_refuses_the_author_alone(new_uow: NewUow, by: str) -> None:
    post = added(new_uow)
    with new_uow() as uow:
        done = uow.posts.approve(post.id, by, post.draft.fingerprint, NOON)
        uow.commit()
    assert done is (by != AUTHOR)
    assert bool(deliveries(new_uow, post)) is (by != AUTHOR)


def test_approval_refuses_what_is_not_the_version_seen(new_uow: NewUow) -> None:
    post = added(new_uow)
    with new_uow() as uow:
        assert not uow.posts.approve(post.id, REVIEWER, draft("@other").fingerprint, NOON)
        uow.commit()
    assert deliveries(new_uow, post) == []


def test_approval_refuses_a_second_time(new_uow: NewUow) -> None:
    post = approved(new_uow)
    with new_uow() as uow:
        assert not uow.posts.approve(post.id, "telegram:2003", post.draft.fingerprint, NOON)
        uow.commit()
    assert len(deliveries(new_uow, post)) == 1


def test_approval_refuses_a_post_that_is_not_there(new_uow: NewUow) -> None:
    with new_uow() as uow:
        assert not uow.posts.approve(1, REVIEWER, draft().fingerprint, NOON)


def test_a_move_takes_place_from_its_first_state_alone(new_uow: NewUow) -> None:
    post = added(new_uow)
    with new_uow() as uow:
        assert uow.posts.move(post.id, PostState.REVIEW, PostState.DRAFT, "mend it")
        assert not uow.posts.move(post.id, PostState.REVIEW, PostState.SCHEDULED)
        found = uow.posts.get(post.id)
    assert found is not None
    assert (found.state, found.reason) == (PostState.DRAFT, "mend it")


def test_the_latest_posts_of_a_state_are_listed_first(new_uow: NewUow) -> None:
    first, second, third = (added(new_uow).id for _ in range(3))
    with new_uow() as uow:
        uow.posts.move(second, PostState.REVIEW, PostState.DRAFT)
        assert [post.id for post in uow.posts.listed([PostState.REVIEW], 10)] == [third, first]
        assert [post.id for post in uow.posts.listed(list(PostState), 2)] == [third, second]


@pytest.mark.parametrize("state", [PostState.DRAFT, PostState.REVIEW, PostState.SCHEDULED])
def test_a_post_that_is_not_over_can_be_cancelled(new_uow: NewUow, state: PostState) -> None:
    post = added(new_uow)
    with new_uow() as uow:
        uow.posts.move(post.id, PostState.REVIEW, state)
        assert uow.posts.cancel(post.id, "no longer wanted")
        found = uow.posts.get(post.id)
    assert found is not None
    assert (found.state, found.reason) == (PostState.CANCELLED, "no longer wanted")


@pytest.mark.parametrize("state", [PostState.SENT, PostState.FAILED, PostState.CANCELLED])
def test_a_post_that_is_over_cannot_be_cancelled(new_uow: NewUow, state: PostState) -> None:
    post = added(new_uow)
    with new_uow() as uow:
        uow.posts.move(post.id, PostState.REVIEW, state)
        assert not uow.posts.cancel(post.id, "too late")


def test_cancelling_leaves_alone_what_has_begun(new_uow: NewUow) -> None:
    post = approved(new_uow, "@begun", "@leased", "@waiting")
    first, _ = leased(new_uow, limit=2)
    with new_uow() as uow:
        assert uow.deliveries.begin(first.id, "one", NOON, NOON)
        assert uow.posts.cancel(post.id, "stop")
        uow.commit()
    states = [row.state for row in deliveries(new_uow, post)]
    assert states == [DeliveryState.SENDING, DeliveryState.CANCELLED, DeliveryState.CANCELLED]
    with new_uow() as uow:
        assert uow.deliveries.record(first.id, "one", DeliveryState.SENT, message_id=7)


def test_a_post_is_over_when_no_row_is_open(new_uow: NewUow) -> None:
    post, other = approved(new_uow, "@one", "@two"), approved(new_uow, "@three")
    rows = leased(new_uow, limit=2)
    with new_uow() as uow:
        assert uow.posts.over() == []
        uow.deliveries.record(rows[0].id, "one", DeliveryState.SENT)
        assert uow.posts.over() == []
        uow.deliveries.record(rows[1].id, "one", DeliveryState.REFUSED, reason="no such chat")
        assert [each.id for each in uow.posts.over()] == [post.id]
        uow.posts.move(post.id, PostState.SCHEDULED, PostState.FAILED)
        assert uow.posts.over() == []
    assert other.state is PostState.SCHEDULED


def test_a_target_has_one_row_for_each_time(new_uow: NewUow) -> None:
    post = approved(new_uow, "@one")
    twice = DeliveryRow(
        post_id=post.id, target="@one", due_at=NOON, not_before=NOON, state=DeliveryState.PENDING
    )
    with pytest.raises(IntegrityError), new_uow() as uow:
        session = uow._session  # type: ignore[attr-defined]
        session.add(twice)
        session.flush()


def test_a_row_without_its_post_is_refused(new_uow: NewUow) -> None:
    orphan = DeliveryRow(
        post_id=4711, target="@one", due_at=NOON, not_before=NOON, state=DeliveryState.PENDING
    )
    with pytest.raises(IntegrityError), new_uow() as uow:
        session = uow._session  # type: ignore[attr-defined]
        session.add(orphan)
        session.flush()


def test_the_latest_post_that_went_to_a_public_channel_in_a_span(new_uow: NewUow) -> None:
    day = timedelta(days=1)
    for number, (targets, due_at) in enumerate(
        [(("@one",), NOON), (("@two", "-100"), NOON), (("-100",), NOON), (("@old",), NOON - day)], 1
    ):
        approved(new_uow, *targets, due_at=due_at)
        with new_uow() as uow:
            for row in uow.deliveries.lease("one", NOON, NOON + day, 10):
                uow.deliveries.begin(row.id, "one", NOON, NOON + day)
                uow.deliveries.record(row.id, "one", DeliveryState.SENT, message_id=number)
            uow.posts.move(number, PostState.SCHEDULED, PostState.SENT)
            uow.commit()
    approved(new_uow, "@scheduled")
    with new_uow(reading=True) as uow:
        second, old = uow.posts.get(2), uow.posts.get(4)
        assert uow.posts.public_between(NOON, NOON + day) == second
        assert uow.posts.public_between(NOON - day, NOON) == old
        assert uow.posts.public_between(NOON + timedelta(seconds=1), NOON + day) is None
