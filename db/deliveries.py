"""Deliveries in the `delivery` table: who takes a row, and what becomes of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from bot.core.posts import Delivery, DeliveryState
from db.tables import DeliveryRow

UNRECORDED = "the bot stopped between sending and noting it; look in the chat"


class SqlDeliveries:
    def __init__(self, session: Session) -> None:
        self._session = session

    def plan(self, post_id: int, targets: tuple[str, ...], due_at: datetime) -> None:
        """A pending row for each target. Part of an approval, hence of its transaction."""
        state = DeliveryState.PENDING
        self._session.add_all(
            DeliveryRow(
                post_id=post_id, target=target, due_at=due_at, not_before=due_at, state=state
            )
            for target in targets
        )
        self._session.flush()

    def of(self, post_id: int) -> list[Delivery]:
        found = select(DeliveryRow).where(col(DeliveryRow.post_id) == post_id)
        return [row.to_core() for row in self._session.exec(found.order_by(col(DeliveryRow.id)))]

    def counts(self, post_id: int) -> dict[DeliveryState, int]:
        counted = select(DeliveryRow.state, func.count()).group_by(col(DeliveryRow.state))
        rows = self._session.exec(counted.where(col(DeliveryRow.post_id) == post_id))
        return {DeliveryState(state): count for state, count in rows}

    def next_due(self) -> datetime | None:
        waiting = select(DeliveryRow.not_before).where(_is(DeliveryState.PENDING))
        return self._session.exec(waiting.order_by(col(DeliveryRow.not_before)).limit(1)).first()

    def lease(self, owner: str, now: datetime, until: datetime, limit: int) -> list[Delivery]:
        due = (
            select(DeliveryRow)
            .where(_is(DeliveryState.PENDING), col(DeliveryRow.not_before) <= now)
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
        values = {"state": state, "message_id": message_id, "reason": reason} | _FREE
        if not_before is not None:
            values["not_before"] = not_before
        leased = _mine(delivery_id, owner, DeliveryState.LEASED, DeliveryState.SENDING)
        return self._change(leased, values=values)

    def cancel(self, post_id: int, reason: str) -> None:
        """Cancel what has not begun. Part of cancelling the post."""
        of_post = col(DeliveryRow.post_id) == post_id
        waiting = _is(DeliveryState.PENDING, DeliveryState.LEASED)
        values = {"state": DeliveryState.CANCELLED, "reason": reason} | _FREE
        self._session.exec(update(DeliveryRow).where(of_post, waiting).values(values))

    def expire(self, now: datetime) -> int:
        return self._end_leases(col(DeliveryRow.lease_until) <= now)

    def abandon(self) -> int:
        return self._end_leases(col(DeliveryRow.lease_owner).is_not(None))

    def _end_leases(self, which: Any) -> int:
        again = {"state": DeliveryState.PENDING} | _FREE
        unknown = {"state": DeliveryState.UNKNOWN, "reason": UNRECORDED} | _FREE
        ended = ((DeliveryState.LEASED, again), (DeliveryState.SENDING, unknown))
        statements = (update(DeliveryRow).where(_is(s), which).values(v) for s, v in ended)
        return sum(self._session.exec(statement).rowcount for statement in statements)

    def _change(self, *conditions: Any, values: dict[str, Any]) -> bool:
        changed = self._session.exec(update(DeliveryRow).where(*conditions).values(values))
        return bool(changed.rowcount == 1)


_FREE: dict[str, Any] = {"lease_owner": None, "lease_until": None}


def _is(*states: DeliveryState) -> Any:
    return col(DeliveryRow.state).in_(states)


def _mine(delivery_id: int, owner: str, *states: DeliveryState) -> Any:
    lease = (col(DeliveryRow.id) == delivery_id) & (col(DeliveryRow.lease_owner) == owner)
    return lease & _is(*states)
