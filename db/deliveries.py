"""Deliveries in the `delivery` table: what is planned, and what came of it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import case, func, literal, literal_column, text, union_all, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot.core.audiences import audience_of
from bot.core.posts import (
    AGAIN,
    OPEN,
    PROBLEMS,
    Delivery,
    DeliveryKind,
    DeliveryState,
    Message,
    Post,
    PostState,
    Tally,
)
from db.leases import EDITS, SqlLeases, in_state
from db.posts import parts
from db.readers import FREE, IS_READER, KEPT, KNOWN, SqlReaders, waiting_again
from db.tables import UNTOLD, DeliveryRow, PostRow
from db.upsert import INSERTS

NEXT_TIMES = 3
ASKED = 200
"""Occurrences that one query asks for; a statement holds only so many values."""
UNKNOWN_MESSAGE = "nobody knows whether it arrived, so nothing could be edited; look in the chat"


_AROUND: Any = select(
    *(
        getattr(DeliveryRow, name)
        for name in ("id", "post_id", "target", "state", "due_at", "occurrence", "revision")
    )
)
"""What is read of thousands of rows at once; whole ones take several times as long."""

_OTHER = aliased(DeliveryRow, name="other")


class SqlDeliveries(SqlLeases, SqlReaders):
    def __init__(self, session: Session) -> None:
        self._session = session

    def plan(self, post: Post, key: str, due_at: datetime) -> None:
        row = {**_new(post, due_at), "occurrence": key}
        targets = post.draft.targets
        self._insert([{**row, "target": each, "kind": _kind(each)} for each in targets])

    def plan_edits(self, post: Post, messages: Collection[Message], due_at: datetime) -> None:
        lost = {"state": DeliveryState.SKIPPED, "reason": UNKNOWN_MESSAGE, "untold": True}
        rows = [
            {
                **_new(post, due_at),
                "target": each.target,
                "kind": each.kind,
                "forget_at": due_at + KEPT if each.kind is DeliveryKind.READER else None,
                "occurrence": each.key,
                "original": each.number,
            }
            | (lost if each.number is None else {})
            for each in messages
        ]
        if rows:
            self._insert(rows)

    def _insert(self, rows: list[dict[str, Any]]) -> None:
        """A row that was cancelled waits again; a pending one whose moment was moved moves."""
        insert = INSERTS[self._session.get_bind().dialect.name](DeliveryRow)
        new = insert.excluded
        state = col(DeliveryRow.state)
        begun = col(DeliveryRow.spread_to).is_not(None)
        moved = (state == DeliveryState.PENDING) & (col(DeliveryRow.due_at) != new.due_at) & ~begun
        changed = ("revision", "due_at", "not_before", "state", "reason")
        self._session.execute(
            insert.on_conflict_do_update(
                index_elements=["post_id", "occurrence", "target"],
                set_={name: new[name] for name in changed},
                where=(state == DeliveryState.CANCELLED) | moved,
            ),
            rows,
        )

    def skipped_with(self, post_id: int, delivery_id: int) -> list[Delivery]:
        mine = col(DeliveryRow.post_id) == post_id
        meant = select(DeliveryRow.occurrence).where(mine, col(DeliveryRow.id) == delivery_id)
        same = col(DeliveryRow.occurrence) == meant.scalar_subquery()
        found = select(DeliveryRow).where(mine, same, KNOWN, in_state(DeliveryState.SKIPPED))
        return [row.to_core() for row in self._session.exec(found.order_by(col(DeliveryRow.id)))]

    def drop(self, deliveries: Collection[Delivery], reason: str) -> None:
        these = col(DeliveryRow.id).in_([each.id for each in deliveries])
        values = {"state": DeliveryState.CANCELLED, "reason": reason, "untold": False}
        skipped = in_state(DeliveryState.SKIPPED)
        self._session.exec(update(DeliveryRow).where(these, skipped).values(values))

    def of(self, post_id: int) -> list[Delivery]:
        found = select(DeliveryRow).where(col(DeliveryRow.post_id) == post_id)
        return [row.to_core() for row in self._session.exec(found.order_by(col(DeliveryRow.id)))]

    def around(
        self,
        targets: Collection[str],
        first: datetime,
        last: datetime,
        posts: Collection[int] | None = None,
    ) -> list[Delivery]:
        named = [None] if posts is None else parts(posts)
        return [
            Delivery(id_, post_id, target, state, due_at, occurrence=key, revision=revision)
            for some in named
            for id_, post_id, target, state, due_at, key, revision in self._session.execute(
                _AROUND.where(*_there(targets, first, last), *_of(some))
            )
        ]

    def told_around(
        self, targets: Collection[str], first: datetime, last: datetime
    ) -> set[tuple[int, int]]:
        found = select(DeliveryRow.post_id, DeliveryRow.revision).distinct()
        rows = self._session.execute(found.where(*_there(targets, first, last)))
        return {(post_id, revision) for post_id, revision in rows}

    def tally(self, post_id: int, problems: int = 20) -> Tally:
        mine, due_at = col(DeliveryRow.post_id) == post_id, col(DeliveryRow.due_at)
        counted = select(DeliveryRow.state, func.count()).group_by(col(DeliveryRow.state))
        recipients = counted.where(mine, ~(_STANDS_FOR_OTHERS & ~in_state(*PROBLEMS)))
        counts = {DeliveryState(state): n for state, n in self._session.exec(recipients)}
        waiting = select(DeliveryRow.due_at).where(mine, in_state(DeliveryState.PENDING), _NAMED)
        coming = self._session.exec(waiting.distinct().order_by(due_at).limit(NEXT_TIMES))
        wrong = select(DeliveryRow).where(mine, in_state(*PROBLEMS), _NAMED)
        latest = self._session.exec(wrong.order_by(col(DeliveryRow.id).desc()).limit(problems))
        named = tuple(row.to_core() for row in latest)
        anew = select(DeliveryRow).where(
            mine, in_state(DeliveryState.SENT), col(DeliveryRow.replaced), _NAMED
        )
        replaced = self._session.exec(anew.order_by(col(DeliveryRow.id)).limit(problems))
        return Tally(
            counts,
            tuple(coming),
            named,
            tuple(row.to_core() for row in replaced),
            self._troubles(post_id),
        )

    def counted(self, posts: Collection[int]) -> dict[DeliveryState, int]:
        counted = select(DeliveryRow.state, func.count()).group_by(col(DeliveryRow.state))
        recipients = ~(_STANDS_FOR_OTHERS & ~in_state(*PROBLEMS))
        these = counted.where(col(DeliveryRow.post_id).in_(posts), recipients)
        return {DeliveryState(state): n for state, n in self._session.exec(these)}

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
        untold = select(DeliveryRow).where(mine, text(f"delivery.{UNTOLD}"), _NAMED)
        found = untold.limit(limit)
        return [row.to_core() for row in self._session.exec(found)]

    def went_out(self, occurrences: Collection[tuple[int, str]]) -> dict[tuple[int, str], datetime]:
        pairs = list(occurrences)
        some = (pairs[at : at + ASKED] for at in range(0, len(pairs), ASKED))
        return {key: due for asked in some for key, due in self._went_out(asked)}

    def _went_out(
        self, pairs: Sequence[tuple[int, str]]
    ) -> Iterator[tuple[tuple[int, str], datetime]]:
        """One row of each occurrence is enough, however many people it went to."""
        each = union_all(
            *(select(literal(post).label("post"), literal(key).label("key")) for post, key in pairs)
        ).subquery("asked")
        reached = select(DeliveryRow.due_at).where(
            col(DeliveryRow.post_id) == each.c.post,
            col(DeliveryRow.occurrence) == each.c.key,
            in_state(DeliveryState.SENT),
        )
        due = reached.limit(1).correlate(each).scalar_subquery()
        for post, key, due_at in self._session.exec(select(each.c.post, each.c.key, due)):
            if due_at:
                yield (post, key), due_at

    def told(self, deliveries: Collection[Delivery]) -> None:
        these = col(DeliveryRow.id).in_([each.id for each in deliveries])
        self._session.exec(update(DeliveryRow).where(these).values(untold=False))

    def cancel(self, post_id: int, reason: str) -> None:
        of_post = col(DeliveryRow.post_id) == post_id
        waiting = in_state(DeliveryState.PENDING, DeliveryState.LEASED)
        ended = {"state": DeliveryState.CANCELLED, "reason": reason, "spread_to": None}
        values = ended | FREE
        self._session.exec(update(DeliveryRow).where(of_post, waiting).values(values))

    def waiting(self, post_id: int) -> dict[str, datetime]:
        mine = (col(DeliveryRow.post_id) == post_id, in_state(DeliveryState.PENDING))
        begun = IS_READER | col(DeliveryRow.spread_to).is_not(None)
        found = select(DeliveryRow.occurrence, DeliveryRow.due_at).where(*mine, ~begun)
        return dict(self._session.exec(found.distinct()).all())

    def withdraw(self, post_id: int, key: str, reason: str) -> None:
        these = (col(DeliveryRow.post_id) == post_id, col(DeliveryRow.occurrence) == key)
        values = {"state": DeliveryState.CANCELLED, "reason": reason}
        waiting = update(DeliveryRow).where(*these, in_state(DeliveryState.PENDING))
        self._session.exec(waiting.values(values))

    def due_between(self, since: datetime, before: datetime, limit: int) -> list[Delivery]:
        due_at, of_many = col(DeliveryRow.due_at), IS_READER | EDITS
        due = (due_at >= since, due_at < before, ~in_state(DeliveryState.CANCELLED))
        named = select(*_OF_CORE).where(*due, ~of_many)
        found = [
            replace(
                Delivery(*row),
                state=DeliveryState(row.state),
                kind=DeliveryKind(row.kind),
                spread_to=row.spread_to or "",
            )
            for row in self._session.exec(named.order_by(due_at, col(DeliveryRow.id)).limit(limit))
        ]
        together = select(*_TOGETHER).where(*due, of_many).group_by(*_TOGETHER[:4])
        found += [
            Delivery(
                id_, post_id, "", DeliveryState(state), at, occurrence=key, kind=DeliveryKind(kind)
            )
            for post_id, key, state, kind, at, id_ in self._session.exec(together)
        ]
        return sorted(found, key=lambda each: (each.due_at, each.id))

    def last_sent(self) -> datetime | None:
        sent, latest = in_state(DeliveryState.SENT), col(DeliveryRow.not_before).desc()
        found = select(DeliveryRow.not_before).where(sent).order_by(latest).limit(1)
        return self._session.exec(found).first()

    def again(self, delivery_id: int, now: datetime) -> bool:
        ended = (col(DeliveryRow.id) == delivery_id, col(DeliveryRow.state).in_(AGAIN))
        return self._change(*ended, KNOWN, values=waiting_again(now))


def _new(post: Post, due_at: datetime) -> dict[str, Any]:
    return {
        "post_id": post.id,
        "revision": post.revision.number,
        "due_at": due_at,
        "not_before": due_at,
        "state": DeliveryState.PENDING,
        "attempts": 0,
        "reason": "",
        "untold": False,
        "replaced": False,
    }


_OF_CORE: Any = [DeliveryRow.__table__.c[each.name] for each in fields(Delivery)]  # type: ignore[attr-defined]
"""The columns of a `Delivery`: quicker than whole rows where there are many."""

_STANDS_FOR_OTHERS = col(DeliveryRow.kind) == DeliveryKind.AUDIENCE
_NAMED = ~IS_READER
"""What is listed with its target."""
_TOGETHER: tuple[Any, ...] = (
    DeliveryRow.post_id,
    case((EDITS, literal_column("''")), else_=col(DeliveryRow.occurrence)),
    DeliveryRow.state,
    DeliveryRow.kind,
    func.min(DeliveryRow.due_at),
    func.min(DeliveryRow.id),
)
"""What readers, or the edits of a correction, have in common, and when the first was due."""


def _kind(target: str) -> DeliveryKind:
    return DeliveryKind.AUDIENCE if audience_of(target) else DeliveryKind.CHAT


def _there(targets: Collection[str], first: datetime, last: datetime) -> tuple[Any, ...]:
    """What went to the targets, or is planned to, and is due in that time; edits are no posts."""
    went = in_state(*OPEN, DeliveryState.SENT, DeliveryState.UNKNOWN)
    within = col(DeliveryRow.due_at).between(first, last)
    return col(DeliveryRow.target).in_(targets), within, went, ~EDITS


def _of(posts: Collection[int] | None) -> tuple[Any, ...]:
    return () if posts is None else (col(DeliveryRow.post_id).in_(posts),)
