"""Holds in the tables `hold`, `hold_release` and `hold_exemption`."""

from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from bot.core.holds import Hold, Queued, Release
from bot.core.people import PersonId
from bot.core.posts import DeliveryState, Post, PostState
from db.locks import Lock, exclusive, shared
from db.tables import DeliveryRow, HoldExemptionRow, HoldReleaseRow, HoldRow, PostRow
from db.upsert import upsert


class SqlHolds:
    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self) -> None:
        exclusive(self._session, Lock.HOLDS)

    def active(self) -> Hold | None:
        shared(self._session, Lock.HOLDS)
        return self._in_force()

    def allows(self, post_id: int) -> bool:
        hold = self.active()
        if hold is None:
            return True
        current = col(PostRow.revision) == HoldExemptionRow.revision
        found = select(HoldExemptionRow.post_id).join(
            PostRow, (col(PostRow.id) == HoldExemptionRow.post_id) & current
        )
        mine = (col(HoldExemptionRow.post_id) == post_id, col(HoldExemptionRow.hold) == hold.number)
        return self._session.exec(found.where(*mine)).first() is not None

    def place(self, person: PersonId | None, reason: str, now: datetime) -> bool:
        self.lock()
        hold = self._in_force()
        if hold and any((each.person, each.reason) == (person, reason) for each in hold.calls):
            return False
        self._session.add(HoldRow(person=person, reason=reason, at=now))
        self._session.flush()
        return True

    def lift(self, hold: int, now: datetime) -> bool:
        self.lock()
        found = self._in_force()
        if found is None or found.number != hold:
            return False
        in_force = col(HoldRow.lifted_at).is_(None)
        self._session.exec(update(HoldRow).where(in_force).values(lifted_at=now))
        return True

    def ask(self, release: Release) -> None:
        row = HoldReleaseRow(
            hold=release.hold,
            person=release.person,
            queue=release.queue,
            shown_to=list(release.shown_to),
        )
        upsert(self._session, row, "person", "queue", "shown_to")

    def asked(self, hold: int) -> Release | None:
        row = self._session.get(HoldReleaseRow, hold, populate_existing=True)
        return row.to_core() if row else None

    def waiting(self, until: datetime) -> list[Queued]:
        row, at = DeliveryRow, func.coalesce(DeliveryRow.again_at, DeliveryRow.due_at)
        found = (
            select(row.post_id, row.revision, at, func.count())
            .join(PostRow, col(PostRow.id) == col(row.post_id))
            .where(
                col(PostRow.state) == PostState.SCHEDULED,
                col(row.state).in_((DeliveryState.PENDING, DeliveryState.LEASED)),
                col(row.not_before) <= until,
            )
            .group_by(col(row.post_id), col(row.revision), at)
            .order_by(at, col(row.post_id))
        )
        return [Queued(*each) for each in self._session.exec(found)]

    def exempt(self, post: Post, hold: int, person: PersonId) -> None:
        row = HoldExemptionRow(
            post_id=post.id, revision=post.revision.number, hold=hold, person=person
        )
        upsert(self._session, row, "revision", "hold", "person")

    def _in_force(self) -> Hold | None:
        found = select(HoldRow).where(col(HoldRow.lifted_at).is_(None))
        rows = self._session.exec(found.order_by(col(HoldRow.number))).all()
        return Hold(tuple(row.to_core() for row in rows)) if rows else None
