"""Reading waits for no writer, changes nothing, and says so where the database is away."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.core.errors import OutsideError
from bot.core.ports import NewUow, Traces
from db.engine import make_engine
from db.glance import glance_at
from db.unit_of_work import units_of_work
from tests.db.dump import dump
from tests.fakes.clock import NOON

ONE, GROUP = "1" * 32, "telegram:-1001"


def chosen(new_uow: NewUow) -> None:
    with new_uow() as uow:
        uow.languages.keep(ONE, "ur")
        uow.silent_groups.add(GROUP)
        uow.commit()


def connected(url: str) -> sqlite3.Connection:
    """Another program that works with the file."""
    return sqlite3.connect(str(make_url(url).database), isolation_level=None, timeout=0)


def test_it_sees_what_was_written_while_another_writes(new_uow: NewUow) -> None:
    chosen(new_uow)
    with new_uow() as writing:
        writing.uploads.keep("f" * 64, "AgACAg", NOON)
        with new_uow(reading=True) as uow:
            assert uow.languages.all() == {ONE: "ur"}
            assert uow.uploads.file_id("f" * 64) is None
        writing.commit()
    with new_uow(reading=True) as uow:
        assert uow.uploads.file_id("f" * 64) == "AgACAg"


def test_it_changes_nothing_and_leaves_others_free_to(new_uow: NewUow) -> None:
    with pytest.raises((OutsideError, DBAPIError)), new_uow(reading=True) as uow:
        uow.silent_groups.add(GROUP)
    assert dump(new_uow) == ""
    chosen(new_uow)
    assert GROUP in dump(new_uow)


def test_a_reader_hears_that_the_database_is_away_and_a_writer_why(
    sqlite_url: str, sqlite_uow: NewUow
) -> None:
    with closing(connected(sqlite_url)) as other:
        other.execute("DROP TABLE silent_group")
    with pytest.raises(OutsideError, match="does not answer"), sqlite_uow(reading=True) as uow:
        uow.silent_groups.all()
    with pytest.raises(OperationalError, match="no such table"), sqlite_uow() as uow:
        uow.silent_groups.all()


def test_traces_are_gone_unless_somebody_reads_them(sqlite_url: str, sqlite_uow: NewUow) -> None:
    log = Path(f"{make_url(sqlite_url).database}-wal")
    chosen(sqlite_uow)
    with closing(connected(sqlite_url)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM silent_group").fetchall()
        with sqlite_uow() as uow:
            uow.languages.forget(ONE)
            uow.commit()
            assert uow.cleanse() is Traces.FOR_MINUTES
        assert log.stat().st_size
        other.execute("ROLLBACK")
    with sqlite_uow() as uow:
        assert uow.cleanse() is Traces.NONE
    assert not log.stat().st_size


def test_a_server_cleans_its_files_itself(postgresql_url: str) -> None:
    engine = make_engine(postgresql_url)
    with units_of_work(engine)() as uow:
        assert uow.cleanse() is Traces.UNTIL_SERVER_CLEANS
    engine.dispose()


def test_a_glance_sees_the_choices(sqlite_url: str, sqlite_uow: NewUow) -> None:
    chosen(sqlite_uow)
    assert glance_at(sqlite_url) == ({ONE: "ur"}, {GROUP})


def test_a_glance_makes_nothing_and_breaks_on_nothing(sqlite_url: str, tmp_path: Path) -> None:
    nowhere, other = tmp_path / "none.db", tmp_path / "other.db"
    assert glance_at(f"sqlite:///{nowhere}") is None
    assert not nowhere.exists()
    for content in (b"", b"no database at all" * 100):
        other.write_bytes(content)
        assert glance_at(f"sqlite:///{other}") is None
    assert glance_at("postgresql://user@localhost/wazahat") is None
    with closing(connected(sqlite_url)) as held:
        held.execute("DROP TABLE silent_group")
    assert glance_at(sqlite_url) is None
