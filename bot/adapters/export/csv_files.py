"""CSV: the flat tables, a file each, so that a spreadsheet opens them safely and in Urdu."""

import csv
import io
from collections.abc import Iterator

from bot.adapters.export.tables import Cell, Table, tables
from bot.core.library import Library

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with for a spreadsheet to run it; wide forms count in some of them."""


def csv_files(library: Library) -> Iterator[tuple[str, bytes]]:
    for name, table in tables(library).items():
        yield f"{name}.csv", _csv(table)


def _csv(table: Table) -> bytes:
    written = io.StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(table.columns)
    rows.writerows([_shown(row.get(each)) for each in table.columns] for row in table.rows)
    return written.getvalue().encode("utf-8-sig")  # without the mark, Excel takes Urdu for Latin


def _shown(cell: Cell) -> str:
    """Text that looks like a formula is led by an apostrophe, which says: this is text."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)
