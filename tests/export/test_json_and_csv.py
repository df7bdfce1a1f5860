import csv
import io
import json
from collections.abc import Callable

import pytest

from bot.core.library import Library
from bot.core.records import KINDS, CalendarDay, HelpLine, Source

Exported = Callable[[str], dict[str, bytes]]


def rows(exported: Exported, name: str) -> list[dict[str, str]]:
    written = exported("csv")[f"{name}.csv"]
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_is_the_same_after_json(kind: str, library: Library, exported: Exported) -> None:
    listed = json.loads(exported("json")[f"{kind}.json"])
    for fields in listed:
        fields.pop("derived", None)
    again = [KINDS[kind].model_validate_json(json.dumps(fields)) for fields in listed]
    assert again == sorted(library.of(KINDS[kind]), key=lambda each: each.id)
    assert again


def test_sources_help_lines_and_days_are_the_same_after_json(
    library: Library, exported: Exported
) -> None:
    made = exported("json")
    for name, model, entries in (
        ("sources", Source, library.sources),
        ("help", HelpLine, library.help_lines),
        ("calendar", CalendarDay, library.calendar),
    ):
        listed = json.loads(made[f"{name}.json"])
        ids = [fields.pop("id") for fields in listed]
        again = [model.model_validate_json(json.dumps(fields)) for fields in listed]
        assert dict(zip(ids, again, strict=True)) == entries
        assert ids == sorted(entries)


def test_what_is_derived_is_marked_so_in_json(exported: Exported) -> None:
    attacks = {each["id"]: each for each in json.loads(exported("json")["attacks.json"])}
    assert attacks["some-attack"]["derived"] == {
        "status": "disputed",
        "killed": {"low": 70, "high": 90, "at_least": True},
        "injured": None,
    }
    assert attacks["another-attack"]["derived"]["status"] == "unknown"


def test_json_holds_urdu_as_letters(exported: Exported) -> None:
    assert "پولیس" in exported("json")["attacks.json"].decode()


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_has_its_row(kind: str, library: Library, exported: Exported) -> None:
    listed = rows(exported, kind)
    assert [row["id"] for row in listed] == sorted(each.id for each in library.of(KINDS[kind]))
    assert all(row["name_ur"].startswith("نام ") for row in listed)


def test_tolls_claims_and_attributions_are_tables_of_their_own(exported: Exported) -> None:
    toll = rows(exported, "tolls")[2]
    assert toll["record"] == "some-attack"
    assert (toll["number"], toll["low"], toll["high"], toll["at_least"]) == (
        "2",
        "72",
        "90",
        "true",
    )
    assert (toll["as_of"], toll["by_ur"], toll["sources"]) == ("", "پولیس", "paper; book")
    [claim] = rows(exported, "claims")
    assert (claim["by"], claim["through_en"], claim["date"]) == ("group", "a statement", "")
    [attribution] = rows(exported, "attributions")
    assert (attribution["to"], attribution["kind"]) == ("group; rival", "court")


def test_citations_name_the_field_and_the_language(exported: Exported) -> None:
    cited = [tuple(row.values()) for row in rows(exported, "citations")]
    for expected in (
        ("some-attack", "summary", "ur", "paper"),
        ("some-attack", "victims", "en", "book"),
        ("some-attack", "tolls.1", "", "book"),
        ("some-attack", "aftermath.1", "en", "book"),
        ("some-attack", "attributions.0.says", "en", "book"),
        ("some-quiz", "questions.2.explanation", "ur", "paper"),
    ):
        assert expected in cited


def test_place_range_and_several_texts_are_columns(exported: Exported) -> None:
    another, attack = rows(exported, "attacks")
    assert (attack["place_lat"], attack["place_lon"]) == ("25.5", "67.25")
    assert (attack["derived_killed_low"], attack["derived_killed_high"]) == ("70", "90")
    assert attack["derived_status"] == "disputed"
    assert (another["derived_killed_low"], another["derived_injured_low"]) == ("", "0")
    assert attack["aftermath_en"] == "One [@book].\nTwo [@book]."
    assert attack["aftermath_ur"] == "ایک [@book]۔"


def test_quizzes_and_campaigns_keep_what_they_hold(exported: Exported) -> None:
    assert rows(exported, "questions")[0]["options_ur"] == "یہ\nوہ"
    assert [row["text_en"] for row in rows(exported, "pillars")] == ["No. 1", "No. 2"]
    assert rows(exported, "campaigns")[0]["window_slots"] == "18:00"
    assert rows(exported, "organisations")[1]["reviewed_en_by"] == "A"


def test_a_spreadsheet_takes_no_cell_for_a_formula(exported: Exported) -> None:
    assert rows(exported, "tolls")[0]["by_en"] == "'=police, quoted"
    assert rows(exported, "attacks")[1]["aliases"].startswith("'=cmd|")
    assert rows(exported, "attributions")[0]["by_en"] == "'-a court"
    assert rows(exported, "sources")[0]["title"] == "'@A book"
    assert rows(exported, "help")[0]["contact"] == "'+92 21 000"
    for name, written in exported("csv").items():
        for row in csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if cell[:1] in {*"=+-@\t\r\n＝＋－＠"}], name


def test_excel_is_told_that_it_is_unicode(exported: Exported) -> None:
    for written in exported("csv").values():
        assert written.startswith(b"\xef\xbb\xbf")
        assert not written[3:].startswith(b"\xef\xbb\xbf")


def test_every_row_is_as_wide_as_its_header(exported: Exported) -> None:
    for name, written in exported("csv").items():
        header, *listed = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))
        assert {len(row) for row in listed} <= {len(header)}, name
        assert len(set(header)) == len(header), name
