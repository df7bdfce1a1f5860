"""The hold in the database."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.core.holds import Held, Hold, Queued, Release
from bot.core.ports import NewUow
from bot.core.posts import Event
from tests.db.drafts import added, approved, attempt, did, draft, leased
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, REVIEWER


def active(new_uow: NewUow) -> Hold | None:
    with new_uow() as uow:
        return uow.holds.active()


def placed(new_uow: NewUow, person: str | None, reason: str) -> bool:
    with new_uow() as uow:
        done = uow.holds.place(person, reason, NOON)
        uow.commit()
    return done


def test_a_hold_is_in_force_until_it_is_lifted(new_uow: NewUow) -> None:
    assert active(new_uow) is None
    assert placed(new_uow, AUTHOR, "rumour")
    assert active(new_uow) == Hold((Held(1, AUTHOR, "rumour", NOON),))
    with new_uow() as uow:
        assert uow.holds.lift(1, NOON)
        assert not uow.holds.lift(1, NOON)
        uow.commit()
    assert active(new_uow) is None


def test_holds_join_and_the_same_one_again_changes_nothing(new_uow: NewUow) -> None:
    assert placed(new_uow, AUTHOR, "rumour")
    assert not placed(new_uow, AUTHOR, "rumour")
    assert placed(new_uow, REVIEWER, "rumour")
    assert placed(new_uow, None, "restored")
    hold = active(new_uow)
    assert hold is not None
    assert [each.person for each in hold.calls] == [AUTHOR, REVIEWER, None]
    assert hold.number == 3


@pytest.mark.parametrize("number", [0, 1, 3])
def test_only_the_latest_number_lifts_a_hold(new_uow: NewUow, number: int) -> None:
    placed(new_uow, AUTHOR, "rumour")
    placed(new_uow, REVIEWER, "rumour")
    with new_uow() as uow:
        assert not uow.holds.lift(number, NOON)
    with new_uow() as uow:
        assert uow.holds.lift(2, NOON)
        uow.commit()
    assert active(new_uow) is None
    assert placed(new_uow, AUTHOR, "rumour")
    assert (found := active(new_uow)) is not None
    assert found.number == 3


def test_a_request_to_lift_is_kept_with_who_saw_the_queue(new_uow: NewUow) -> None:
    placed(new_uow, AUTHOR, "rumour")
    first = Release(1, AUTHOR, "a" * 64, (AUTHOR, REVIEWER))
    second = Release(1, REVIEWER, "b" * 64, (REVIEWER,))
    with new_uow() as uow:
        assert uow.holds.asked(1) is None
        uow.holds.ask(first)
        assert uow.holds.asked(1) == first
        uow.holds.ask(second)
        uow.commit()
    with new_uow() as uow:
        assert uow.holds.asked(1) == second
        assert uow.holds.asked(2) is None


def test_a_revision_is_let_through_one_hold_and_not_the_next(new_uow: NewUow) -> None:
    post, other = added(new_uow), added(new_uow)
    with new_uow() as uow:
        assert uow.holds.allows(post.id)
    placed(new_uow, AUTHOR, "rumour")
    with new_uow() as uow:
        uow.holds.exempt(post, 1, REVIEWER)
        assert uow.holds.allows(post.id)
        assert not uow.holds.allows(other.id)
        uow.commit()
    placed(new_uow, REVIEWER, "worse")
    with new_uow() as uow:
        assert not uow.holds.allows(post.id)
        uow.holds.exempt(post, 2, REVIEWER)
        assert uow.holds.allows(post.id)
        did(uow, post, attempt(Event.EDIT), draft("@another"))
        assert not uow.holds.allows(post.id)


def test_what_waits_is_told_by_post_and_time(new_uow: NewUow) -> None:
    later = approved(new_uow, "@one", "@two", due_at=NOON + timedelta(hours=2))
    sooner = approved(new_uow, due_at=NOON)
    approved(new_uow, due_at=NOON + timedelta(hours=30))
    added(new_uow, due_at=NOON)
    leased(new_uow)
    with new_uow() as uow:
        assert uow.holds.waiting(NOON + timedelta(hours=24)) == [
            Queued(sooner.id, 1, NOON, 1),
            Queued(later.id, 1, NOON + timedelta(hours=2), 2),
        ]


def test_what_has_begun_waits_no_more(new_uow: NewUow) -> None:
    approved(new_uow, due_at=NOON)
    [row] = leased(new_uow)
    with new_uow() as uow:
        assert uow.deliveries.begin(row.id, "one", NOON, NOON + timedelta(seconds=30))
        assert uow.holds.waiting(NOON) == []


def test_many_holds_at_once_are_one(new_uow: NewUow) -> None:
    with ThreadPoolExecutor(6) as threads:
        done = list(threads.map(lambda _: placed(new_uow, AUTHOR, "rumour"), range(12)))
    assert done.count(True) == 1
    assert (hold := active(new_uow)) is not None
    assert len(hold.calls) == 1


def test_a_hold_waits_for_what_found_none_and_is_seen_by_what_comes_after(new_uow: NewUow) -> None:
    """So that no send is begun after the hold was acknowledged."""
    steps: list[str] = []
    looked = threading.Event()

    def send() -> None:
        with new_uow() as uow:
            assert uow.holds.active() is None
            looked.set()
            threading.Event().wait(0.3)
            steps.append("begun")
            uow.commit()

    sending = threading.Thread(target=send)
    sending.start()
    looked.wait()
    placed(new_uow, AUTHOR, "rumour")
    steps.append("held")
    sending.join()
    assert steps == ["begun", "held"]
    assert active(new_uow) is not None


def test_two_may_look_at_once(new_uow: NewUow) -> None:
    placed(new_uow, AUTHOR, "rumour")
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: active(new_uow), range(20)))
    assert all(found)
    assert found[0] is not None
    assert found[0].calls[0].at == NOON
