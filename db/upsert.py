"""Insert or change in one statement, which decides between two who come at once."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def upsert(session: Session, row: SQLModel, *changed: str) -> None:
    """Insert `row`; where its key is taken, only the columns `changed` take its values.

    Either way the row is this transaction's until it ends. Without `changed` nothing is changed.
    """
    table = type(row)
    insert = INSERTS[session.get_bind().dialect.name](table).values(**row.model_dump())
    keys = [column.name for column in table.__table__.primary_key]  # type: ignore[attr-defined]
    values = {name: insert.excluded[name] for name in (*changed, *keys)}
    session.exec(insert.on_conflict_do_update(index_elements=keys, set_=values))
