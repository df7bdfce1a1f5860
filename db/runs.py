"""Started campaigns in the table `campaign_run`."""

from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from bot.core.people import PersonId
from bot.core.runs import Run
from db.tables import RunRow

CHANGED = tuple(
    name
    for name in RunRow.model_fields
    if name not in ("id", "campaign", "started_by", "started_at", "languages", "targets")
)


class SqlRuns:
    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, campaign: str, person: PersonId, now: datetime) -> Run:
        unwritten = (col(RunRow.written_at).is_(None), col(RunRow.cancelled_at).is_(None))
        mine = (col(RunRow.campaign) == campaign, col(RunRow.started_by) == person)
        known = select(RunRow).where(*mine, *unwritten)
        if found := self._one(known):
            return found
        row = RunRow(campaign=campaign, started_by=person, started_at=now, languages=[], targets=[])
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            if found := self._one(known):
                return found
            raise
        return row.to_core()

    def get(self, run: int) -> Run | None:
        return self._one(select(RunRow).where(col(RunRow.id) == run))

    def take(self, run: int) -> Run | None:
        return self._one(select(RunRow).where(col(RunRow.id) == run).with_for_update())

    def listed(self, limit: int) -> list[Run]:
        latest = select(RunRow).order_by(col(RunRow.id).desc()).limit(limit)
        return [row.to_core() for row in self._session.exec(latest)]

    def put(self, run: Run) -> None:
        row = self._session.get_one(RunRow, run.id)
        for name in CHANGED:
            setattr(row, name, getattr(run, name))
        row.languages, row.targets = list(run.languages), list(run.targets)
        self._session.flush()

    def _one(self, which: Any) -> Run | None:
        row = self._session.exec(which.execution_options(populate_existing=True)).first()
        return row.to_core() if row else None
