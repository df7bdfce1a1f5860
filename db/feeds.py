"""Secret addresses of calendars in the `feed` table."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.core.people import PersonId
from db.tables import FeedRow
from db.upsert import upsert


class SqlFeeds:
    def __init__(self, session: Session) -> None:
        self._session = session

    def give(self, person: PersonId, hash_: str, now: datetime) -> None:
        upsert(self._session, FeedRow(person=person, hash=hash_, made_at=now), "hash", "made_at")

    def made_at(self, person: PersonId) -> datetime | None:
        theirs = select(FeedRow.made_at).where(col(FeedRow.person) == person)
        return self._session.exec(theirs).first()

    def owner_of(self, hash_: str) -> PersonId | None:
        found = select(FeedRow.person).where(col(FeedRow.hash) == hash_)
        return self._session.exec(found).first()

    def remove(self, person: PersonId) -> bool:
        theirs = delete(FeedRow).where(col(FeedRow.person) == person)
        return bool(self._session.exec(theirs).rowcount)
