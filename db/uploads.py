"""Pictures that the platform has already, in the `upload` table."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from db.tables import UploadRow
from db.upsert import upsert

MOST = 5000


class SqlUploads:
    def __init__(self, session: Session) -> None:
        self._session = session

    def file_id(self, fingerprint: str) -> str | None:
        row = self._session.get(UploadRow, fingerprint)
        return row.file_id if row else None

    def keep(self, fingerprint: str, file_id: str, now: datetime) -> None:
        row = UploadRow(fingerprint=fingerprint, file_id=file_id, at=now)
        upsert(self._session, row, "file_id", "at")
        newest_first = select(UploadRow.fingerprint).order_by(col(UploadRow.at).desc())
        too_old = col(UploadRow.fingerprint).in_(newest_first.offset(MOST))
        self._session.exec(delete(UploadRow).where(too_old))
