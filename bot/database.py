"""The database of the settings, joined to the parts that use it."""

import asyncio
import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.adapters.logs import redacted
from bot.core.errors import OutsideError
from bot.core.ports import NewUow, UnitOfWork
from bot.settings import Settings

if TYPE_CHECKING:
    from sqlalchemy import Engine

UPGRADE = "run `wazahat db upgrade`, or start the bot"


@contextlib.contextmanager
def opening_database(
    settings: Settings, stop: asyncio.Event
) -> Iterator[tuple[NewUow, asyncio.Future[NewUow]]]:
    """`database()`, opened in a thread of its own, with the future that tells when it is.

    Its libraries take longer to load than a reader should wait: briefs need no database. Who needs
    one waits in `new_uow`. Where it cannot be opened, the future fails and `stop` is set.
    """

    def new_uow(*, reading: bool = False) -> contextlib.AbstractContextManager[UnitOfWork]:
        return opening.result()(reading=reading)

    with contextlib.ExitStack() as closing, ThreadPoolExecutor(1, "database") as thread:
        opening = thread.submit(lambda: closing.enter_context(database(settings)))
        opened = asyncio.wrap_future(opening)
        opened.add_done_callback(lambda done: stop.set() if done.exception() else None)
        yield new_uow, opened


@contextlib.contextmanager
def database(settings: Settings, *, alone: bool = True) -> Iterator[NewUow]:
    """Units of work on the database of the settings.

    `alone` is for the bot itself: the database is brought up to date, and a SQLite one claimed for
    this process; leases that a dead one left are then ended. Otherwise it is taken as it is, and
    must be up to date. Raises `OutsideError` where it cannot be used.
    """
    from db.engine import is_up_to_date, make_engine, sqlite_file
    from db.unit_of_work import units_of_work

    file = sqlite_file(settings.database_url)
    with contextlib.ExitStack() as closing:
        with _told():
            if not alone and file and not (file.is_file() and file.stat().st_size):
                raise OutsideError(f"{file}: there is no database yet; {UPGRADE}")
            engine = make_engine(settings.database_url)
            closing.callback(engine.dispose)
            new_uow = units_of_work(engine)
            if alone:
                closing.enter_context(_prepared(engine, file, new_uow))
            elif not is_up_to_date(engine):
                raise OutsideError(
                    f"WAZAHAT_DATABASE_URL: the database is not of this version; {UPGRADE}"
                )
        yield new_uow


def upgrade_database(settings: Settings) -> None:
    """Bring the database of the settings up to date, and make it if there is none."""
    from db.engine import make_engine
    from db.upgrade import upgrade

    with _told(), contextlib.ExitStack() as closing:
        engine = make_engine(settings.database_url)
        closing.callback(engine.dispose)
        upgrade(engine)


def back_up_database(settings: Settings, file: Path) -> None:
    """Write a consistent copy of the database, which the bot may be working with."""
    from db.copies import back_up

    with _told():
        back_up(settings.database_url, file)


def restore_database(settings: Settings, file: Path, now: datetime) -> None:
    """Put a copy in place of the database, brought up to date and on hold."""
    from db.copies import restore

    with _told():
        restore(settings.database_url, file, f"restored from {file.name}", now)


@contextlib.contextmanager
def _prepared(engine: "Engine", file: Path | None, new_uow: NewUow) -> Iterator[None]:
    """The database brought up to date; a SQLite one is this process's alone meanwhile."""
    from db.alone import hold_alone
    from db.upgrade import upgrade

    with contextlib.closing(hold_alone(file)) if file else contextlib.nullcontext():
        upgrade(engine)
        if file:
            with new_uow() as uow:
                uow.deliveries.abandon()
                uow.commit()
        yield


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Turns an error of the database, or of the disk below it, into one that says what to mend."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        why = redacted(str(getattr(error, "orig", None) or error))
        raise OutsideError(
            f"WAZAHAT_DATABASE_URL: the database cannot be used: {why}; mend that, or name another"
        ) from error
