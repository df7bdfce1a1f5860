"""Subscriptions in the database, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

from bot.core.ports import NewUow
from bot.core.subscriptions import Subscription
from tests.fakes.people import OTHER, READER

DAY = date(2026, 11, 30)
TOPICS = tuple("abcdefgh")


def wants(*topics: str, person: str = READER) -> Subscription:
    return Subscription(person, topics, "ur", DAY)


def follow(new_uow: NewUow, *wanted: Subscription) -> list[Subscription]:
    with new_uow() as uow:
        held = [uow.subscribers.follow(each) for each in wanted]
        uow.commit()
    return held


def kept(new_uow: NewUow, person: str = READER) -> Subscription | None:
    with new_uow() as uow:
        return uow.subscribers.of(person)


def test_a_subscription_comes_back_as_it_was_kept(new_uow: NewUow) -> None:
    assert follow(new_uow, wants("prebunk", "service")) == [wants("prebunk", "service")]
    assert kept(new_uow) == wants("prebunk", "service")
    assert kept(new_uow, OTHER) is None


def test_a_second_subscription_adds_to_the_first(new_uow: NewUow) -> None:
    follow(new_uow, wants("service"))
    later = replace(wants("prebunk"), language="en", since=date(2026, 12, 1))
    assert follow(new_uow, later) == [replace(wants("prebunk", "service"), language="en")]
    assert kept(new_uow) == replace(wants("prebunk", "service"), language="en")


def test_everything_takes_the_place_of_topics_and_topics_that_of_everything(
    new_uow: NewUow,
) -> None:
    assert follow(new_uow, wants("service"), wants()) == [wants("service"), wants()]
    assert follow(new_uow, wants("prebunk")) == [wants("prebunk")]


def test_subscribing_twice_is_subscribing_once(new_uow: NewUow) -> None:
    for wanted in (wants(), wants("service")):
        assert follow(new_uow, wanted, wanted) == [wanted, wanted]


def test_of_two_who_press_at_once_neither_is_lost(new_uow: NewUow) -> None:
    with ThreadPoolExecutor(len(TOPICS)) as threads:
        list(threads.map(lambda topic: follow(new_uow, wants(topic)), TOPICS))
    assert kept(new_uow) == wants(*TOPICS)


def test_a_subscription_is_changed_and_removed(new_uow: NewUow) -> None:
    follow(new_uow, wants("service"), wants(person=OTHER))
    with new_uow() as uow:
        uow.subscribers.change(replace(wants("prebunk"), language="en"))
        assert uow.subscribers.of(READER) == replace(wants("prebunk"), language="en")
        assert uow.subscribers.remove(READER)
        assert not uow.subscribers.remove(READER)
        uow.commit()
    assert kept(new_uow) is None
    assert kept(new_uow, OTHER) == wants(person=OTHER)


def test_pages_lead_through_everybody_once(new_uow: NewUow) -> None:
    people = [f"telegram:{number}" for number in range(1, 26)]
    follow(new_uow, *(wants(person=person) for person in people))
    found: list[str] = []
    with new_uow() as uow:
        while page := uow.subscribers.page((), found[-1] if found else "", 10):
            assert len(page) <= 10
            found += [each.person for each in page]
    assert len(found) == len(people)
    assert set(found) == set(people)


def test_a_page_of_topics_holds_who_follows_one_of_them_or_everything(new_uow: NewUow) -> None:
    follow(
        new_uow,
        wants(person="telegram:1"),
        wants("service", person="telegram:2"),
        wants("prebunk", "service", person="telegram:3"),
        wants("serv", person="telegram:4"),
        wants("service-day", person="telegram:5"),
    )

    def page(*topics: str) -> list[str]:
        with new_uow() as uow:
            return [each.person[-1] for each in uow.subscribers.page(topics, "", 10)]

    assert page("service") == ["1", "2", "3"]
    assert page("prebunk", "serv") == ["1", "3", "4"]
    assert page("%") == page("_" * 7) == ["1"]
    assert page() == ["1", "2", "3", "4", "5"]
