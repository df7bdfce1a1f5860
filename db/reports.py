"""Reported errors in the `report` table."""

from datetime import date
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from bot.core.people import PersonId
from bot.core.records import Language
from bot.core.reports import Outcome, Report
from db.tables import ReportRow

OPEN = col(ReportRow.outcome).is_(None)
NOBODY: dict[str, Any] = {"contact": None, "language": None}


class SqlReports:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, text: str, record_id: str | None, day: date, token_hash: str) -> Report:
        row = ReportRow(text=text, record_id=record_id, day=day, token_hash=token_hash)
        self._session.add(row)
        self._session.flush()
        return row.to_core()

    def get(self, report_id: int) -> Report | None:
        row = self._session.get(ReportRow, report_id)
        return row.to_core() if row else None

    def waiting(self, limit: int) -> list[Report]:
        found = select(ReportRow).where(OPEN).order_by(col(ReportRow.id)).limit(limit)
        return [row.to_core() for row in self._session.exec(found)]

    def count_waiting(self) -> int:
        return self._session.exec(select(func.count()).select_from(ReportRow).where(OPEN)).one()

    def attach(self, token_hash: str, person: PersonId, language: Language) -> Report | None:
        before = self._held(col(ReportRow.token_hash) == token_hash)
        if before is None or before.contact not in (None, person):
            return None
        self._change(before, {"contact": person, "language": language})
        return before

    def close(self, report_id: int, outcome: Outcome) -> Report | None:
        before = self._held(col(ReportRow.id) == report_id)
        if before is not None:
            self._change(before, {"outcome": outcome, "text": "", "token_hash": None} | NOBODY)
        return before

    def detach(self, person: PersonId) -> int:
        theirs = update(ReportRow).where(col(ReportRow.contact) == person).values(NOBODY)
        return self._session.exec(theirs).rowcount

    def _held(self, which: Any) -> Report | None:
        """The open report, which nobody else changes until this transaction ends."""
        found = select(ReportRow).where(OPEN, which).with_for_update()
        row = self._session.exec(found.execution_options(populate_existing=True)).first()
        return row.to_core() if row else None

    def _change(self, report: Report, values: dict[str, Any]) -> None:
        mine = update(ReportRow).where(col(ReportRow.id) == report.id)
        self._session.exec(mine.values(values).execution_options(synchronize_session="fetch"))
