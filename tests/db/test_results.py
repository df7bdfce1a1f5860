"""Counts in the database: added up, by several at once, and without anybody."""

from datetime import date, timedelta

import pytest

from bot.core.channels import Channel, Kind, Look
from bot.core.ports import NewUow
from bot.core.posts import DeliveryState, Post
from bot.core.taps import Tap
from tests.db.drafts import approved, draft
from tests.fakes.clock import NOON

MONDAY, TUESDAY = date(2026, 11, 30), date(2026, 12, 1)
OPENED, HELPED = Tap("humsaye", 1), Tap("humsaye", 2, "help")
NEWS = Channel(Look(-1001, "News", Kind.CHANNEL, "news"), NOON)


def tapped(new_uow: NewUow, *taps: Tap, day: date = MONDAY, times: int = 1) -> None:
    with new_uow() as uow:
        uow.results.add_taps({(tap, day): times for tap in taps})
        uow.commit()


def sent(new_uow: NewUow, *targets: str, late: timedelta = timedelta()) -> Post:
    """A post of a campaign which arrived at each target, as message 101."""
    post = approved(new_uow, of=draft(*targets, campaign="humsaye", seq=1))
    now = NOON + late
    with new_uow() as uow:
        rows = uow.deliveries.lease("one", now, now + timedelta(minutes=1), 10)
        uow.commit()
    for row in rows:
        with new_uow() as uow:
            uow.deliveries.begin(row.id, "one", now, now + timedelta(minutes=1))
            uow.deliveries.record(row.id, "one", DeliveryState.SENT, message_id=101)
            uow.commit()
    return post


def test_taps_are_added_to_those_of_the_same_day_and_told_over_all_days(new_uow: NewUow) -> None:
    tapped(new_uow, OPENED, HELPED, times=3)
    tapped(new_uow, OPENED, times=2)
    tapped(new_uow, OPENED, day=TUESDAY)
    with new_uow() as uow:
        assert uow.results.taps("humsaye") == {OPENED: 6, HELPED: 3}
        assert uow.results.days("humsaye") == (MONDAY, TUESDAY)
        assert uow.results.taps("baat-karo") == {}
        assert uow.results.days("baat-karo") is None


def test_campaigns_are_those_with_posts_or_taps(new_uow: NewUow) -> None:
    tapped(new_uow, Tap("baat-karo", 1))
    approved(new_uow, of=draft(campaign="humsaye", seq=1))
    approved(new_uow)
    with new_uow() as uow:
        assert uow.results.campaigns() == {"baat-karo": 0, "humsaye": 1}
        assert list(uow.results.posts("humsaye")) == [1]


def test_lateness_is_told_of_what_was_sent(new_uow: NewUow) -> None:
    post = sent(new_uow, "@one", "@two", late=timedelta(minutes=3))
    with new_uow() as uow:
        found = uow.results.sent([post.id])[post.id]
    assert found.counts == {DeliveryState.SENT: 2}
    assert (found.on_time, found.latest_minutes) == (0, 3)
    assert found.first == found.last == NOON


@pytest.mark.parametrize("target", ["@news", "-1001", "-1001/7"])
def test_reactions_are_those_of_the_message_that_was_sent(new_uow: NewUow, target: str) -> None:
    post = sent(new_uow, target)
    with new_uow() as uow:
        uow.channels.put(NEWS)
        assert uow.results.reactions([post.id]) == {}
        uow.results.note_reactions(-1001, 101, 12, NOON)
        uow.results.note_reactions(-1001, 102, 5, NOON)
        uow.results.note_reactions(-1001, 101, 3, NOON - timedelta(minutes=1))
        uow.commit()
    with new_uow() as uow:
        assert uow.results.reactions([post.id]) == {post.id: 12}


def test_what_is_typed_takes_the_place_of_what_was_typed_before(new_uow: NewUow) -> None:
    post = approved(new_uow)
    for views, at in ((10, NOON), (20, NOON + timedelta(days=1))):
        with new_uow() as uow:
            uow.results.type_views(post.id, views, at)
            uow.commit()
    with new_uow() as uow:
        typed = uow.results.views([post.id])[post.id]
    assert (typed.figure, typed.at) == (20, NOON + timedelta(days=1))


def test_reports_and_holds_are_counted_from_a_moment_on(new_uow: NewUow) -> None:
    with new_uow() as uow:
        uow.reports.add("The date is wrong", "sehwan-2017", TUESDAY, "0" * 64)
        uow.holds.lock()
        uow.holds.place(None, "rumour", NOON)
        uow.commit()
    with new_uow() as uow:
        assert uow.results.reports(["sehwan-2017"], MONDAY) == 1
        assert uow.results.reports(["sehwan-2017"], date(2026, 12, 2)) == 0
        assert uow.results.reports(["aps-2014"], MONDAY) == 0
        assert uow.results.holds(NOON - timedelta(hours=1), NOON) == 1
        assert uow.results.holds(NOON + timedelta(hours=1), NOON + timedelta(hours=2)) == 0
