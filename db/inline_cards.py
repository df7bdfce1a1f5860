"""Inline cards of the staff in the table `inline_card`."""

from datetime import date

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from bot.core.people import PersonId
from bot.core.records import Language
from db.tables import LANGUAGE, InlineCardRow
from db.upsert import INSERTS


class SqlInlineCards:
    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(
        self, inline_id: str, record_id: str, language: Language, person: PersonId, day: date
    ) -> None:
        insert = INSERTS[self._session.get_bind().dialect.name](InlineCardRow)
        card = {"record_id": record_id, "language": language, "person": person, "day": day}
        once = insert.values(inline_id=inline_id, **card).on_conflict_do_nothing()
        self._session.execute(once)

    def inline_id(self, number: int) -> str | None:
        found = select(InlineCardRow.inline_id).where(col(InlineCardRow.id) == number)
        return self._session.exec(found).first()

    def languages_of(self, record_id: str) -> dict[Language, int]:
        language = col(InlineCardRow.language)
        counted = select(InlineCardRow.language, func.count()).group_by(language)
        found = counted.where(col(InlineCardRow.record_id) == record_id).order_by(language)
        return {LANGUAGE.validate_python(each): n for each, n in self._session.exec(found)}

    def forget(self, person: PersonId) -> int:
        theirs = delete(InlineCardRow).where(col(InlineCardRow.person) == person)
        return int(self._session.exec(theirs).rowcount)
