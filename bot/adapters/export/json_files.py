"""JSON: a file a kind, as the records have it, and the sources."""

import json
from collections.abc import Iterator, Mapping

from bot.adapters.export.facts import derived
from bot.core.library import Library
from bot.core.records import KINDS, Attack, Model, Record


def json_files(library: Library) -> Iterator[tuple[str, bytes]]:
    """Lists in the order of the ids. What no file says but follows from it is under `derived`."""
    for kind, model in KINDS.items():
        records = sorted(library.of(model), key=lambda each: each.id)
        yield f"{kind}.json", as_json([_record(each, library) for each in records])
    yield "sources.json", _by_id(library.sources)
    yield "help.json", _by_id(library.help_lines)
    yield "calendar.json", _by_id(library.calendar)
    yield "hashtags.json", _by_id(library.hashtags)


def as_json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _record(record: Record, library: Library) -> dict[str, object]:
    fields = record.model_dump(mode="json")
    return fields | {"derived": derived(record, library)} if isinstance(record, Attack) else fields


def _by_id(entries: Mapping[str, Model]) -> bytes:
    return as_json(
        [{"id": name, **each.model_dump(mode="json")} for name, each in sorted(entries.items())]
    )
