"""What people and groups chose, read before the libraries of the database are loaded."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from bot.core.fingerprints import Fingerprint
from bot.core.records import Language

PREFIX = "sqlite:///"
PATIENCE = 0.1
"""Seconds for which the first answers wait where the file is locked."""


class Glance(NamedTuple):
    languages: dict[Fingerprint, Language]
    silent: set[str]


def glance_at(url: str) -> Glance | None:
    """The choices in a SQLite file; None where there is no such file, or not yet such tables.

    It takes milliseconds, and the proper way a second: for who starts anew, that is the first
    answer.
    """
    file = Path(url.removeprefix(PREFIX).partition("?")[0])
    if not url.startswith(PREFIX) or not file.is_file():
        return None
    where = f"{file.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(where, uri=True, timeout=PATIENCE)) as connection:
            languages = connection.execute("SELECT fingerprint, language FROM language_choice")
            silent = connection.execute("SELECT chat FROM silent_group")
            return Glance(dict(languages), {chat for (chat,) in silent})
    except sqlite3.Error:
        return None
