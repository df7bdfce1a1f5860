"""One card for admins: how the bot is doing."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.adapters.logs import ErrorCount
from bot.commands.desk import Desk
from tests.db.drafts import added, approved
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.people import AUTHOR, OTHER, Chat


def test_the_card_counts_what_there_is(desk: Desk, clock: FakeClock) -> None:
    approved(desk.new_uow, due_at=NOON + timedelta(hours=1))
    added(desk.new_uow)
    running = replace(desk, started_at=NOON - timedelta(hours=26, minutes=5), errors=lambda: 3)
    lines = Chat(running)(AUTHOR, "/status").text.splitlines()
    assert "Running for: 1 d 2 h 5 min" in lines
    assert "Posts: review: 1, scheduled: 1" in lines
    assert "Next out: \u20682026-11-30 18:00\u2069" in lines
    assert "Queue behind by: 0 s" in lines
    assert "Errors in the last hour: 3" in lines
    assert "Database: sqlite" in lines
    assert "People who work on me: 2" in lines
    assert any(desk.keeper.state().revision in line for line in lines)


def test_a_queue_that_is_behind_says_by_how_much(desk: Desk, clock: FakeClock) -> None:
    approved(desk.new_uow, due_at=NOON)
    clock.forward(minutes=7)
    assert "Queue behind by: 7 min" in Chat(desk)(AUTHOR, "/status").text


def test_a_hold_is_on_top(say: Chat) -> None:
    say(AUTHOR, "/hold rumour")
    assert say(AUTHOR, "/status").text.startswith("ON HOLD: nothing goes out.\nSince")


def test_only_admins_see_it(say: Chat) -> None:
    say(AUTHOR, "/grant 1002 moderator")
    assert "do not know" in say(OTHER, "/status").text


def test_errors_of_the_last_hour_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    errors, log = ErrorCount(), logging.getLogger("tests.status")
    log.addHandler(errors)
    try:
        log.warning("no error")
        log.error("one")
        assert errors.count() == 1
        monkeypatch.setattr("bot.adapters.logs.HOUR", -1.0)
        assert errors.count() == 0
    finally:
        log.removeHandler(errors)
