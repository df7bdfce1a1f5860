"""One transaction on a SQL database, and the repositories that it carries."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Engine
from sqlmodel import Session

from bot.core.ports import NewUow
from db.choices import SqlLanguages, SqlSilentGroups
from db.deliveries import SqlDeliveries
from db.posts import SqlPosts
from db.reports import SqlReports
from db.subscribers import SqlSubscribers
from db.uploads import SqlUploads


class SqlUnitOfWork:
    """Rolls back unless `commit()` ran. For one thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.deliveries = SqlDeliveries(session)
        self.posts = SqlPosts(session, self.deliveries)
        self.languages = SqlLanguages(session)
        self.silent_groups = SqlSilentGroups(session)
        self.subscribers = SqlSubscribers(session)
        self.reports = SqlReports(session)
        self.uploads = SqlUploads(session)

    def commit(self, *, erasing: bool = False) -> None:
        self._session.commit()
        bind = self._session.get_bind()
        if erasing and isinstance(bind, Engine) and bind.dialect.name == "sqlite":
            _empty_log(bind)


def units_of_work(engine: Engine) -> NewUow:
    """A maker of units of work on `engine`."""

    @contextmanager
    def new_uow() -> Iterator[SqlUnitOfWork]:
        with Session(engine, expire_on_commit=False) as session:
            yield SqlUnitOfWork(session)

    return new_uow


def _empty_log(engine: Engine) -> None:
    """Bring SQLite's write-ahead log, which holds the pages as they were, into the file."""
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
