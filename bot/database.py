"""The database of the settings, joined to the parts that use it."""

import asyncio
import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from bot.core.errors import OutsideError
from bot.core.ports import NewUow
from bot.settings import Settings


@contextlib.contextmanager
def opening_database(
    settings: Settings, stop: asyncio.Event
) -> Iterator[tuple[NewUow, asyncio.Future[NewUow]]]:
    """`database()`, opened in a thread of its own, with the future that tells when it is.

    Its libraries take longer to load than a reader should wait: briefs need no database. Who needs
    one waits in `new_uow`. Where it cannot be opened, the future fails and `stop` is set.
    """
    with contextlib.ExitStack() as closing, ThreadPoolExecutor(1, "database") as thread:
        opening = thread.submit(lambda: closing.enter_context(database(settings)))
        opened = asyncio.wrap_future(opening)
        opened.add_done_callback(lambda done: stop.set() if done.exception() else None)
        yield lambda: opening.result()(), opened


@contextlib.contextmanager
def database(settings: Settings, *, alone: bool = True) -> Iterator[NewUow]:
    """Units of work on the database of the settings, brought up to date.

    `alone` claims a SQLite database for this process; leases that a dead one left are then ended.
    Raises `OutsideError` where it cannot be used.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from db.alone import hold_alone
    from db.engine import make_engine, sqlite_file
    from db.unit_of_work import units_of_work
    from db.upgrade import upgrade

    engine = make_engine(settings.database_url)
    file = sqlite_file(settings.database_url)
    with contextlib.ExitStack() as closing:
        closing.callback(engine.dispose)
        try:
            if alone and file:
                closing.enter_context(contextlib.closing(hold_alone(file)))
            upgrade(engine)
            new_uow = units_of_work(engine)
            if alone and file:
                with new_uow() as uow:
                    uow.deliveries.abandon()
                    uow.commit()
        except (SQLAlchemyError, OSError) as error:
            raise OutsideError(
                f"WAZAHAT_DATABASE_URL: the database cannot be used: {error}"
            ) from error
        yield new_uow
