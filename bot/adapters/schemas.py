"""JSON Schemas of the content files, with which an editor completes and checks what is typed."""

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from bot.adapters.content_files.files import LEXICON, PHRASES, SINGLE
from bot.adapters.export.files import write_whole
from bot.adapters.export.json_files import as_json
from bot.core.records import KINDS, Record

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The newest that the YAML plug-ins of editors know whole."""
POINTER = "# yaml-language-server: $schema="
SENTENCE_END = re.compile(r"(?<=\.)\s+")

Schema = dict[str, Any]


def schemas() -> dict[str, Schema]:
    """The schema of each kind of file by its name: what the loader holds against such a file.

    What a model checks in code, such as that one count is above another, no schema can tell.
    """
    kinds = {kind: _of_kind(model) for kind, model in KINDS.items()}
    others = {Path(name).stem: adapter for name, adapter in SINGLE.items()}
    others |= {"phrases": PHRASES, "lexicons": LEXICON}
    return kinds | {name: _finished(each.json_schema()) for name, each in others.items()}


def write_schemas(folder: Path) -> list[Path]:
    """Write `schemas/<kind>.json` into the content folder; returns the files."""
    made = sorted(schemas().items())
    return [write_whole(folder / "schemas" / f"{name}.json", as_json(each)) for name, each in made]


def schema_line(name: str) -> str:
    """The first line of a content file, by its path inside the content folder."""
    path = PurePosixPath(name)
    kind, up = (path.parts[0], "../") if len(path.parts) > 1 else (path.stem, "")
    return f"{POINTER}{up}schemas/{kind}.json"


def mark(folder: Path) -> list[Path]:
    """Point each content file at its schema where its first line does not; returns the changed."""
    changed = list(_unmarked(folder))
    for path, line in changed:
        first, end, rest = path.read_bytes().partition(b"\n")
        kept = rest if first.startswith(POINTER.encode()) else first + end + rest
        write_whole(path, line.encode() + b"\n" + kept)
    return [path for path, _ in changed]


def _unmarked(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files that lack the line, and the line."""
    folders = (*KINDS, "phrases", "lexicons")
    inside = [path for each in folders for path in folder.glob(f"{each}/[!.]*.yaml")]
    for path in sorted([*filter(Path.exists, map(folder.joinpath, SINGLE)), *inside]):
        line = schema_line(path.relative_to(folder).as_posix())
        if path.read_bytes().partition(b"\n")[0].rstrip() != line.encode():
            yield path, line


def _of_kind(model: type[Record]) -> Schema:
    """Without the id, which is the name of the file."""
    schema = model.model_json_schema()
    del schema["properties"]["id"]
    schema["required"].remove("id")
    return _finished(schema, Record.__doc__ or "")


def _finished(schema: Schema, inherited: str = "") -> Schema:
    for part in (schema, *schema.get("$defs", {}).values()):
        _describe(part, inherited if part is schema else "")
    if "patternProperties" in schema:
        schema["additionalProperties"] = False  # else a malformed id would pass unseen
    return {"$schema": DRAFT, **_untitled(schema)}


def _describe(schema: Schema, inherited: str) -> None:
    """Give each field the sentences that its model's docstring has about it."""
    told = f"{schema.get('description', '')} {inherited}"
    sentences = [" ".join(each.split()) for each in SENTENCE_END.split(told)]
    for name, field in schema.get("properties", {}).items():
        if about := [each for each in sentences if f"`{name}`" in each]:
            field["description"] = " ".join(about)


def _untitled(value: Any) -> Any:
    """Without the titles that pydantic makes of names; a field called `title` stays."""
    if isinstance(value, list):
        return [_untitled(each) for each in value]
    if not isinstance(value, dict):
        return value
    kept = {key: each for key, each in value.items() if key != "title" or isinstance(each, dict)}
    return {key: _untitled(each) for key, each in kept.items()}
