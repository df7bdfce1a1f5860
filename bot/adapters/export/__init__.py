"""The library in the formats that other programs read."""

from collections.abc import Callable, Iterable
from pathlib import Path

from bot.adapters.export.claimreview import claimreview
from bot.adapters.export.csv_files import csv_files
from bot.adapters.export.files import write_whole
from bot.adapters.export.geojson import geojson
from bot.adapters.export.icalendar import icalendar
from bot.adapters.export.json_files import json_files
from bot.adapters.export.sqlite import sqlite
from bot.core.library import Library

FORMATS: dict[str, Callable[[Library], Iterable[tuple[str, bytes]]]] = {
    "json": json_files,
    "csv": csv_files,
    "geojson": geojson,
    "claimreview": claimreview,
    "icalendar": icalendar,
    "sqlite": sqlite,
}
"""What each format makes of a library: names of files and what is in them."""


def export(wanted: str, library: Library, folder: Path, base_url: str | None = None) -> list[Path]:
    """Write the library into `folder` and return what was written, in the order of the names.

    The same library gives the same bytes. Nothing is written before everything is made; other files
    in the folder stay. Only `claimreview` heeds `base_url`. Raises `ValueError` for a format that
    does not exist, `OutsideError` where a file cannot be written.
    """
    if wanted not in FORMATS:
        raise ValueError(f"no format {wanted!r}; choose one of: {', '.join(FORMATS)}")
    if wanted == "claimreview":
        made = dict(claimreview(library, base_url))
    else:
        made = dict(FORMATS[wanted](library))
    return [write_whole(folder / name, made[name]) for name in sorted(made)]


__all__ = ["FORMATS", "export"]
