"""Leases of rows in the `delivery` table: who takes a row, and what becomes of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from bot.core.posts import PROBLEMS, Delivery, DeliveryState
from db.readers import FREE
from db.tables import DeliveryRow

UNRECORDED = "the bot stopped between sending and noting it; look in the chat"


class SqlLeases:
    """What `SqlDeliveries` does for those who send."""

    _session: Session

    def due_posts(self, now: datetime, limit: int) -> list[int]:
        due = (in_state(DeliveryState.PENDING), col(DeliveryRow.not_before) <= now)
        found = select(DeliveryRow.post_id).where(*due).distinct().limit(limit)
        return list(self._session.exec(found))

    def next_due(self, posts: Collection[int] | None = None) -> datetime | None:
        waiting = select(DeliveryRow.not_before).where(in_state(DeliveryState.PENDING), *_of(posts))
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
            .where(in_state(DeliveryState.PENDING), col(DeliveryRow.not_before) <= now, *_of(posts))
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
            "begun_at": now,
        }
        still = col(DeliveryRow.lease_until) > now
        return self._change(_mine(delivery_id, owner, DeliveryState.LEASED), still, values=values)

    def replace(
        self, delivery_id: int, owner: str, why: str, now: datetime, until: datetime
    ) -> bool:
        still = col(DeliveryRow.lease_until) > now
        mine = _mine(delivery_id, owner, DeliveryState.SENDING)
        return self._change(
            mine, still, values={"replaced": True, "reason": why, "lease_until": until}
        )

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
        values = {"state": state, "message_id": message_id, "untold": state in PROBLEMS} | FREE
        if not_before is not None:
            values["not_before"] = not_before
        if state is not DeliveryState.PENDING:
            values |= {"reason": reason, "spread_to": None}
        leased = _mine(delivery_id, owner, DeliveryState.LEASED, DeliveryState.SENDING)
        return self._change(leased, values=values)

    def expire(self, now: datetime) -> int:
        return self._end_leases(col(DeliveryRow.lease_until) <= now)

    def abandon(self) -> int:
        return self._end_leases(col(DeliveryRow.lease_owner).is_not(None))

    def _end_leases(self, which: Any) -> int:
        again = {"state": DeliveryState.PENDING} | FREE
        unknown = {"state": DeliveryState.UNKNOWN, "reason": UNRECORDED, "untold": True} | FREE
        ended = (
            (in_state(DeliveryState.LEASED), again),
            (in_state(DeliveryState.SENDING) & EDITS, again),  # done twice it changes nothing
            (in_state(DeliveryState.SENDING), unknown),
        )
        statements = (update(DeliveryRow).where(s, which).values(v) for s, v in ended)
        return sum(self._session.exec(statement).rowcount for statement in statements)

    def _change(self, *conditions: Any, values: dict[str, Any]) -> bool:
        changed = self._session.exec(update(DeliveryRow).where(*conditions).values(values))
        return bool(changed.rowcount == 1)


EDITS = col(DeliveryRow.original).is_not(None) & ~col(DeliveryRow.replaced)
"""Rows that change a message, in place of which nothing is or was sent."""


def in_state(*states: DeliveryState) -> Any:
    return col(DeliveryRow.state).in_(states)


def _of(posts: Collection[int] | None) -> tuple[Any, ...]:
    return () if posts is None else (col(DeliveryRow.post_id).in_(posts),)


def _mine(delivery_id: int, owner: str, *states: DeliveryState) -> Any:
    lease = (col(DeliveryRow.id) == delivery_id) & (col(DeliveryRow.lease_owner) == owner)
    return lease & in_state(*states)
