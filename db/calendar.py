"""Confirmed days in the `confirmed_day` table; who was told what in `notice`."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.core.people import PersonId
from db.tables import ConfirmedDayRow, NoticeRow, UnwantedNoticeRow
from db.upsert import INSERTS, upsert


class SqlConfirmedDays:
    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> dict[tuple[str, int], date]:
        rows = self._session.exec(select(ConfirmedDayRow))
        return {(row.day_id, row.year): row.kept_on for row in rows}

    def put(self, day_id: str, year: int, date: date, by: PersonId, now: datetime) -> None:
        row = ConfirmedDayRow(day_id=day_id, year=year, kept_on=date, confirmed_by=by, at=now)
        upsert(self._session, row, "kept_on", "confirmed_by", "at")

    def remove(self, day_id: str, year: int) -> bool:
        this = (col(ConfirmedDayRow.day_id) == day_id, col(ConfirmedDayRow.year) == year)
        return bool(self._session.exec(delete(ConfirmedDayRow).where(*this)).rowcount)


class SqlNotices:
    def __init__(self, session: Session) -> None:
        self._session = session

    def told(self, what: str) -> dict[PersonId, datetime]:
        rows = select(NoticeRow.person, NoticeRow.until).where(col(NoticeRow.what) == what)
        return dict(self._session.exec(rows).all())

    def claim(self, person: PersonId, what: str, since: datetime, until: datetime) -> bool:
        insert = INSERTS[self._session.get_bind().dialect.name](NoticeRow)
        told = insert.values(person=person, what=what, until=until).on_conflict_do_update(
            index_elements=["person", "what"],
            set_={"until": until},
            where=col(NoticeRow.until) < since,
        )
        return self._session.execute(told.returning(col(NoticeRow.person))).first() is not None

    def give_back(self, person: PersonId, what: str) -> None:
        this = (col(NoticeRow.person) == person, col(NoticeRow.what) == what)
        self._session.exec(delete(NoticeRow).where(*this))

    def unwanted_by(self) -> set[PersonId]:
        return set(self._session.exec(select(UnwantedNoticeRow.person)))

    def want(self, person: PersonId, *, wanted: bool) -> None:
        if wanted:
            mine = col(UnwantedNoticeRow.person) == person
            self._session.exec(delete(UnwantedNoticeRow).where(mine))
        else:
            upsert(self._session, UnwantedNoticeRow(person=person))

    def forget(self, person: PersonId) -> None:
        for row in (NoticeRow, UnwantedNoticeRow):
            self._session.exec(delete(row).where(col(row.person) == person))

    def keep_only(self, people: Collection[PersonId]) -> None:
        self._session.exec(delete(NoticeRow).where(col(NoticeRow.person).not_in(people)))
        gone = col(UnwantedNoticeRow.person).not_in(people)
        self._session.exec(delete(UnwantedNoticeRow).where(gone))
