"""One process a SQLite database."""

import sqlite3
from pathlib import Path

from bot.core.errors import BotError, OutsideError

TAKEN = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class NotAlone(BotError):
    """Another process holds the database."""


def hold_alone(file: Path) -> sqlite3.Connection:
    """Claim `file` for this process until the result is closed or the process dies.

    The claim is an open exclusive transaction on a database of its own beside it, since the
    operating system drops the lock with the process. Raises `NotAlone`, or `OutsideError` where
    there can be no such file.
    """
    name = f"{file}.claim"
    try:
        claim = sqlite3.connect(name, isolation_level=None, timeout=0, check_same_thread=False)
        try:
            claim.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error:
            claim.close()
            raise
    except sqlite3.Error as error:
        raise _refusal(file, error) from error
    return claim


def _refusal(file: Path, error: sqlite3.Error) -> BotError:
    if error.sqlite_errorcode & 0xFF in TAKEN:  # the low byte is the kind, the others its details
        return NotAlone(
            f"{file}: another Wazahat is working with this database; stop it, or give this one"
            " its own WAZAHAT_DATABASE_URL (several processes need PostgreSQL)"
        )
    return OutsideError(
        f"{file}.claim: cannot be claimed: {error}; give WAZAHAT_DATABASE_URL a file in a folder"
        " that this user may write to"
    )
