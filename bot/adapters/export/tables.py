"""The library as flat tables: one a kind, and one for each list that records hold."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, NamedTuple, TypeGuard, Union, get_args, get_origin

from bot.adapters.export.facts import DERIVED, citations, derived, flat
from bot.core.library import Library
from bot.core.records import (
    KINDS,
    Attack,
    CalendarDay,
    Hashtag,
    HelpLine,
    Model,
    Record,
    Source,
    Text,
)

Cell = str | int | float | bool | None
Row = dict[str, Cell]


class Table(NamedTuple):
    """A row may lack a column: its cell is empty."""

    columns: tuple[str, ...]
    rows: list[Row]


def tables(library: Library) -> dict[str, Table]:
    """Every table by its name. Columns follow from the models alone, so that they stay put.

    A list of words is one cell, parted by `; `; a list of texts one cell a language, a line each; a
    list of anything else is a table of its own, whose rows name their record and count from 1.
    """
    made: dict[str, Table] = {}
    for kind, model in KINDS.items():
        records = sorted(library.of(model), key=lambda each: each.id)
        extra = DERIVED if model is Attack else ()
        rows = [_cells(each) | _derived(each, library) for each in records]
        made[kind] = Table((*_columns(model), *extra), rows)
        for field, part in _lists(model):
            columns, listed = made.get(field, Table(("record", "number"), []))
            columns = tuple(dict.fromkeys((*columns, *_columns(part))))
            made[field] = Table(columns, [*listed, *_parts(records, field)])
    return made | {
        "citations": _citations(library),
        "sources": _by_id(Source, library.sources),
        "help": _by_id(HelpLine, library.help_lines),
        "calendar": _by_id(CalendarDay, library.calendar),
        "hashtags": _by_id(Hashtag, library.hashtags),
    }


def _parts(records: Iterable[Record], field: str) -> Iterator[Row]:
    for record in records:
        for number, part in enumerate(getattr(record, field), 1):
            yield {"record": record.id, "number": number, **_cells(part)}


def _derived(record: Record, library: Library) -> Row:
    return flat(derived(record, library), "derived_") if isinstance(record, Attack) else {}


def _citations(library: Library) -> Table:
    rows: list[Row] = [
        {"record": name, **each._asdict()}
        for name, record in sorted(library.records.items())
        for each in citations(record)
    ]
    return Table(("record", "field", "language", "source"), rows)


def _by_id(model: type[Model], entries: Mapping[str, Model]) -> Table:
    rows = [{"id": name, **_cells(each)} for name, each in sorted(entries.items())]
    return Table(("id", *_columns(model)), rows)


def _columns(kind: Any, name: str = "") -> Iterator[str]:
    """The columns of a field by its type, of which a model's are those of its fields."""
    kind = _bare(kind)
    if kind is Text or (_is_tuple(kind) and _element(kind) is Text):
        yield from (f"{name}_{language}" for language in Text.model_fields)
    elif _is_model(kind):
        for field, info in kind.model_fields.items():
            yield from _columns(info.annotation, f"{name}_{field}" if name else field)
    elif get_origin(kind) is dict:
        keys, values = get_args(kind)
        for key in get_args(keys):
            yield from _columns(values, f"{name}_{key}")
    elif not (_is_tuple(kind) and _is_model(_element(kind))):
        yield name


def _cells(value: object, name: str = "") -> Row:
    """The cells of a field by its value, named as `_columns` names them."""
    if isinstance(value, Model):
        value = {field: getattr(value, field) for field in type(value).model_fields}
    if isinstance(value, dict):
        parts = (_cells(each, f"{name}_{key}" if name else key) for key, each in value.items())
        return {column: cell for part in parts for column, cell in part.items()}
    if not isinstance(value, tuple):
        return {name: _cell(value)}
    if not any(isinstance(each, Model) for each in value):
        return {name: "; ".join(map(str, value))}
    told = [each for each in value if isinstance(each, Text)]
    return {
        f"{name}_{language}": "\n".join(filter(None, (getattr(each, language) for each in told)))
        for language in (Text.model_fields if told else ())
    }


def _cell(value: object) -> Cell:
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _lists(model: type[Record]) -> Iterator[tuple[str, type[Model]]]:
    """The fields that hold a list of models, and which."""
    for field, info in model.model_fields.items():
        kind = _bare(info.annotation)
        if _is_tuple(kind) and _is_model(part := _element(kind)) and part is not Text:
            yield field, part


def _is_model(kind: Any) -> TypeGuard[type[Model]]:
    return isinstance(kind, type) and issubclass(kind, Model)


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _element(kind: Any) -> Any:
    return _bare(get_args(kind)[0])


def _bare(kind: Any) -> Any:
    """The type without what pydantic checks of it, and without the None it may be."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        known = [each for each in get_args(kind) if each is not type(None)]
        return _bare(known[0]) if len(known) == 1 else kind
    return kind
