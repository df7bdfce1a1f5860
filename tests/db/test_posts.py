"""Posts in the database, on SQLite and on PostgreSQL."""

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import col, select

from bot.core.ports import NewUow
from bot.core.posting import act, resend
from bot.core.posts import Delivery, DeliveryState, Draft, Event, Post, PostState, Refusal
from db.tables import DeliveryRow, RevisionRow
from tests.db.drafts import (
    HELLO,
    added,
    approved,
    attempt,
    deliveries,
    did,
    draft,
    leased,
    repeating,
)
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, REVIEWER


def got(new_uow: NewUow, post: Post) -> Post:
    with new_uow() as uow:
        found = uow.posts.get(post.id)
    assert found is not None
    return found


def test_a_post_is_born_a_draft(new_uow: NewUow) -> None:
    with new_uow() as uow:
        post = uow.posts.add(AUTHOR, draft(), NOON)
    assert (post.state, post.revision.number, post.approvals) == (PostState.DRAFT, 1, ())
    assert (post.author, post.writers) == (AUTHOR, {AUTHOR})


def test_a_post_comes_back_as_it_was_written(new_uow: NewUow) -> None:
    post = added(new_uow, "@one", "-100")
    assert got(new_uow, post) == post
    assert post.draft == draft("@one", "-100")
    assert post.draft.blocks == HELLO


@pytest.mark.parametrize("of", [draft("@one"), repeating("@one"), draft(due_at=None)], ids=str)
def test_the_fingerprint_survives_the_round_trip(new_uow: NewUow, of: Draft) -> None:
    post = added(new_uow, of=of)
    assert got(new_uow, post).draft.fingerprint == of.fingerprint


def test_a_revision_stays_as_it_was_when_another_is_written(new_uow: NewUow) -> None:
    post = approved(new_uow)
    with new_uow() as uow:
        now = did(uow, post, attempt(Event.EDIT, REVIEWER), draft("@other"))
        uow.commit()
        rows = uow._session.exec(select(RevisionRow).order_by(col(RevisionRow.number)))  # type: ignore[attr-defined]
        kept = [row.to_core().draft.targets for row in rows]
    assert kept == [("@channel",), ("@other",)]
    assert (now.revision.number, now.revision.writer) == (2, REVIEWER)
    assert (now.state, now.approvals, now.writers) == (PostState.DRAFT, (), {AUTHOR, REVIEWER})


def test_an_edit_cancels_what_was_planned_and_approval_plans_it_again(new_uow: NewUow) -> None:
    post = approved(new_uow, "@one", "@two", due_at=NOON + timedelta(hours=1))
    with new_uow() as uow:
        did(uow, post, attempt(Event.EDIT), draft("@two", due_at=NOON + timedelta(hours=1)))
        uow.commit()
    assert {row.state for row in deliveries(new_uow, post)} == {DeliveryState.CANCELLED}
    with new_uow() as uow:
        did(uow, post, attempt(Event.SUBMIT))
        did(uow, post, attempt(Event.APPROVE, REVIEWER))
        uow.commit()
    rows = {row.target: (row.state, row.revision) for row in deliveries(new_uow, post)}
    assert rows == {
        "@one": (DeliveryState.CANCELLED, 1),
        "@two": (DeliveryState.PENDING, 2),
    }


def test_a_post_that_is_not_there_is_none(new_uow: NewUow) -> None:
    with new_uow() as uow:
        assert uow.posts.get(1) is None


def test_the_same_origin_again_is_the_same_post(new_uow: NewUow) -> None:
    for targets in ("@one", "@elsewhere"):
        with new_uow() as uow:
            post = uow.posts.add(AUTHOR, draft(targets), NOON, "telegram:1:2")
            uow.commit()
            assert len(uow.posts.listed([PostState.DRAFT], 10)) == 1
    assert post.draft.targets == ("@one",)


def test_posts_without_an_origin_are_all_kept(new_uow: NewUow) -> None:
    assert added(new_uow).id != added(new_uow).id


def test_what_is_not_committed_is_rolled_back(new_uow: NewUow) -> None:
    with new_uow() as uow:
        post = uow.posts.add(AUTHOR, draft(), NOON)
    with new_uow() as uow:
        assert uow.posts.get(post.id) is None


def test_what_was_begun_before_an_error_is_rolled_back(new_uow: NewUow) -> None:
    with pytest.raises(RuntimeError), new_uow() as uow:
        uow.posts.add(AUTHOR, draft(), NOON)
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
        uow.posts.add(AUTHOR, draft(), naive)


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
    post = got(new_uow, approved(new_uow))
    assert (post.state, post.approvers) == (PostState.SCHEDULED, {REVIEWER})
    assert [each.fingerprint for each in post.approvals] == [post.draft.fingerprint]
    assert post.may_go_out


def test_what_is_refused_leaves_everything_as_it_was(new_uow: NewUow) -> None:
    post = added(new_uow)
    with new_uow() as uow:
        done = act(uow, post.id, attempt(Event.APPROVE, AUTHOR))
        uow.commit()
    assert isinstance(done, Refusal)
    assert got(new_uow, post) == post
    assert deliveries(new_uow, post) == []


