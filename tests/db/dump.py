"""Everything that a database holds, as text to search in."""

from bot.core.ports import NewUow
from db.tables import metadata


def dump(new_uow: NewUow) -> str:
    """Every value of every table."""
    with new_uow() as uow:
        session = uow._session  # type: ignore[attr-defined]
        rows = [
            tuple(row) for table in metadata.sorted_tables for row in session.exec(table.select())
        ]
    return "\n".join(map(str, rows))
