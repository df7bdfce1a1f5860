"""Deliveries in the `delivery` table: who takes a row, and what becomes of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import func, text, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot.core.posts import AGAIN, OPEN, PROBLEMS, Delivery, DeliveryState, Post, PostState, Tally
from db.tables import UNTOLD, DeliveryRow, PostRow
from db.upsert import INSERTS

NEXT_TIMES = 3
UNRECORDED = "the bot stopped between sending and noting it; look in the chat"


AROUND = ("id", "post_id", "target", "state", "due_at", "occurrence", "revision")
"""What is read of thousands of rows at once; whole ones take several times as long."""

_OTHER = aliased(DeliveryRow, name="other")


class SqlDeliveries:
    def __init__(self, session: Session) -> None:
        self._session = session

    def plan(self, post: Post, key: str, due_at: datetime) -> None:
        values: dict[str, Any] = {
            "post_id": post.id,
            "occurrence": key,
            "revision": post.revision.number,
            "due_at": due_at,
            "not_before": due_at,
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "reason": "",
            "untold": False,
        }
        rows = [{**values, "target": target} for target in post.draft.targets]
        insert = INSERTS[self._session.get_bind().dialect.name](DeliveryRow)
        new = insert.excluded
        state = col(DeliveryRow.state)
        moved = (state == DeliveryState.PENDING) & (col(DeliveryRow.due_at) != new.due_at)
        changed = ("revision", "due_at", "not_before", "state", "reason")
        self._session.execute(
            insert.on_conflict_do_update(
                index_elements=["post_id", "occurrence", "target"],
                set_={name: new[name] for name in changed},
                where=(state == DeliveryState.CANCELLED) | moved,
            ),
            rows,
        )

    def of(self, post_id: int) -> list[Delivery]:
        found = select(DeliveryRow).where(col(DeliveryRow.post_id) == post_id)
        return [row.to_core() for row in self._session.exec(found.order_by(col(DeliveryRow.id)))]

    def around(self, targets: Collection[str], first: datetime, last: datetime) -> list[Delivery]:
        went = _is(*OPEN, DeliveryState.SENT, DeliveryState.UNKNOWN)
        due_at, there = col(DeliveryRow.due_at), col(DeliveryRow.target).in_(targets)
        found = select(*(getattr(DeliveryRow, name) for name in AROUND))
        rows = self._session.execute(found.where(there, due_at.between(first, last), went))
        return [Delivery(**row) for row in rows.mappings()]

    def tally(self, post_id: int, problems: int = 20) -> Tally:
        mine, due_at = col(DeliveryRow.post_id) == post_id, col(DeliveryRow.due_at)
        counted = select(DeliveryRow.state, func.count()).group_by(col(DeliveryRow.state))
        counts = {DeliveryState(state): n for state, n in self._session.exec(counted.where(mine))}
        waiting = select(DeliveryRow.due_at).where(mine, _is(DeliveryState.PENDING)).distinct()
        coming = self._session.exec(waiting.order_by(due_at).limit(NEXT_TIMES))
        wrong = select(DeliveryRow).where(mine, _is(*PROBLEMS))
        latest = self._session.exec(wrong.order_by(col(DeliveryRow.id).desc()).limit(problems))
        return Tally(counts, tuple(coming), tuple(row.to_core() for row in latest))

    def troubled(self, limit: int) -> list[int]:
        begun = select(_OTHER.id).where(
            col(_OTHER.post_id) == col(DeliveryRow.post_id),
            col(_OTHER.occurrence) == col(DeliveryRow.occurrence),
            col(_OTHER.state).in_(OPEN),
        )
        ending = (col(PostRow.state) == PostState.SCHEDULED) & col(PostRow.planned_until).is_(None)
        found = (
            select(DeliveryRow.post_id)
            .join(PostRow, col(PostRow.id) == col(DeliveryRow.post_id))
            .where(text(f"delivery.{UNTOLD}"), ~begun.exists(), ~ending)
        )
        return list(self._session.exec(found.distinct().limit(limit)))

    def untold(self, post_id: int, limit: int) -> list[Delivery]:
        mine = col(DeliveryRow.post_id) == post_id
        found = select(DeliveryRow).where(mine, text(f"delivery.{UNTOLD}")).limit(limit)
        return [row.to_core() for row in self._session.exec(found)]

    def told(self, deliveries: Collection[Delivery]) -> None:
        these = col(DeliveryRow.id).in_([each.id for each in deliveries])
        self._session.exec(update(DeliveryRow).where(these).values(untold=False))

    def due_posts(self, now: datetime, limit: int) -> list[int]:
        due = (_is(DeliveryState.PENDING), col(DeliveryRow.not_before) <= now)
        found = select(DeliveryRow.post_id).where(*due).distinct().limit(limit)
        return list(self._session.exec(found))

    def next_due(self, posts: Collection[int] | None = None) -> datetime | None:
        waiting = select(DeliveryRow.not_before).where(_is(DeliveryState.PENDING), *_of(posts))
        return self._session.exec(waiting.order_by(col(DeliveryRow.not_before)).limit(1)).first()

    def lease(
        self,
        owner: str,
        now: datetime,
        until: datetime,
        limit: int,
        posts: Collection[int] | None = None,
    ) -> list[Delivery]:
        due = (
            select(DeliveryRow)
            .where(_is(DeliveryState.PENDING), col(DeliveryRow.not_before) <= now, *_of(posts))
            .order_by(col(DeliveryRow.not_before), col(DeliveryRow.id))
            .limit(limit)
            .with_for_update(skip_locked=True)  # nothing on SQLite, where one writer is alone
        )
        rows = self._session.exec(due).all()
        for row in rows:
            row.state, row.lease_owner, row.lease_until = DeliveryState.LEASED, owner, until
        self._session.flush()
        return [row.to_core() for row in rows]

    def begin(self, delivery_id: int, owner: str, now: datetime, until: datetime) -> bool:
        values = {
            "state": DeliveryState.SENDING,
            "attempts": DeliveryRow.attempts + 1,
            "lease_until": until,
        }
        still = col(DeliveryRow.lease_until) > now
        return self._change(_mine(delivery_id, owner, DeliveryState.LEASED), still, values=values)

    def record(
        self,
        delivery_id: int,
        owner: str,
        state: DeliveryState,
        *,
        message_id: int | None = None,
        reason: str = "",
        not_before: datetime | None = None,
    ) -> bool:
        values = {
            "state": state,
            "message_id": message_id,
            "reason": reason,
            "untold": state in PROBLEMS,
        } | _FREE
        if not_before is not None:
            values["not_before"] = not_before
        leased = _mine(delivery_id, owner, DeliveryState.LEASED, DeliveryState.SENDING)
        return self._change(leased, values=values)

    def cancel(self, post_id: int, reason: str) -> None:
        of_post = col(DeliveryRow.post_id) == post_id
        waiting = _is(DeliveryState.PENDING, DeliveryState.LEASED)
        values = {"state": DeliveryState.CANCELLED, "reason": reason} | _FREE
        self._session.exec(update(DeliveryRow).where(of_post, waiting).values(values))

    def again(self, delivery_id: int, now: datetime) -> bool:
        values = {
            "state": DeliveryState.PENDING,
            "not_before": now,
            "again_at": now,
            "reason": "",
            "untold": False,
        }
        return self._change(
            col(DeliveryRow.id) == delivery_id, col(DeliveryRow.state).in_(AGAIN), values=values
        )

    def expire(self, now: datetime) -> int:
        return self._end_leases(col(DeliveryRow.lease_until) <= now)

    def abandon(self) -> int:
        return self._end_leases(col(DeliveryRow.lease_owner).is_not(None))

    def _end_leases(self, which: Any) -> int:
        again = {"state": DeliveryState.PENDING} | _FREE
        unknown = {"state": DeliveryState.UNKNOWN, "reason": UNRECORDED, "untold": True} | _FREE
        ended = ((DeliveryState.LEASED, again), (DeliveryState.SENDING, unknown))
        statements = (update(DeliveryRow).where(_is(s), which).values(v) for s, v in ended)
        return sum(self._session.exec(statement).rowcount for statement in statements)

    def _change(self, *conditions: Any, values: dict[str, Any]) -> bool:
        changed = self._session.exec(update(DeliveryRow).where(*conditions).values(values))
        return bool(changed.rowcount == 1)


_FREE: dict[str, Any] = {"lease_owner": None, "lease_until": None}


def _is(*states: DeliveryState) -> Any:
    return col(DeliveryRow.state).in_(states)


def _of(posts: Collection[int] | None) -> tuple[Any, ...]:
    return () if posts is None else (col(DeliveryRow.post_id).in_(posts),)


def _mine(delivery_id: int, owner: str, *states: DeliveryState) -> Any:
    lease = (col(DeliveryRow.id) == delivery_id) & (col(DeliveryRow.lease_owner) == owner)
    return lease & _is(*states)
