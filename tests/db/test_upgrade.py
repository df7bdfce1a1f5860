"""From an empty database to the tables that the code expects."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, Table, insert, inspect

import db.upgrade
from bot.core.posts import GRACE, PostState
from db.engine import make_engine, sqlite_file
from db.tables import metadata
from db.unit_of_work import units_of_work
from db.upgrade import upgrade
from tests.db.drafts import HELLO, draft
from tests.fakes.clock import NOON
from tests.fakes.people import AUTHOR, REVIEWER


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = make_engine(empty_url)
    yield engine
    engine.dispose()


OLD = (("review", NOON), ("scheduled", NOON), ("sent", None))
OLD_POST = {
    "author": AUTHOR,
    "blocks": [asdict(block) for block in HELLO],
    "targets": ["@one"],
    "record_id": "sehwan-2017",
    "created_at": NOON,
    "reason": "",
}
OLD_ROW = {
    "target": "@one",
    "due_at": NOON,
    "not_before": NOON,
    "state": "pending",
    "attempts": 0,
    "reason": "",
}
"""Posts as the first version kept them."""


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def upgrade_to(engine: Engine, step: str) -> None:
    """A database as an earlier version left it."""
    config = Config()
    config.set_main_option("script_location", str(Path(db.upgrade.__file__).parent / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, step)


def test_the_steps_lead_to_the_tables_of_the_code(empty: Engine) -> None:
    upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_an_empty_database_is_really_empty(empty: Engine) -> None:
    assert tables(empty) == set()


def test_upgrading_twice_is_harmless(empty: Engine) -> None:
    upgrade(empty)
    upgrade(empty)
    assert tables(empty) == {"alembic_version", *metadata.tables}


def test_what_was_there_before_a_step_stays(empty: Engine) -> None:
    upgrade_to(empty, "0001")
    assert "subscriber" not in tables(empty)
    with empty.begin() as connection:
        old = MetaData()
        posts, rows = (Table(name, old, autoload_with=connection) for name in ("post", "delivery"))
        for number, (state, due_at) in enumerate(OLD, 1):
            approved = {"approved": "0" * 64, "approver": REVIEWER} if state != "review" else {}
            values = {"state": state, "due_at": due_at, **approved}
            connection.execute(insert(posts).values(OLD_POST | values | {"id": number}))
            if approved:
                connection.execute(insert(rows).values(OLD_ROW | {"post_id": number}))
    upgrade(empty)
    with units_of_work(empty)() as uow:
        review, scheduled, sent = (uow.posts.get(number) for number in (1, 2, 3))
        deliveries = [uow.deliveries.of(number) for number in (1, 2, 3)]
        assert uow.languages.all() == {}
        assert [each.id for each in uow.posts.stale(NOON + GRACE, 9)] == [1]
        assert uow.posts.over(NOON, 9) == []
    assert review and scheduled and sent
    assert review.state is PostState.REVIEW
    assert (review.author, review.draft.blocks, review.draft.due_at) == (AUTHOR, HELLO, NOON)
    assert scheduled.may_go_out
    assert scheduled.approvers == {REVIEWER}
    assert sent.draft.schedule is None
    assert [[row.occurrence for row in rows] for rows in deliveries] == [
        [],
        ["2026-11-30 12:00"],
        ["now"],
    ]


def test_versions_in_other_languages_are_known_after_the_step_that_looks_for_them(
    empty: Engine,
) -> None:
    upgrade_to(empty, "0006")
    before = MetaData()
    posts, revisions = (Table(name, before, autoload_with=empty) for name in ("post", "revision"))
    urdu = draft("subscribers", language="ur", variant_of=1)
    with empty.begin() as connection:
        for number, each in enumerate((draft(), urdu), 1):
            post = {"author": AUTHOR, "state": "scheduled", "created_at": NOON, "reason": ""}
            first = {"post_id": number, "number": 1, "writer": AUTHOR, "at": NOON}
            connection.execute(insert(posts), [{**post, "revision": 1}])
            connection.execute(insert(revisions), [{**first, "draft": each.model_dump_json()}])
    upgrade(empty)
    with units_of_work(empty)() as uow:
        base = uow.posts.get(1)
        assert base is not None
        assert [each.id for each in uow.posts.versions(base)] == [2]


def test_upgrading_from_two_threads_at_once_is_harmless(empty: Engine) -> None:
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(upgrade, [empty, empty]))
    assert tables(empty) == {"alembic_version", *metadata.tables}


def test_sqlite_is_set_up_to_be_safe_and_shared(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with engine.connect() as connection:
        found = {
            pragma: connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            for pragma in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 20000}


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: object) -> None:
    make_engine(f"sqlite:///{tmp_path}/new/folder/bot.db").dispose()
    assert (sqlite_file(f"sqlite:///{tmp_path}/new/folder/bot.db") or None) is not None


def test_a_server_has_no_file() -> None:
    assert sqlite_file("postgresql://user@host/name") is None
    assert sqlite_file("sqlite://") is None