def test_a_post_that_is_not_there_is_refused(new_uow: NewUow) -> None:
    with new_uow() as uow:
        assert act(uow, 1, attempt(Event.APPROVE)) == Refusal("post.unknown")


def test_what_comes_back_needs_every_approval_again(new_uow: NewUow) -> None:
    third = "telegram:2003"
    post = added(new_uow, of=draft(type="memorial"))
    with new_uow() as uow:
        post = did(uow, post, attempt(Event.APPROVE, REVIEWER))
        assert (post.state, post.approvers) == (PostState.REVIEW, {REVIEWER})
        post = did(uow, post, attempt(Event.RETURN, third, comment="mend it"))
        assert (post.state, post.reason) == (PostState.DRAFT, "mend it")
        post = did(uow, post, attempt(Event.SUBMIT))
        assert did(uow, post, attempt(Event.APPROVE, third)).state is PostState.REVIEW
        assert did(uow, post, attempt(Event.APPROVE, REVIEWER)).state is PostState.SCHEDULED


def test_each_change_is_noted_in_its_own_transaction(new_uow: NewUow) -> None:
    post = approved(new_uow)
    with new_uow() as uow:
        did(uow, post, attempt(Event.CANCEL, REVIEWER, comment="stop"))
    with new_uow() as uow:
        noted = [(each.what, each.person) for each in uow.audit.page(f"post {post.id}", 0, 9)]
    assert noted == [("post.approved", REVIEWER), ("post.submitted", AUTHOR)]


def test_the_latest_posts_of_a_state_are_listed_first(new_uow: NewUow) -> None:
    first, second, third = (added(new_uow) for _ in range(3))
    with new_uow() as uow:
        did(uow, second, attempt(Event.RETURN, REVIEWER, comment="mend it"))
        found = uow.posts.listed([PostState.REVIEW], 10)
        assert [post.id for post in found] == [third.id, first.id]
        assert [post.id for post in uow.posts.listed(list(PostState), 2)] == [third.id, second.id]


def test_posts_made_from_a_record_are_found_by_their_current_revision(new_uow: NewUow) -> None:
    changed, kept = approved(new_uow), approved(new_uow)
    with new_uow() as uow:
        post = did(uow, changed, attempt(Event.EDIT), draft(record_id="isis-k"))
        did(uow, post, attempt(Event.SUBMIT))
        assert [each.id for each in uow.posts.using(["sehwan-2017"])] == [kept.id]
        assert [each.id for each in uow.posts.using(["isis-k", "x"])] == [changed.id]


def test_paused_and_resumed_it_goes_out_once(new_uow: NewUow) -> None:
    post = approved(new_uow, due_at=NOON + timedelta(minutes=5))
    for event, state in (
        (Event.PAUSE, DeliveryState.CANCELLED),
        (Event.RESUME, DeliveryState.PENDING),
    ):
        with new_uow() as uow:
            did(uow, post, attempt(event))
            uow.commit()
        assert [row.state for row in deliveries(new_uow, post)] == [state]


def test_cancelling_leaves_alone_what_has_begun(new_uow: NewUow) -> None:
    post = approved(new_uow, "@begun", "@leased", "@waiting")
    first, _ = leased(new_uow, limit=2)
    with new_uow() as uow:
        assert uow.deliveries.begin(first.id, "one", NOON, NOON)
        did(uow, post, attempt(Event.CANCEL, comment="stop"))
        uow.commit()
    states = [row.state for row in deliveries(new_uow, post)]
    assert states == [DeliveryState.SENDING, DeliveryState.CANCELLED, DeliveryState.CANCELLED]
    with new_uow() as uow:
        assert uow.deliveries.record(first.id, "one", DeliveryState.SENT, message_id=7)


def test_a_post_is_over_when_no_row_is_open(new_uow: NewUow) -> None:
    post, other = approved(new_uow, "@one", "@two"), approved(new_uow, "@three")
    rows = leased(new_uow, limit=2)
    with new_uow() as uow:
        assert uow.posts.over(NOON, 9) == []
        uow.deliveries.record(rows[0].id, "one", DeliveryState.SENT)
        assert uow.posts.over(NOON, 9) == []
        uow.deliveries.record(rows[1].id, "one", DeliveryState.REFUSED, reason="no such chat")
        assert [each.id for each in uow.posts.over(NOON, 9)] == [post.id]
        did(uow, post, attempt(Event.FAIL, None))
        assert uow.posts.over(NOON, 9) == []
    assert other.state is PostState.SCHEDULED


def test_what_went_wrong_can_be_sent_again_and_nothing_else(new_uow: NewUow) -> None:
    post = approved(new_uow, "@one", "@two")
    one, two = leased(new_uow)
    with new_uow() as uow:
        uow.deliveries.record(one.id, "one", DeliveryState.UNKNOWN, reason="look")
        uow.deliveries.record(two.id, "one", DeliveryState.SENT)
        did(uow, post, attempt(Event.FAIL, None))
        rows = uow.deliveries.of(post.id)
        again = attempt(Event.RETRY, REVIEWER, NOON + timedelta(hours=3))
        done = resend(uow, rows[0], again)
        assert not isinstance(done, Refusal)
        assert done.state is PostState.SCHEDULED
        for row in rows:  # the first of them somebody else sent again meanwhile
            over = resend(uow, row, again)
            assert isinstance(over, Refusal)
            assert over == Refusal("resend.over", {"id": post.id, "state": PostState.SCHEDULED})
        uow.commit()
    states = {row.target: row.state for row in deliveries(new_uow, post)}
    assert states == {"@one": DeliveryState.PENDING, "@two": DeliveryState.SENT}


