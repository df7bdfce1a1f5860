"""Consistent copies of a database, made while the bot runs, and bringing one back."""

import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, make_url, text

from bot.core.audit import RESTORED
from bot.core.errors import OutsideError
from db.alone import hold_alone
from db.engine import make_engine, sqlite_file
from db.unit_of_work import units_of_work
from db.upgrade import upgrade

REPLACED = ".replaced"
"""What is put behind the name of a SQLite file in whose place a copy came."""


def back_up(url: str, file: Path) -> None:
    """Write a copy to `file`, whole or not at all; one that is there is replaced.

    Raises `OutsideError` where it cannot be made.
    """
    source = sqlite_file(url)
    if source and not (source.is_file() and source.stat().st_size):
        raise OutsideError(f"{source}: there is no database yet, so there is nothing to copy")
    if source and file.exists() and file.samefile(source):
        raise OutsideError(f"{file}: this is the database itself; name another file")
    with _beside(file) as made:
        if source:
            _copy(source, made)
        else:
            _run("pg_dump", make_url(url), "--format=custom", "--no-owner", f"--file={made}")
        made.chmod(0o600)
        made.replace(file)


def restore(url: str, file: Path, reason: str, now: datetime) -> None:
    """Put the copy in `file` in place of the database, brought up to date and on hold.

    Nobody may be working with the database. A SQLite file that was there is kept beside the new
    one. Raises `OutsideError` or `NotAlone`, and then the database is as it was.
    """
    if not file.is_file():
        raise OutsideError(f"{file}: no such file; name one that `wazahat db backup` wrote")
    if target := sqlite_file(url):
        _restore_file(target, file, reason, now)
    else:
        _restore_server(url, file, reason, now)


def _restore_file(target: Path, file: Path, reason: str, now: datetime) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(hold_alone(target)), _beside(target) as made:
        _copy(file, made)
        _check(made, file)
        _hold(f"sqlite:///{made}", reason, now)
        for suffix in ("", "-wal", "-shm"):
            old = Path(f"{target}{suffix}")
            if old.exists():
                old.replace(f"{target}{REPLACED}{suffix}")
        made.replace(target)


def _restore_server(url: str, file: Path, reason: str, now: datetime) -> None:
    engine = make_engine(url)
    others = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with engine.connect() as connection:
        count = connection.execute(others).scalar_one()
    engine.dispose()
    if count:
        raise OutsideError(
            f"WAZAHAT_DATABASE_URL: {count} other connections to this database; stop every Wazahat"
            " that works with it, then restore"
        )
    options = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
    _run("pg_restore", make_url(url), *options, str(file))
    _hold(url, reason, now)


def _hold(url: str, reason: str, now: datetime) -> None:
    """What a copy holds may have been sent since it was made: people look before it goes on."""
    engine = make_engine(url)
    try:
        upgrade(engine)
        with units_of_work(engine)() as uow:
            uow.deliveries.abandon()
            if uow.holds.place(None, reason, now):
                active = uow.holds.active()
                about = f"hold {active.number}" if active else "hold"
                uow.audit.append(None, RESTORED, about, now, reason=reason)
            uow.commit()
    finally:
        engine.dispose()


def _copy(source: Path, target: Path) -> None:
    """All of it as of one moment, in one file."""
    read_only = f"{source.resolve().as_uri()}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(read_only, uri=True, timeout=20)) as original,
            closing(sqlite3.connect(target)) as copy,
        ):
            original.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise OutsideError(f"{source}: cannot be copied: {error}; name a sound one") from error


def _check(made: Path, file: Path) -> None:
    with closing(sqlite3.connect(made)) as copy:
        whole = copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
        known = copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
        ours = known.fetchone() is not None
    if not (whole and ours):
        fault = "is damaged" if not whole else "is no database of Wazahat"
        raise OutsideError(f"{file}: {fault}; name a copy that `wazahat db backup` wrote")


def _run(program: str, url: URL, *arguments: str) -> None:
    """One of PostgreSQL's own programs; the password is given in a file, as every user of the
    machine may read the arguments of a process."""
    if shutil.which(program) is None:
        raise OutsideError(
            f"{program}: not found; install PostgreSQL's client programs, of the server's version"
            " or a later one"
        )
    with tempfile.NamedTemporaryFile("w") as passwords:  # readable by its owner alone
        passwords.write(f"*:*:*:*:{_escaped(str(url.password or ''))}\n")
        passwords.flush()
        where = url._replace(password=None)  # `set()` leaves what is to be None
        if url.password:
            where = where.update_query_dict({"passfile": passwords.name})
        done = subprocess.run(  # noqa: S603  # a program of ours, and no shell
            [program, f"--dbname={where.render_as_string()}", *arguments],
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        why = next(iter(done.stderr.strip().splitlines()), "it did not say why")
        raise OutsideError(f"{program} failed: {why}")


def _escaped(password: str) -> str:
    return password.replace("\\", "\\\\").replace(":", "\\:")


@contextmanager
def _beside(file: Path) -> Iterator[Path]:
    """A place for a new file in the folder of `file`, on the same disk."""
    try:
        with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as folder:
            yield Path(folder) / file.name
    except OSError as error:
        where = error.filename or file.parent
        raise OutsideError(f"{where}: cannot be written: {error.strerror}; name another") from error
