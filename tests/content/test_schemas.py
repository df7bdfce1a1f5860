"""The schemas say what the models say, and every content file points at its own."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker

from bot.__main__ import main
from bot.adapters.content_files.yaml_text import parse
from bot.adapters.schemas import mark, schema_line, schemas, write_schemas
from bot.core.records import KINDS
from tests.conftest import CONTENT
from tests.content.files import ATTACK_FILE, GROUP_FILE, Folder

SCHEMAS = schemas()
SHIPPED = sorted(
    path.relative_to(CONTENT).as_posix() for path in CONTENT.rglob("*.yaml") if path.is_file()
)


def schema_of(name: str) -> dict[str, Any]:
    return SCHEMAS[name.split("/")[0].removesuffix(".yaml")]


def complaints(name: str, raw: bytes) -> list[str]:
    """What an editor with this schema would underline."""
    found = json.loads(json.dumps(parse(raw), default=str))
    checker = Draft7Validator(schema_of(name), format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(found)]


def test_there_is_one_for_every_kind_and_file() -> None:
    others = {"sources", "help", "calendar", "hashtags", "planning", "phrases", "lexicons"}
    assert set(SCHEMAS) == {*KINDS} | others


@pytest.mark.parametrize("name", SCHEMAS)
def test_it_is_a_sound_schema(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])


def test_the_shipped_schemas_are_those_of_the_models(tmp_path: Path) -> None:
    made = {path.name: path.read_bytes() for path in write_schemas(tmp_path)}
    shipped = {path.name: path.read_bytes() for path in (CONTENT / "schemas").iterdir()}
    assert shipped == made, "run `wazahat schema`"


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_file_pleases_its_schema(name: str) -> None:
    assert complaints(name, (CONTENT / name).read_bytes()) == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_file_points_at_its_schema(name: str) -> None:
    first, _, _ = (CONTENT / name).read_text("utf8").partition("\n")
    assert first == schema_line(name), "run `wazahat schema --mark`"
    target = (CONTENT / name).parent / first.partition("=")[2]
    assert json.loads(target.read_text("utf8")) == schema_of(name)


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        (ATTACK_FILE, "victims:", "victim:"),
        (ATTACK_FILE, "province: Sindh", "province: Sind"),
        (ATTACK_FILE, "low: 3", "low: three"),
        (ATTACK_FILE, "low: 3", "low: -3"),
        (ATTACK_FILE, "lat: 25.0", "lat: 67.0"),
        (ATTACK_FILE, "date: 2017-02-16", "date: 16 February"),
        (ATTACK_FILE, "[paper]\nresp", "[]\nresp"),
        (ATTACK_FILE, "  en: Pilgrims [@paper].", "  ur: زائرین"),
        (GROUP_FILE, "kind: armed group", "kind: gang"),
        (GROUP_FILE, "aliases: [The group]", "aliases: The group"),
        (GROUP_FILE, "kind:", "id: some-group\nkind:"),
        ("sources.yaml", "paper:", "Paper 1:"),
        ("lexicons/stop-words.yaml", "en:", "fr:"),
    ],
)
def test_it_underlines_what_the_loader_refuses(
    file: str, before: str, after: str, folder: Folder
) -> None:
    assert complaints(file, (folder.root / file).read_bytes()) == []
    folder.change(file, before, after)
    assert complaints(file, (folder.root / file).read_bytes())


def test_a_field_is_explained_in_the_words_of_its_model() -> None:
    attack = SCHEMAS["attacks"]
    assert "other records may carry too" in attack["properties"]["shared_aliases"]["description"]
    toll = attack["$defs"]["Toll"]["properties"]
    assert toll["high"]["description"] == "`high` is missing where the source gives one figure."
    assert "description" not in toll["low"]


def test_marking_adds_the_line_once_and_nothing_else(folder: Folder) -> None:
    before = {path: path.read_bytes() for path in folder.root.rglob("*.yaml")}
    assert set(mark(folder.root)) == set(before)
    for path, raw in before.items():
        name = path.relative_to(folder.root).as_posix()
        assert path.read_bytes() == f"{schema_line(name)}\n".encode() + raw
    assert mark(folder.root) == []


def test_marking_mends_a_line_that_points_elsewhere(folder: Folder) -> None:
    rest = (folder.root / GROUP_FILE).read_text("utf8")
    folder.write(GROUP_FILE, f"# yaml-language-server: $schema=old.json\n{rest}")
    mark(folder.root)
    marked = (folder.root / GROUP_FILE).read_text("utf8")
    assert marked == f"# yaml-language-server: $schema=../schemas/organisations.json\n{rest}"


def test_marking_passes_over_what_is_no_content(folder: Folder) -> None:
    for name in ("attacks/.draft.yaml", "notes.yaml", "attacks/readme.txt"):
        folder.write(name, "mine\n")
    mark(folder.root)
    assert (folder.root / "notes.yaml").read_text() == "mine\n"
    assert (folder.root / "attacks/.draft.yaml").read_text() == "mine\n"


def test_the_command_writes_schemas_and_marks_when_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WAZAHAT_CONTENT_DIR", str(folder.root))
    attack = (folder.root / ATTACK_FILE).read_bytes()
    assert main(["schema"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed == [str(folder.root / "schemas" / f"{name}.json") for name in sorted(SCHEMAS)]
    assert (folder.root / ATTACK_FILE).read_bytes() == attack
    assert main(["schema", "--mark"]) == 0
    assert str(folder.root / ATTACK_FILE) in capsys.readouterr().out
    assert main(["check"]) == 0


def test_the_command_says_that_the_folder_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WAZAHAT_CONTENT_DIR", str(tmp_path / "none"))
    assert main(["schema"]) == 2
    assert "WAZAHAT_CONTENT_DIR" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_the_command_says_that_it_may_not_write(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WAZAHAT_CONTENT_DIR", str(folder.root))
    shutil.rmtree(folder.root / "schemas", ignore_errors=True)
    folder.write("schemas", "a file in its place")
    assert main(["schema"]) == 3
    assert "schemas" in capsys.readouterr().err
