"""Posts in the `post` table."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from bot.core.people import PersonId
from bot.core.posts import OPEN, DeliveryState, Draft, Post, PostState
from db.deliveries import SqlDeliveries
from db.tables import BLOCKS, DeliveryRow, PostRow


class SqlPosts:
    def __init__(self, session: Session, deliveries: SqlDeliveries) -> None:
        self._session = session
        self._deliveries = deliveries

    def add(self, draft: Draft, now: datetime) -> Post:
        row = PostRow(
            author=draft.author,
            blocks=BLOCKS.dump_python(draft.blocks, mode="json"),
            targets=list(draft.targets),
            due_at=draft.due_at,
            record_id=draft.record_id,
            origin=draft.origin,
            state=PostState.REVIEW,
            created_at=now,
        )
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            found = select(PostRow).where(col(PostRow.origin) == draft.origin)
            return self._session.exec(found).one().to_core()
        return row.to_core()

    def get(self, post_id: int) -> Post | None:
        row = self._session.get(PostRow, post_id)
        return row.to_core() if row else None

    def listed(self, states: Collection[PostState], limit: int) -> list[Post]:
        found = select(PostRow).where(col(PostRow.state).in_(states))
        latest = found.order_by(col(PostRow.id).desc()).limit(limit)
        return [row.to_core() for row in self._session.exec(latest)]

    def approve(self, post_id: int, by: PersonId, fingerprint: str, now: datetime) -> bool:
        post = self.get(post_id)
        if post is None or post.draft.author == by or post.draft.fingerprint != fingerprint:
            return False
        values = {"state": PostState.SCHEDULED, "approved": fingerprint, "approver": by}
        if not self._change(post_id, PostState.REVIEW, values):
            return False
        self._deliveries.plan(post_id, post.draft.targets, post.draft.due_at or now)
        return True

    def move(self, post_id: int, before: PostState, after: PostState, reason: str = "") -> bool:
        return self._change(post_id, before, {"state": after, "reason": reason})

    def cancel(self, post_id: int, reason: str) -> bool:
        values = {"state": PostState.CANCELLED, "reason": reason}
        alive = (PostState.DRAFT, PostState.REVIEW, PostState.SCHEDULED)
        done = any(self._change(post_id, state, values) for state in alive)
        if done:
            self._deliveries.cancel(post_id, reason)
        return done

    def using(self, records: Collection[str]) -> list[Post]:
        alive = col(PostRow.state).not_in((PostState.CANCELLED, PostState.DRAFT))
        found = select(PostRow).where(col(PostRow.record_id).in_(records), alive)
        return [row.to_core() for row in self._session.exec(found.order_by(col(PostRow.id).desc()))]

    def stale(self, due_before: datetime) -> list[Post]:
        waiting = col(PostRow.state) == PostState.REVIEW
        found = select(PostRow).where(waiting, col(PostRow.due_at) < due_before)
        return [row.to_core() for row in self._session.exec(found)]

    def over(self) -> list[Post]:
        waits = select(DeliveryRow.id).where(
            col(DeliveryRow.post_id) == col(PostRow.id), col(DeliveryRow.state).in_(OPEN)
        )
        found = select(PostRow).where(col(PostRow.state) == PostState.SCHEDULED, ~waits.exists())
        return [row.to_core() for row in self._session.exec(found)]

    def public_between(self, since: datetime, until: datetime) -> Post | None:
        went = select(DeliveryRow.id).where(
            col(DeliveryRow.post_id) == col(PostRow.id),
            col(DeliveryRow.state) == DeliveryState.SENT,
            col(DeliveryRow.target).startswith("@"),
            col(DeliveryRow.due_at) >= since,
            col(DeliveryRow.due_at) < until,
        )
        sent = col(PostRow.state) == PostState.SENT
        found = select(PostRow).where(sent, went.exists()).order_by(col(PostRow.id).desc())
        row = self._session.exec(found.limit(1)).first()
        return row.to_core() if row else None

    def _change(self, post_id: int, before: PostState, values: dict[str, Any]) -> bool:
        # Compare-and-set: the same single statement decides on SQLite and on PostgreSQL.
        mine = (col(PostRow.id) == post_id, col(PostRow.state) == before)
        changed = self._session.exec(update(PostRow).where(*mine).values(values))
        self._session.expire_all()
        return bool(changed.rowcount == 1)
