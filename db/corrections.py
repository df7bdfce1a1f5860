"""Corrections among posts and deliveries, and who was told of those of records."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import or_, update
from sqlmodel import Session, col, select

from bot.core.posts import INLINE, DeliveryKind, DeliveryState, Draft, Message, Post, PostState
from db.posts import SqlPosts, current
from db.readers import KNOWN
from db.tables import CorrectionNoticeRow, DeliveryRow, InlineCardRow, PostRow, RevisionRow
from db.upsert import INSERTS

OPEN_STATES = (PostState.DRAFT, PostState.REVIEW, PostState.SCHEDULED, PostState.PAUSED)
OUT = (PostState.SCHEDULED, PostState.PAUSED, PostState.SENT, PostState.FAILED)


class SqlCorrections:
    def __init__(self, session: Session, posts: SqlPosts) -> None:
        self._session = session
        self._posts = posts

    def messages(self, draft: Draft) -> list[Message]:
        post_id = draft.corrects.post if draft.corrects else None
        sent = () if post_id is None else self._sent(post_id)
        return [*sent, *self._cards(draft)]

    def open_of(self, post_id: int) -> Post | None:
        found = self._ids(col(RevisionRow.corrects) == post_id, states=OPEN_STATES, limit=1)
        return self._posts.get(found[0]) if found else None

    def without_record(self, limit: int) -> list[Post]:
        no_record = col(RevisionRow.record_id).is_(None)
        corrects = col(RevisionRow.corrects).is_not(None)
        arrived = select(DeliveryRow.id).where(
            col(DeliveryRow.post_id) == col(PostRow.id),
            col(DeliveryRow.state) == DeliveryState.SENT,
        )
        found = self._ids(corrects, no_record, arrived.exists(), states=OUT, limit=limit)
        return [post for each in found if (post := self._posts.get(each))]

    def told(self) -> set[tuple[str, str]]:
        entry = select(CorrectionNoticeRow.record_id, CorrectionNoticeRow.fingerprint)
        return set(self._session.exec(entry.where(col(CorrectionNoticeRow.told))))

    def claim(self, record_id: str, fingerprint: str, now: datetime, until: datetime) -> bool:
        insert = INSERTS[self._session.get_bind().dialect.name](CorrectionNoticeRow)
        entry = {"record_id": record_id, "fingerprint": fingerprint}
        free = ~col(CorrectionNoticeRow.told) & (col(CorrectionNoticeRow.until) <= now)
        mine = insert.values(**entry, told=False, until=until).on_conflict_do_update(
            index_elements=list(entry), set_={"until": insert.excluded.until}, where=free
        )
        returned = mine.returning(CorrectionNoticeRow.record_id)
        return self._session.execute(returned).first() is not None

    def tell(self, record_id: str, fingerprint: str) -> None:
        this = (
            col(CorrectionNoticeRow.record_id) == record_id,
            col(CorrectionNoticeRow.fingerprint) == fingerprint,
        )
        self._session.exec(update(CorrectionNoticeRow).where(*this).values(told=True))

    def _sent(self, post_id: int) -> Iterator[Message]:
        """Its messages, or what was sent in their place by an earlier correction."""
        rows = self._session.exec(_shown_of(post_id).order_by(col(DeliveryRow.id))).all()
        gone = {(each.target, each.original) for each in rows if each.replaced and each.message_id}
        for each in rows:
            if each.message_id is None:
                yield Message(each.target, f"delivery {each.id}", None, DeliveryKind(each.kind))
            elif (each.target, each.message_id) not in gone:
                key = f"message {each.message_id}"
                yield Message(each.target, key, each.message_id, DeliveryKind(each.kind))

    def _cards(self, draft: Draft) -> Iterator[Message]:
        cards = select(InlineCardRow.id).where(
            col(InlineCardRow.record_id) == draft.record_id,
            col(InlineCardRow.language) == draft.language,
        )
        for number in self._session.exec(cards.order_by(col(InlineCardRow.id))):
            yield Message(f"{INLINE}{number}", f"card {number}", number)

    def _ids(self, *conditions: Any, states: tuple[PostState, ...], limit: int) -> list[int]:
        alive = current(PostRow.id).where(*conditions, col(PostRow.state).in_(states))
        alive = alive.order_by(col(PostRow.id).desc())
        return [each for each in self._session.exec(alive.limit(limit)) if each is not None]


def _shown_of(post_id: int) -> Any:
    """Rows that sent something of a post that still stands there, or may have; none of a reader who
    was taken out of it."""
    corrections = select(RevisionRow.post_id).where(col(RevisionRow.corrects) == post_id)
    own = col(DeliveryRow.post_id) == post_id
    replacing = col(DeliveryRow.post_id).in_(corrections) & col(DeliveryRow.replaced)
    ended = col(DeliveryRow.state).in_((DeliveryState.SENT, DeliveryState.UNKNOWN))
    return select(DeliveryRow).where(ended, KNOWN, or_(own, replacing))
