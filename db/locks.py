"""Locks that last until the transaction ends. SQLite needs none: its one writer is alone."""

from enum import IntEnum

from sqlalchemy import text
from sqlmodel import Session


class Lock(IntEnum):
    """Numbers that no other program locks in this database. Who takes several takes the lower
    first."""

    ROLES = 0x77617A01
    HOLDS = 0x77617A02
    AUDIT = 0x77617A03


def exclusive(session: Session, lock: Lock) -> None:
    """Wait until nobody else has it in any way."""
    _take(session, "SELECT pg_advisory_xact_lock(:lock)", lock)


def shared(session: Session, lock: Lock) -> None:
    """Wait until nobody has it exclusively."""
    _take(session, "SELECT pg_advisory_xact_lock_shared(:lock)", lock)


def _take(session: Session, statement: str, lock: Lock) -> None:
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text(statement), {"lock": int(lock)})
