"""Figures that are told, and those that are not."""

from datetime import timedelta

import pytest

from bot.core.posts import DeliveryState, PostButton
from bot.core.results import Sent, shown, summed, together
from bot.core.taps import BUTTONS, Tap, tap_of
from tests.fakes.clock import NOON


@pytest.mark.parametrize("button", BUTTONS)
def test_a_link_is_read_as_it_was_made(button: PostButton) -> None:
    tap = Tap("a" * 20, 62, button)
    assert tap_of(tap.link) == tap


def test_a_link_is_within_what_telegram_takes() -> None:
    assert max(len(Tap("a" * 20, 999, button).link) for button in BUTTONS) <= 64


def test_the_bare_link_opens_the_brief() -> None:
    assert Tap("humsaye", 3).link == "c_humsaye_3"


@pytest.mark.parametrize("link", ["c__", "c_humsaye", "c_humsaye_x", "c_humsaye_1_none", "b_x"])
def test_any_other_link_is_none_of_ours(link: str) -> None:
    assert tap_of(link) is None


@pytest.mark.parametrize(("count", "told"), [(0, None), (9, None), (10, 10), (11, 11)])
def test_a_small_count_is_hidden(count: int, told: int | None) -> None:
    assert shown(count).count == told


def test_a_sum_does_not_betray_the_one_count_that_is_hidden() -> None:
    assert summed([20, 12, 4]).count == 32
    assert summed([20, 3, 4]).count == 27
    assert summed([3, 4]).count is None
    assert summed([12]).count == 12
    assert summed([4]).count is None
    assert summed([]).count is None


def test_deliveries_are_told_together() -> None:
    minute = timedelta(minutes=1)
    one = Sent({DeliveryState.SENT: 2, DeliveryState.SKIPPED: 1}, (0 * minute, 7 * minute), NOON)
    two = Sent({DeliveryState.SENT: 1, DeliveryState.PENDING: 5}, (minute,), None, NOON)
    both = together([one, two])
    assert (both.sent, both.ended, both.on_time, both.latest_minutes) == (3, 4, 2, 7)
    assert (both.first, both.last) == (NOON, NOON)
