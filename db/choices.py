"""What people and groups chose, in the tables `language_choice` and `silent_group`."""

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.core.fingerprints import Fingerprint
from bot.core.records import Language
from db.tables import LANGUAGE, LanguageRow, SilentGroupRow
from db.upsert import upsert


class SqlLanguages:
    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> dict[Fingerprint, Language]:
        rows = self._session.exec(select(LanguageRow.fingerprint, LanguageRow.language))
        return {fingerprint: LANGUAGE.validate_python(language) for fingerprint, language in rows}

    def keep(self, fingerprint: Fingerprint, language: Language) -> None:
        row = LanguageRow(fingerprint=fingerprint, language=language)
        upsert(self._session, row, "language")

    def forget(self, fingerprint: Fingerprint) -> bool:
        mine = col(LanguageRow.fingerprint) == fingerprint
        return bool(self._session.exec(delete(LanguageRow).where(mine)).rowcount)


class SqlSilentGroups:
    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> set[str]:
        return set(self._session.exec(select(SilentGroupRow.chat)))

    def add(self, chat: str) -> None:
        upsert(self._session, SilentGroupRow(chat=chat))

    def remove(self, chat: str) -> None:
        self._session.exec(delete(SilentGroupRow).where(col(SilentGroupRow.chat) == chat))
