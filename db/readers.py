"""The rows of readers in the `delivery` table: how they get theirs, and are taken out of it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, cast, delete, func, literal, update
from sqlmodel import Session, col, select

from bot.core.audiences import chat_of
from bot.core.people import PersonId
from bot.core.posts import (
    PROBLEMS,
    REACHABLE,
    UNSUBSCRIBED,
    Delivery,
    DeliveryKind,
    DeliveryState,
)
from db.tables import DeliveryRow, SubscriberRow
from db.upsert import INSERTS

KEPT = timedelta(days=30)
"""For how long a reader's row says whose it is."""

FORGOTTEN = "it waited so long that nobody knows any more for whom"

FREE: dict[str, Any] = {"lease_owner": None, "lease_until": None}

IS_READER = col(DeliveryRow.kind) == DeliveryKind.READER
KNOWN = ~IS_READER | col(DeliveryRow.forget_at).is_not(None)
"""Rows that say where they lead; those of forgotten readers do not."""

_WAITS = col(DeliveryRow.state).in_((DeliveryState.PENDING, DeliveryState.LEASED))
_LEFT: dict[str, Any] = {"state": DeliveryState.CANCELLED, "reason": UNSUBSCRIBED} | FREE
_TOO_OLD: dict[str, Any] = {"state": DeliveryState.CANCELLED, "reason": FORGOTTEN} | FREE


class SqlReaders:
    """What `SqlDeliveries` does with audiences and readers."""

    _session: Session

    def give(
        self, row: Delivery, chats: Collection[str], versions: Collection[int], now: datetime
    ) -> None:
        told = self._told_by(versions, row.occurrence, chats)
        values = {
            "post_id": row.post_id,
            "occurrence": row.occurrence,
            "revision": row.revision,
            "due_at": now,
            "not_before": now,
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "reason": "",
            "untold": False,
            "kind": DeliveryKind.READER,
            "forget_at": now + KEPT,
        }
        rows = [{**values, "target": chat} for chat in chats if chat not in told]
        if not rows:
            return
        insert = INSERTS[self._session.get_bind().dialect.name](DeliveryRow)
        waits = col(DeliveryRow.state) == DeliveryState.CANCELLED
        changed = ("revision", "due_at", "not_before", "state", "reason")
        self._session.execute(
            insert.on_conflict_do_update(
                index_elements=["post_id", "occurrence", "target"],
                set_={name: insert.excluded[name] for name in changed},
                where=waits & (col(DeliveryRow.reason) != UNSUBSCRIBED),
            ),
            rows,
        )

    def go_on(self, row: Delivery, owner: str, spread_to: PersonId, now: datetime) -> bool:
        values = {
            "state": DeliveryState.PENDING,
            "spread_to": spread_to,
            "due_at": now,
            "not_before": now,
            "again_at": None,
        }
        changed = update(DeliveryRow).where(*_leased(row, owner)).values(values | FREE)
        return bool(self._session.exec(changed).rowcount == 1)

    def given(self, row: Delivery, owner: str) -> bool:
        gone = self._session.exec(delete(DeliveryRow).where(*_leased(row, owner)))
        return bool(gone.rowcount == 1)

    def reaches_readers(self, row: Delivery) -> bool:
        this = (
            col(DeliveryRow.post_id) == row.post_id,
            col(DeliveryRow.occurrence) == row.occurrence,
        )
        found = select(DeliveryRow.id).where(*this, IS_READER)
        return self._session.exec(found.limit(1)).first() is not None

    def forget(self, person: PersonId) -> int:
        known = col(DeliveryRow.forget_at).is_not(None)
        theirs = (col(DeliveryRow.target) == chat_of(person), known)
        self._session.exec(update(DeliveryRow).where(*theirs, _WAITS).values(_LEFT))
        before = select(func.max(SubscriberRow.person)).where(col(SubscriberRow.person) < person)
        came_to = update(DeliveryRow).where(col(DeliveryRow.spread_to) == person)
        self._session.exec(came_to.values(spread_to=before.scalar_subquery()))
        return int(self._session.exec(update(DeliveryRow).where(*theirs).values(_NOBODY)).rowcount)

    def forget_old(self, now: datetime, limit: int) -> int:
        old = select(DeliveryRow.id).where(col(DeliveryRow.forget_at) <= now)
        some = self._session.exec(old.order_by(col(DeliveryRow.forget_at)).limit(limit)).all()
        if not some:
            return 0
        these = update(DeliveryRow).where(col(DeliveryRow.id).in_(some))
        self._session.exec(these.where(_WAITS).values(_TOO_OLD))
        return int(self._session.exec(these.values(_NOBODY)).rowcount)

    def untold_readers(self, post_id: int) -> dict[DeliveryState, int]:
        return self._troubles(post_id, col(DeliveryRow.untold))

    def readers_told(self, post_id: int) -> None:
        mine = (col(DeliveryRow.post_id) == post_id, col(DeliveryRow.untold), IS_READER)
        self._session.exec(update(DeliveryRow).where(*mine).values(untold=False))

    def readers_again(self, post_id: int, now: datetime) -> int:
        ends = col(DeliveryRow.state).in_(REACHABLE)
        mine = update(DeliveryRow).where(
            col(DeliveryRow.post_id) == post_id, ends, IS_READER, KNOWN
        )
        return int(self._session.exec(mine.values(waiting_again(now))).rowcount)

    def _troubles(self, post_id: int, *which: Any) -> dict[DeliveryState, int]:
        """Problems of readers by number."""
        wrong = col(DeliveryRow.state).in_(PROBLEMS)
        counted = select(DeliveryRow.state, func.count()).group_by(col(DeliveryRow.state))
        mine = counted.where(col(DeliveryRow.post_id) == post_id, IS_READER, wrong, *which)
        return {DeliveryState(state): count for state, count in self._session.exec(mine)}

    def _told_by(
        self, versions: Collection[int], occurrence: str, chats: Collection[str]
    ) -> set[str]:
        """Those of the chats that get, or got, one of these posts at that time."""
        if not versions:
            return set()
        found = select(DeliveryRow.target).where(
            col(DeliveryRow.post_id).in_(versions),
            col(DeliveryRow.occurrence) == occurrence,
            col(DeliveryRow.target).in_(chats),
            col(DeliveryRow.state) != DeliveryState.CANCELLED,
        )
        return set(self._session.exec(found))


_NOBODY: dict[str, Any] = {
    "target": literal("forgotten:").concat(cast(col(DeliveryRow.id), String)),
    "message_id": None,
    "forget_at": None,
}
"""What no row of another can be, and nobody can lead back."""


def waiting_again(now: datetime) -> dict[str, Any]:
    """What is written of a row that a person has sent again."""
    return {
        "state": DeliveryState.PENDING,
        "not_before": now,
        "again_at": now,
        "reason": "",
        "untold": False,
        "replaced": False,
    }


def _leased(row: Delivery, owner: str) -> tuple[Any, ...]:
    return (
        col(DeliveryRow.id) == row.id,
        col(DeliveryRow.lease_owner) == owner,
        col(DeliveryRow.state) == DeliveryState.LEASED,
    )
