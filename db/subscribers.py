"""Subscriptions in the `subscriber` table."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import delete, func, or_, update
from sqlmodel import Session, col, select

from bot.core.people import PersonId
from bot.core.subscriptions import Subscription, Topic
from db.tables import SubscriberRow
from db.upsert import upsert


class SqlSubscribers:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, person: PersonId) -> Subscription | None:
        mine = select(SubscriberRow).where(col(SubscriberRow.person) == person).with_for_update()
        row = self._session.exec(mine.execution_options(populate_existing=True)).first()
        return row.to_core() if row else None

    def follow(self, wanted: Subscription) -> Subscription:
        row = SubscriberRow(
            person=wanted.person,
            topics=_words(wanted.topics),
            language=wanted.language,
            since=wanted.since,
        )
        upsert(self._session, row, "language")
        held = self.of(wanted.person)
        joined = (held or wanted).also(wanted.topics)
        self.change(joined)
        return joined

    def change(self, subscription: Subscription) -> None:
        mine = col(SubscriberRow.person) == subscription.person
        values = {"topics": _words(subscription.topics), "language": subscription.language}
        self._session.exec(update(SubscriberRow).where(mine).values(values))

    def remove(self, person: PersonId) -> bool:
        mine = col(SubscriberRow.person) == person
        return bool(self._session.exec(delete(SubscriberRow).where(mine)).rowcount)

    def page(self, topics: Collection[Topic], after: PersonId, limit: int) -> list[Subscription]:
        later = select(SubscriberRow).where(col(SubscriberRow.person) > after)
        found = _following(later, topics)
        some = found.order_by(col(SubscriberRow.person)).limit(limit)
        rows = self._session.exec(some.with_for_update(read=True))
        return [row.to_core() for row in rows]

    def count(self, topics: Collection[Topic]) -> int:
        found = select(func.count()).select_from(SubscriberRow)
        return int(self._session.exec(_following(found, topics)).one())


def _following(found: Any, topics: Collection[Topic]) -> Any:
    """Of what is found, those who follow one of the topics; all, if none is named."""
    if not topics:
        return found
    follows = (
        col(SubscriberRow.topics).contains(_words([each]), autoescape=True) for each in topics
    )
    return found.where(or_(col(SubscriberRow.topics) == _words(()), *follows))


def _words(topics: Collection[Topic]) -> str:
    """Each topic between two spaces."""
    return " ".join(("", *topics, "")) if topics else ""
