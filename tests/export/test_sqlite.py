import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.export import export
from bot.core.library import Library


@pytest.fixture
def base(library: Library, tmp_path: Path) -> Iterator[sqlite3.Connection]:
    [file] = export("sqlite", library, tmp_path)
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        yield connection


def test_the_file_is_sound_and_its_references_hold(base: sqlite3.Connection) -> None:
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_record_and_source_is_there_whole(base: sqlite3.Connection, library: Library) -> None:
    found = dict(base.execute("SELECT id, fields FROM records"))
    assert set(found) == set(library.records)
    for name, fields in found.items():
        assert type(library.records[name]).model_validate_json(fields) == library.records[name]
    assert {name for (name,) in base.execute("SELECT id FROM sources")} == set(library.sources)


def test_a_toll_leads_to_its_sources(base: sqlite3.Connection) -> None:
    found = base.execute(
        "SELECT t.low, t.high, t.at_least, s.title FROM tolls t"
        " JOIN citations c ON c.record = t.record AND c.field = 'tolls.' || (t.number - 1)"
        " JOIN sources s ON s.id = c.source WHERE t.record = 'some-attack' ORDER BY 1, 4"
    )
    assert found.fetchall() == [
        (70, None, 0, "A report"),
        (72, 90, 1, "@A book"),
        (72, 90, 1, "A report"),
    ]


def test_an_attack_has_its_place_status_and_range(base: sqlite3.Connection) -> None:
    found = base.execute(
        "SELECT latitude, longitude, place_ur, status, killed_low, killed_high, injured_low"
        " FROM attacks WHERE record = 'some-attack'"
    )
    assert found.fetchone() == (25.5, 67.25, "کہیں", "disputed", 70, 90, None)


def test_it_tells_who_claimed_and_who_is_named(base: sqlite3.Connection) -> None:
    assert base.execute('SELECT record, "by" FROM claims').fetchall() == [("some-attack", "group")]
    named = base.execute("SELECT organisation FROM attributed ORDER BY 1").fetchall()
    assert named == [("group",), ("rival",)]


def test_every_name_leads_to_its_record(base: sqlite3.Connection, library: Library) -> None:
    found = set(base.execute("SELECT record, name FROM names"))
    assert found == {(each.id, n) for each in library.records.values() for n in each.names()}


@pytest.mark.parametrize(
    ("words", "record", "field"),
    [("pilgrims", "some-attack", "victims"), ("جیتتے", "some-narrative", "claim")],
)
def test_texts_are_found_by_their_words(
    base: sqlite3.Connection, words: str, record: str, field: str
) -> None:
    found = base.execute(
        "SELECT record, field FROM texts WHERE id IN"
        " (SELECT rowid FROM texts_fts WHERE texts_fts MATCH ?)",
        (words,),
    )
    assert (record, field) in found.fetchall()


def test_each_reference_has_an_index(base: sqlite3.Connection) -> None:
    for table in ("names", "citations", "texts", "claims", "tolls"):
        plan = base.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE record = 'x'")
        assert "USING INDEX" in json.dumps(plan.fetchall()), table