def test_problems_are_untold_until_they_are_told(new_uow: NewUow) -> None:
    post = approved(new_uow, "@one", "@two", of=repeating("@one", "@two"), now=NOON)
    one, two = leased_at(new_uow, NOON + timedelta(days=1))
    with new_uow() as uow:
        uow.deliveries.record(one.id, "one", DeliveryState.REFUSED, reason="no")
        assert uow.deliveries.troubled(9) == []  # the other is still on its way
        uow.deliveries.record(two.id, "one", DeliveryState.SENT)
        assert uow.deliveries.troubled(9) == [post.id]
        untold = uow.deliveries.untold(post.id, 9)
        assert [each.target for each in untold] == ["@one"]
        uow.deliveries.told(untold)
        assert uow.deliveries.troubled(9) == uow.deliveries.untold(post.id, 9) == []


def leased_at(new_uow: NewUow, now: datetime) -> list[Delivery]:
    with new_uow() as uow:
        found = uow.deliveries.lease("one", now, now + timedelta(minutes=1), 10)
        uow.commit()
    return found


def test_a_target_has_one_row_for_each_occurrence(new_uow: NewUow) -> None:
    post = approved(new_uow, "@one")
    [row] = deliveries(new_uow, post)
    twice = DeliveryRow(
        post_id=post.id,
        occurrence=row.occurrence,
        target="@one",
        revision=2,
        due_at=NOON + timedelta(days=1),
        not_before=NOON,
        state=DeliveryState.PENDING,
    )
    with pytest.raises(IntegrityError), new_uow() as uow:
        session = uow._session  # type: ignore[attr-defined]
        session.add(twice)
        session.flush()


def test_a_row_without_its_post_is_refused(new_uow: NewUow) -> None:
    orphan = DeliveryRow(
        post_id=4711,
        occurrence="now",
        target="@one",
        revision=1,
        due_at=NOON,
        not_before=NOON,
        state=DeliveryState.PENDING,
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
        post = approved(new_uow, *targets, due_at=due_at)
        with new_uow() as uow:
            for row in uow.deliveries.lease("one", NOON, NOON + day, 10):
                uow.deliveries.begin(row.id, "one", NOON, NOON + day)
                uow.deliveries.record(row.id, "one", DeliveryState.SENT, message_id=number)
            uow.posts.move(post, PostState.SENT, "", None)
            uow.commit()
    approved(new_uow, "@scheduled")
    with new_uow(reading=True) as uow:
        second, old = uow.posts.get(2), uow.posts.get(4)
        assert uow.posts.public_between(NOON, NOON + day) == second
        assert uow.posts.public_between(NOON - day, NOON) == old
        assert uow.posts.public_between(NOON + timedelta(seconds=1), NOON + day) is None


def test_an_earlier_revision_is_found_by_its_number(new_uow: NewUow) -> None:
    post = added(new_uow)
    with new_uow() as uow:
        did(uow, post, attempt(Event.EDIT), draft("@other"))
        uow.commit()
    with new_uow() as uow:
        first, second = (uow.posts.revision(post.id, number) for number in (1, 2))
        assert first == post.revision
        assert second is not None and second.draft.targets == ("@other",)
        assert uow.posts.revision(post.id, 3) is None


def test_what_was_skipped_is_dropped_one_time_at_a_time(new_uow: NewUow) -> None:
    post = approved(new_uow, of=repeating("@one", "@two", when="daily 17:30 x1"), now=NOON)
    with new_uow() as uow:
        uow.deliveries.plan(post, "another time", NOON)
        until = NOON + timedelta(days=9)
        for row in uow.deliveries.lease("one", NOON + timedelta(days=1), until, 10):
            sent = (row.target, row.occurrence) == ("@two", "another time")
            end = DeliveryState.SENT if sent else DeliveryState.SKIPPED
            uow.deliveries.record(row.id, "one", end, reason="late")
        uow.commit()
    rows = deliveries(new_uow, post)
    one, *_ = (row for row in rows if row.occurrence != "another time")
    with new_uow() as uow:
        missed = uow.deliveries.skipped_with(post.id, one.id)
        assert sorted(row.target for row in missed) == ["@one", "@two"]
        assert uow.deliveries.skipped_with(post.id + 1, one.id) == []
        uow.deliveries.drop(rows, "dropped")
        uow.commit()
    ends = {str(row.state): row.reason for row in deliveries(new_uow, post)}
    assert ends == {"cancelled": "dropped", "sent": "late"}
    with new_uow() as uow:
        assert uow.deliveries.untold(post.id, 10) == []
