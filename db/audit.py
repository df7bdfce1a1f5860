"""The audit chain in the `audit` table, and its head in a table of its own."""

import logging
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from bot.core.audit import GENESIS, Detail, Entry, Head, follow, role_of
from bot.core.people import PersonId
from db.locks import Lock, exclusive
from db.tables import AuditHeadRow, AuditRow
from db.upsert import upsert

AT_ONCE = 1000
"""Rows that are read at once of a whole chain."""

LOWEST = -(2**31)
"""Below any number, also one that somebody slipped in before the first."""

log = logging.getLogger(__name__)


class SqlAudit:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._untold: list[Head] = []

    def append(
        self, person: PersonId | None, what: str, about: str, now: datetime, **details: Detail
    ) -> Entry:
        exclusive(self._session, Lock.AUDIT)
        entry = follow(self._latest(), now, person, what, about, details)
        values = {name: getattr(entry, name) for name in AuditRow.model_fields}
        self._session.add(AuditRow(**values))
        self._session.flush()
        upsert(self._session, AuditHeadRow(number=entry.number, hash=entry.hash), "number", "hash")
        self._untold.append(entry.head)
        return entry

    def page(self, about: str, skip: int, limit: int) -> list[Entry]:
        found = select(AuditRow).where(*_about(about)).order_by(col(AuditRow.number).desc())
        return [row.to_core() for row in self._session.exec(found.offset(skip).limit(limit))]

    def count(self, about: str) -> int:
        return self._session.exec(
            select(func.count(col(AuditRow.number))).where(*_about(about))
        ).one()

    def get(self, number: int) -> Entry | None:
        row = self._session.get(AuditRow, number)
        return row.to_core() if row else None

    def knows(self, person: PersonId) -> bool:
        theirs = (col(AuditRow.person) == person) | (col(AuditRow.about) == role_of(person))
        return (
            self._session.exec(select(AuditRow.number).where(theirs).limit(1)).first() is not None
        )

    def all(self) -> Iterator[Entry]:
        after = LOWEST
        rows = select(AuditRow).order_by(col(AuditRow.number)).limit(AT_ONCE)
        while page := self._session.exec(rows.where(col(AuditRow.number) > after)).all():
            yield from (row.to_core() for row in page)
            after = page[-1].number

    def head(self) -> Head:
        row = self._session.exec(select(AuditHeadRow)).first()
        return row.to_core() if row else GENESIS

    def tell(self) -> None:
        """Log the heads of what is committed by now: a copy that whoever has the database lacks."""
        for head in self._untold:
            log.info("audit", extra={"number": head.number, "hash": head.hash})
        self._untold.clear()

    def _latest(self) -> Head:
        """Where to go on: after the head, so that what was cut off the end leaves a gap."""
        head = self.head()
        if head != GENESIS:
            return head
        found = select(AuditRow).order_by(col(AuditRow.number).desc()).limit(1)
        row = self._session.exec(found).first()
        return row.to_core().head if row else GENESIS


def _about(about: str) -> tuple[Any, ...]:
    return (col(AuditRow.about) == about,) if about else ()
