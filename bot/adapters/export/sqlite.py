"""One SQLite file, to be looked through with Datasette."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

from bot.adapters.export.facts import DERIVED, texts
from bot.adapters.export.tables import Row, tables
from bot.core.library import Library
from bot.core.records import KINDS, Record

SCHEMA = """
CREATE TABLE sources (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT NOT NULL, origin TEXT, url TEXT,
  published TEXT, kind TEXT NOT NULL, note TEXT);
CREATE TABLE records (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, name_en TEXT NOT NULL, name_ur TEXT,
  summary_en TEXT NOT NULL, summary_ur TEXT, as_of TEXT NOT NULL, review_by TEXT NOT NULL,
  reviewed_en_by TEXT, reviewed_en_date TEXT, reviewed_ur_by TEXT, reviewed_ur_date TEXT,
  fields TEXT NOT NULL);  -- the whole record as JSON
CREATE TABLE names (
  record TEXT NOT NULL REFERENCES records(id), name TEXT NOT NULL, kind TEXT NOT NULL);
CREATE TABLE attacks (  -- from status on, everything is derived
  record TEXT PRIMARY KEY REFERENCES records(id), date TEXT NOT NULL, place_en TEXT NOT NULL,
  place_ur TEXT, province TEXT NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL,
  within_km REAL NOT NULL, status TEXT NOT NULL, killed_low INTEGER, killed_high INTEGER,
  killed_at_least INTEGER, injured_low INTEGER, injured_high INTEGER, injured_at_least INTEGER);
CREATE TABLE tolls (
  record TEXT NOT NULL REFERENCES records(id), number INTEGER NOT NULL, "of" TEXT NOT NULL,
  low INTEGER NOT NULL, high INTEGER, at_least INTEGER NOT NULL, by_en TEXT NOT NULL, by_ur TEXT,
  attackers TEXT NOT NULL, as_of TEXT, note_en TEXT, note_ur TEXT,
  PRIMARY KEY (record, number));
CREATE TABLE claims (
  record TEXT NOT NULL REFERENCES records(id), number INTEGER NOT NULL,
  "by" TEXT NOT NULL REFERENCES records(id), date TEXT, through_en TEXT NOT NULL, through_ur TEXT,
  PRIMARY KEY (record, number));
CREATE TABLE attributions (
  record TEXT NOT NULL REFERENCES records(id), number INTEGER NOT NULL, by_en TEXT NOT NULL,
  by_ur TEXT, kind TEXT NOT NULL, date TEXT, says_en TEXT NOT NULL, says_ur TEXT,
  overtaken INTEGER NOT NULL, PRIMARY KEY (record, number));
CREATE TABLE attributed (  -- whom an attribution names
  record TEXT NOT NULL, number INTEGER NOT NULL,
  organisation TEXT NOT NULL REFERENCES records(id),
  PRIMARY KEY (record, number, organisation),
  FOREIGN KEY (record, number) REFERENCES attributions(record, number));
CREATE TABLE citations (
  record TEXT NOT NULL REFERENCES records(id), field TEXT NOT NULL, language TEXT,
  source TEXT NOT NULL REFERENCES sources(id));
CREATE TABLE texts (
  id INTEGER PRIMARY KEY, record TEXT NOT NULL REFERENCES records(id), field TEXT NOT NULL,
  language TEXT NOT NULL, text TEXT NOT NULL);
CREATE VIRTUAL TABLE texts_fts USING fts5(text, content='texts', content_rowid='id');
CREATE INDEX names_record ON names(record);
CREATE INDEX names_name ON names(name);
CREATE INDEX records_kind ON records(kind);
CREATE INDEX attacks_date ON attacks(date);
CREATE INDEX claims_by ON claims("by");
CREATE INDEX attributed_organisation ON attributed(organisation);
CREATE INDEX citations_record ON citations(record);
CREATE INDEX citations_source ON citations(source);
CREATE INDEX texts_record ON texts(record);
"""


def sqlite(library: Library) -> Iterator[tuple[str, bytes]]:
    """As in the CSV files `number` counts from 1, while the lists that `field` names count from 0.

    The file is made in memory and its statements in a fixed order, so that it is always the same.
    """
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("PRAGMA foreign_keys = ON")
        base.executescript(SCHEMA)
        for table, rows in _rows(library).items():
            _fill(base, table, rows)
        base.execute("INSERT INTO texts_fts(texts_fts) VALUES ('rebuild')")
        base.commit()
        yield "wazahat.db", base.serialize()


def _rows(library: Library) -> dict[str, Iterable[Row]]:
    """The rows of each table; a table comes after those that it refers to."""
    flat = tables(library)
    records = [record for _, record in sorted(library.records.items())]
    return {
        "sources": flat["sources"].rows,
        "records": [_record(row, kind, library) for kind in KINDS for row in flat[kind].rows],
        "names": [row for record in records for row in _names(record)],
        "attacks": map(_attack, flat["attacks"].rows),
        "tolls": flat["tolls"].rows,
        "claims": flat["claims"].rows,
        "attributions": flat["attributions"].rows,
        "attributed": _attributed(flat["attributions"].rows),
        "citations": flat["citations"].rows,
        "texts": ({"record": r.id, **told._asdict()} for r in records for told in texts(r)),
    }


def _fill(base: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    columns = [name for (name,) in base.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    listed, blanks = ", ".join(f'"{each}"' for each in columns), ", ".join("?" * len(columns))
    base.executemany(
        f"INSERT INTO {table} ({listed}) VALUES ({blanks})",  # noqa: S608  # names of our schema
        ([row.get(each) for each in columns] for row in rows),
    )


def _record(row: Row, kind: str, library: Library) -> Row:
    return row | {"kind": kind, "fields": library.records[str(row["id"])].model_dump_json()}


def _names(record: Record) -> Iterator[Row]:
    kinds = (
        ("name", [name for _, name in record.name.by_language()]),
        ("alias", record.aliases),
        ("shared alias", record.shared_aliases),
    )
    for kind, names in kinds:
        for name in names:
            yield {"record": record.id, "name": name, "kind": kind}


def _attack(row: Row) -> Row:
    derived = {name.removeprefix("derived_"): row[name] for name in DERIVED}
    return derived | {
        "record": row["id"],
        "date": row["date"],
        "place_en": row["place_name_en"],
        "place_ur": row["place_name_ur"],
        "province": row["place_province"],
        "latitude": row["place_lat"],
        "longitude": row["place_lon"],
        "within_km": row["place_within_km"],
    }


def _attributed(attributions: Iterable[Row]) -> Iterator[Row]:
    for row in attributions:
        for organisation in dict.fromkeys(filter(None, str(row["to"]).split("; "))):
            yield {"record": row["record"], "number": row["number"], "organisation": organisation}
