"""One transaction on a SQL database, and the repositories that it carries."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.core.errors import OutsideError
from bot.core.ports import NewUow, Traces
from db.audit import SqlAudit
from db.calendar import SqlConfirmedDays, SqlNotices
from db.channels import SqlChannels
from db.choices import SqlLanguages, SqlSilentGroups
from db.corrections import SqlCorrections
from db.deliveries import SqlDeliveries
from db.engine import for_reading
from db.feeds import SqlFeeds
from db.figures import SqlFigures
from db.holds import SqlHolds
from db.inline_cards import SqlInlineCards
from db.posts import SqlPosts
from db.reports import SqlReports
from db.results import SqlResults
from db.roles import SqlRoles
from db.runs import SqlRuns
from db.subscribers import SqlSubscribers
from db.uploads import SqlUploads

PATIENCE = 500
"""Milliseconds for which emptying the log waits for those who read it; nobody writes meanwhile."""


class SqlUnitOfWork:
    """Rolls back unless `commit()` ran. For one thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.deliveries = SqlDeliveries(session)
        self.posts = SqlPosts(session)
        self.languages = SqlLanguages(session)
        self.silent_groups = SqlSilentGroups(session)
        self.subscribers = SqlSubscribers(session)
        self.reports = SqlReports(session)
        self.uploads = SqlUploads(session)
        self.roles = SqlRoles(session)
        self.audit = SqlAudit(session)
        self.holds = SqlHolds(session)
        self.figures = SqlFigures(session)
        self.channels = SqlChannels(session)
        self.feeds = SqlFeeds(session)
        self.results = SqlResults(session)
        self.runs = SqlRuns(session)
        self.corrections = SqlCorrections(session, self.posts)
        self.inline_cards = SqlInlineCards(session)
        self.confirmed_days = SqlConfirmedDays(session)
        self.notices = SqlNotices(session)

    def commit(self) -> None:
        self._session.commit()
        self.audit.tell()

    def cleanse(self) -> Traces:
        bind = self._session.get_bind()
        assert isinstance(bind, Engine)  # noqa: S101  # sessions are made on one, below
        if bind.dialect.name != "sqlite":
            return Traces.UNTIL_SERVER_CLEANS
        return Traces.NONE if _is_log_emptied(bind) else Traces.FOR_MINUTES


def units_of_work(engine: Engine) -> NewUow:
    """A maker of units of work on `engine`."""

    engine_for_reading = for_reading(engine)

    @contextmanager
    def new_uow(*, reading: bool = False) -> Iterator[SqlUnitOfWork]:
        bind = engine_for_reading if reading else engine
        try:
            with Session(bind, expire_on_commit=False) as session:
                yield SqlUnitOfWork(session)
        except OperationalError as error:
            if not reading:
                raise
            raise OutsideError("the database does not answer; look for who locks it") from error

    return new_uow


def _is_log_emptied(engine: Engine) -> bool:
    """Bring SQLite's write-ahead log, which holds the pages as they were, into the file.

    False where somebody reads what is in it.
    """
    with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE}")
        is_busy, *_ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy
