"""The audit chain in the database, and what is found when somebody meddles with its rows."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from bot.core.audit import GENESIS, Break, Head, first_break
from bot.core.ports import NewUow
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, REVIEWER

ODD = NOON + timedelta(microseconds=7)


def filled(new_uow: NewUow, entries: int = 6) -> None:
    with new_uow() as uow:
        for number in range(entries):
            uow.audit.append(
                AUTHOR, "post.approved", f"post {number % 2}", ODD, n=number, why="ایک"
            )
        uow.commit()


def broken(new_uow: NewUow, *kept: Head) -> Break | None:
    with new_uow() as uow:
        return first_break(uow.audit.all(), (uow.audit.head(), *kept))


def test_an_entry_comes_back_as_it_was_written(new_uow: NewUow) -> None:
    with new_uow() as uow:
        written = uow.audit.append(None, "hold.placed", "hold 1", ODD, reason="ہ\n\"'", n=1, b=None)
        uow.commit()
    with new_uow() as uow:
        assert uow.audit.get(1) == written
        assert uow.audit.head() == written.head
        assert uow.audit.get(2) is None


def test_an_untouched_chain_is_whole(new_uow: NewUow) -> None:
    assert broken(new_uow) is None
    filled(new_uow)
    assert broken(new_uow) is None
    with new_uow() as uow:
        assert uow.audit.head().number == 6
        assert uow.audit.count("") == 6


def test_entries_about_one_thing_come_latest_first(new_uow: NewUow) -> None:
    filled(new_uow)
    with new_uow() as uow:
        assert [each.number for each in uow.audit.page("", 1, 3)] == [5, 4, 3]
        assert [each.number for each in uow.audit.page("post 1", 0, 10)] == [6, 4, 2]
        assert uow.audit.count("post 1") == 3
        assert uow.audit.page("post", 0, 10) == []


def test_what_was_not_committed_leaves_no_entry(new_uow: NewUow) -> None:
    filled(new_uow, 2)
    with new_uow() as uow:
        uow.audit.append(AUTHOR, "post.approved", "post 1", NOON)
    filled(new_uow, 2)
    assert broken(new_uow) is None
    with new_uow() as uow:
        assert uow.audit.head().number == 4


def test_many_at_once_make_one_chain(new_uow: NewUow) -> None:
    def append(number: int) -> None:
        with new_uow() as uow:
            uow.audit.append(f"telegram:{number}", "role.granted", "role", NOON, n=number)
            uow.commit()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(append, range(40)))
    assert broken(new_uow) is None
    with new_uow() as uow:
        assert uow.audit.count("") == 40


CHANGES = {
    "at": "UPDATE audit SET at = '2026-11-30 12:00:00.000008+00:00' WHERE number = 3",
    "person": "UPDATE audit SET person = 'telegram:2002' WHERE number = 3",
    "nobody": "UPDATE audit SET person = NULL WHERE number = 3",
    "what": "UPDATE audit SET what = 'post.returned' WHERE number = 3",
    "about": "UPDATE audit SET about = 'post 7' WHERE number = 3",
    "details": "UPDATE audit SET details = replace(details, '2', '9') WHERE number = 3",
    "space": "UPDATE audit SET details = details || ' ' WHERE number = 3",
    "before": "UPDATE audit SET before = hash WHERE number = 3",
    "hash": "UPDATE audit SET hash = before WHERE number = 3",
}


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_a_changed_entry_is_named(new_uow: NewUow, engine: Engine, statement: str) -> None:
    filled(new_uow)
    meddle(engine, statement)
    assert broken(new_uow) == Break(3, "changed")


@pytest.mark.parametrize("number", [1, 3, 5])
def test_an_entry_missing_from_the_middle_is_named(
    new_uow: NewUow, engine: Engine, number: int
) -> None:
    filled(new_uow)
    meddle(engine, f"DELETE FROM audit WHERE number = {number}")
    assert broken(new_uow) == Break(number, "missing")


def test_a_gap_that_was_closed_is_named(new_uow: NewUow, engine: Engine) -> None:
    filled(new_uow)
    meddle(
        engine,
        "DELETE FROM audit WHERE number = 3",
        *(f"UPDATE audit SET number = {n - 1} WHERE number = {n}" for n in (4, 5, 6)),
    )
    assert broken(new_uow) == Break(3, "changed")


def test_two_that_changed_places_are_named(new_uow: NewUow, engine: Engine) -> None:
    filled(new_uow)
    moves = ((2, 99), (4, 2), (99, 4))
    meddle(engine, *(f"UPDATE audit SET number = {to} WHERE number = {at}" for at, to in moves))
    assert broken(new_uow) == Break(2, "changed")


@pytest.mark.parametrize("after", [0, 5])
def test_entries_cut_off_the_end_are_found_by_the_head(
    new_uow: NewUow, engine: Engine, after: int
) -> None:
    filled(new_uow)
    meddle(engine, f"DELETE FROM audit WHERE number > {after}")
    assert broken(new_uow) == Break(after + 1, "missing")


def test_entries_cut_off_the_end_stay_missed_when_more_follow(
    new_uow: NewUow, engine: Engine
) -> None:
    filled(new_uow)
    meddle(engine, "DELETE FROM audit WHERE number > 4")
    filled(new_uow, 3)
    assert broken(new_uow) == Break(5, "missing")


def test_a_chain_made_anew_is_found_only_by_a_head_kept_outside(
    new_uow: NewUow, engine: Engine
) -> None:
    filled(new_uow)
    with new_uow() as uow:
        outside = uow.audit.head()
    meddle(engine, "DELETE FROM audit WHERE number > 4", "DELETE FROM audit_head")
    with new_uow() as uow:
        for _ in range(3):
            uow.audit.append(REVIEWER, "post.approved", "post 1", ODD)
        uow.commit()
    assert broken(new_uow) is None
    assert broken(new_uow, outside) == Break(6, "head")


def test_the_heads_are_logged_once_they_are_committed(
    new_uow: NewUow, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "db.audit")
    with new_uow() as uow:
        uow.audit.append(AUTHOR, "post.approved", "post 1", NOON)
    assert not caplog.records
    with new_uow() as uow:
        uow.audit.append(AUTHOR, "post.approved", "post 1", NOON)
        uow.commit()
        uow.commit()
        head = uow.audit.head()
    [record] = caplog.records
    assert vars(record)["number"] == head.number == 1
    assert vars(record)["hash"] == head.hash
    assert AUTHOR not in str(vars(record))


def test_before_the_first_entry_there_is_a_head_too(new_uow: NewUow) -> None:
    with new_uow() as uow:
        assert uow.audit.head() == GENESIS


def meddle(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
