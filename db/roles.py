"""Roles in the `role` table."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from bot.core.people import PersonId, Role
from db.locks import Lock, exclusive
from db.tables import RoleRow
from db.upsert import upsert


class SqlRoles:
    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, person: PersonId) -> Role:
        found = select(RoleRow.role).where(col(RoleRow.person) == person)
        role = self._session.exec(found).first()
        return Role[role.upper()] if role else Role.READER

    def all(self) -> dict[PersonId, Role]:
        rows = self._session.exec(select(RoleRow.person, RoleRow.role).order_by(col(RoleRow.at)))
        return {person: Role[role.upper()] for person, role in rows}

    def lock(self) -> None:
        exclusive(self._session, Lock.ROLES)

    def grant(self, person: PersonId, role: Role, by: PersonId, now: datetime) -> None:
        row = RoleRow(person=person, role=role.word, granted_by=by, at=now)
        upsert(self._session, row, "role", "granted_by", "at")

    def revoke(self, person: PersonId) -> bool:
        theirs = delete(RoleRow).where(col(RoleRow.person) == person)
        return bool(self._session.exec(theirs).rowcount)
