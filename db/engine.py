"""A database URL to an engine that behaves the same on SQLite and PostgreSQL."""

from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, make_url
from sqlmodel import create_engine

# synchronous=NORMAL would let a power cut undo the last commits: among them the mark `sending`
# that stands before every call, and with it the knowledge that a post may be out already.
#
# secure_delete overwrites what is deleted: a reader who is forgotten is so in the file, too.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)
WRITING = ("PRAGMA busy_timeout=20000", "PRAGMA query_only=OFF", "BEGIN IMMEDIATE")
READING = ("PRAGMA busy_timeout=200", "PRAGMA query_only=ON", "BEGIN")
"""How a transaction begins. In WAL mode who reads waits for no writer and holds none up."""


def make_engine(url: str) -> Engine:
    """An engine for `sqlite:///file` or `postgresql://...`; a file's folder is made if missing.

    Transactions on SQLite begin with BEGIN IMMEDIATE: with the driver's own deferred BEGIN, two
    that read and then write lose updates silently. `for_reading()` is without. Its errors do
    not repeat the values of a statement, which may be a person's: they end up in the log.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        url_of_driver = parsed.set(drivername="postgresql+psycopg")
        return create_engine(url_of_driver, pool_pre_ping=True, hide_parameters=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, hide_parameters=True)
    event.listen(engine, "connect", _set_up_connection)
    event.listen(engine, "begin", _begin)
    return engine


def for_reading(engine: Engine) -> Engine:
    """The same database and connections, whose transactions then can change nothing."""
    return engine.execution_options(reading=True, postgresql_readonly=True)


def sqlite_file(url: str) -> Path | None:
    """The file of a SQLite URL, None for a server."""
    parsed = make_url(url)
    in_file = parsed.get_backend_name() == "sqlite" and parsed.database
    return Path(parsed.database) if in_file and parsed.database else None


def is_up_to_date(engine: Engine) -> bool:
    """Whether just the steps of `db/migrations` ran on this database; nothing is changed."""
    steps = ScriptDirectory(str(Path(__file__).with_name("migrations")))
    with engine.connect() as connection:
        done = MigrationContext.configure(connection).get_current_heads()
    return set(done) == set(steps.get_heads())


def _set_up_connection(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's "begin" event sends BEGIN, not the driver
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    reading = connection.get_execution_options().get("reading", False)
    for statement in READING if reading else WRITING:
        connection.exec_driver_sql(statement)
