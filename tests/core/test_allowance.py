"""How much each may do, and that nobody is remembered for longer than that needs."""

from datetime import timedelta

import pytest

from bot.core.allowance import Allowance
from tests.fakes.clock import FakeClock

SPAN = timedelta(seconds=10)


@pytest.fixture
def allowance() -> Allowance:
    return Allowance(4, SPAN)


def test_the_whole_of_it_may_be_taken_at_once(allowance: Allowance, clock: FakeClock) -> None:
    assert [allowance.take("a", clock()) for _ in range(7)] == [0, 0, 0, 0, 1, 2, 3]
    assert allowance.take("b", clock()) == 0


def test_it_fills_evenly(allowance: Allowance, clock: FakeClock) -> None:
    for _ in range(40):
        assert allowance.take("a", clock()) == 0
        clock.forward(seconds=2.5)


def test_who_went_beyond_it_waits_until_it_is_full(allowance: Allowance, clock: FakeClock) -> None:
    for _ in range(5):
        allowance.take("a", clock())
    clock.forward(seconds=9)
    assert allowance.take("a", clock()) == 2
    clock.forward(seconds=1)
    assert [allowance.take("a", clock()) for _ in range(5)] == [0, 0, 0, 0, 1]


def test_nobody_is_known_when_theirs_is_full_again(allowance: Allowance, clock: FakeClock) -> None:
    for number in range(100):
        allowance.take(f"telegram:{number}", clock())
    assert len(allowance) == 100
    clock.forward(seconds=10)
    allowance.take("another", clock())
    assert len(allowance) == 1


def test_nobody_is_known_by_their_id(allowance: Allowance, clock: FakeClock) -> None:
    allowance.take("telegram:7310001001", clock())
    assert "7310001001" not in repr(vars(allowance))


def test_a_clock_that_is_put_back_takes_nothing_away(
    allowance: Allowance, clock: FakeClock
) -> None:
    allowance.take("a", clock())
    clock.forward(hours=-1)
    assert [allowance.take("a", clock()) for _ in range(4)] == [0, 0, 0, 1]
