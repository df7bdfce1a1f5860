"""Bring a database to the newest step of `db/migrations`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Engine, text

from bot.core.errors import OutsideError

LOCK = 0x77617A61  # any number that no other program locks in this database


def upgrade(engine: Engine) -> None:
    """Run the missing steps in one transaction; of several processes one runs them, others wait."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise OutsideError(
                f"the database is of a version that this one does not know ({error}); run the"
                " newer Wazahat, or restore the copy from before"
            ) from error
