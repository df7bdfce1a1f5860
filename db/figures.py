"""Counts over the tables."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.core.posts import PostState
from db.tables import PostRow


class SqlFigures:
    def __init__(self, session: Session) -> None:
        self._session = session

    def posts(self) -> dict[PostState, int]:
        counted = select(PostRow.state, func.count()).group_by(col(PostRow.state))
        return {PostState(state): count for state, count in self._session.exec(counted)}

    def database(self) -> str:
        return self._session.get_bind().dialect.name
