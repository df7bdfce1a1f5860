"""Subscriptions in the `subscriber` table."""

from collections.abc import Collection

from sqlalchemy import delete, or_, update
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
        found = select(SubscriberRow).where(col(SubscriberRow.person) > after)
        if topics:
            follows = (
                col(SubscriberRow.topics).contains(_words([each]), autoescape=True)
                for each in topics
            )
            found = found.where(or_(col(SubscriberRow.topics) == _words(()), *follows))
        rows = self._session.exec(found.order_by(col(SubscriberRow.person)).limit(limit))
        return [row.to_core() for row in rows]


def _words(topics: Collection[Topic]) -> str:
    """Each topic between two spaces."""
    return " ".join(("", *topics, "")) if topics else ""
