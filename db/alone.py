"""One process a SQLite database."""

import sqlite3
from pathlib import Path

from bot.core.errors import BotError


class NotAlone(BotError):
    """Another process holds the database."""


def hold_alone(file: Path) -> sqlite3.Connection:
    """Claim `file` for this process until the result is closed or the process dies.

    The claim is an open exclusive transaction on a database of its own beside it, since the
    operating system drops the lock with the process. Raises `NotAlone`.
    """
    claim = sqlite3.connect(
        f"{file}.claim", isolation_level=None, timeout=0, check_same_thread=False
    )
    try:
        claim.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        claim.close()
        raise NotAlone(
            f"{file}: another Wazahat is working with this database; stop it, or give this one"
            " its own WAZAHAT_DATABASE_URL (several processes need PostgreSQL)"
        ) from error
    return claim
