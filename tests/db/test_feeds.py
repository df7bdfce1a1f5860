"""Addresses of calendars, and what a calendar asks of posts and deliveries."""

from dataclasses import replace
from datetime import timedelta

from bot.commands.agenda import agenda_behind
from bot.commands.desk import Desk
from bot.core.feeds import hash_of
from bot.core.ports import NewUow
from bot.core.posts import NOW, DeliveryState, PostState
from tests.db.drafts import approved, draft, leased, repeating
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, REVIEWER

LATER = NOON + timedelta(hours=1)


def test_a_person_has_one_address_and_a_new_one_ends_the_old(new_uow: NewUow) -> None:
    with new_uow() as uow:
        uow.feeds.give(AUTHOR, "old", NOON)
        uow.feeds.give(REVIEWER, "theirs", NOON)
        uow.feeds.give(AUTHOR, "new", LATER)
        uow.commit()
    with new_uow() as uow:
        assert uow.feeds.owner_of("old") is None
        assert uow.feeds.owner_of("new") == AUTHOR
        assert uow.feeds.owner_of("theirs") == REVIEWER
        assert uow.feeds.made_at(AUTHOR) == LATER


def test_an_address_that_was_removed_is_nobodys(new_uow: NewUow) -> None:
    with new_uow() as uow:
        uow.feeds.give(AUTHOR, "one", NOON)
        uow.commit()
    with new_uow() as uow:
        assert uow.feeds.remove(AUTHOR)
        assert not uow.feeds.remove(AUTHOR)
        uow.commit()
    with new_uow() as uow:
        assert uow.feeds.owner_of("one") is None
        assert uow.feeds.made_at(AUTHOR) is None


def test_the_soonest_posts_come_first(new_uow: NewUow) -> None:
    last = approved(new_uow, due_at=NOON + timedelta(days=9))
    first = approved(new_uow, due_at=NOON + timedelta(hours=2))
    again = approved(new_uow, of=repeating(when="daily 18:00"))
    with new_uow() as uow:
        assert [each.id for each in uow.posts.soonest(10)] == [first.id, again.id, last.id]
        assert [each.id for each in uow.posts.soonest(1)] == [first.id]
        assert {each.state for each in uow.posts.soonest(10)} == {PostState.SCHEDULED}


def test_what_went_out_is_known_by_any_target_that_it_reached(new_uow: NewUow) -> None:
    at_once = approved(new_uow, "@one", "@two", of=draft("@one", "@two", due_at=None))
    due = approved(new_uow, "@one", due_at=NOON)
    for delivery in leased(new_uow):
        reached = delivery.post_id == at_once.id and delivery.target == "@two"
        state = DeliveryState.SENT if reached else DeliveryState.REFUSED
        with new_uow() as uow:
            assert uow.deliveries.record(delivery.id, "one", state)
            uow.commit()
    key = "2026-11-30 17:00"
    asked = [(at_once.id, NOW), (due.id, key), (due.id, NOW), (99, NOW)]
    with new_uow() as uow:
        assert uow.deliveries.went_out(asked) == {(at_once.id, NOW): NOON}
        assert uow.deliveries.went_out([]) == {}
        assert uow.deliveries.went_out(asked * 120) == {(at_once.id, NOW): NOON}


def test_a_calendar_is_read_in_a_transaction_that_changes_nothing(
    desk: Desk, new_uow: NewUow
) -> None:
    approved(new_uow, of=repeating(when="mon 18:00"))
    sent = approved(new_uow, of=draft("@one", due_at=None))
    [due] = [each for each in leased(new_uow) if each.post_id == sent.id]
    with new_uow() as uow:
        uow.deliveries.record(due.id, "one", DeliveryState.SENT)
        uow.feeds.give(AUTHOR, hash_of("secret"), NOON)
        uow.commit()
    found = agenda_behind("secret", replace(desk, new_uow=new_uow))
    assert found is not None
    posts = [each for each in found.entries if each.id.startswith("post-")]
    assert [each.starts for each in posts[:2]] == [NOON, NOON + timedelta(hours=1)]
    assert len(posts) == 54
