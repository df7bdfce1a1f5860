"""One transaction on a SQL database, and the repositories that it carries."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import Session

from bot.core.ports import NewUow
from db.deliveries import SqlDeliveries
from db.posts import SqlPosts


class SqlUnitOfWork:
    """Rolls back unless `commit()` ran. For one thread."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.deliveries = SqlDeliveries(session)
        self.posts = SqlPosts(session, self.deliveries)

    def commit(self) -> None:
        self._session.commit()


def units_of_work(engine: Engine) -> NewUow:
    """A maker of units of work on `engine`."""

    @contextmanager
    def new_uow() -> Iterator[SqlUnitOfWork]:
        with Session(engine, expire_on_commit=False) as session:
            yield SqlUnitOfWork(session)

    return new_uow
