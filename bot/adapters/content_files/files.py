"""One content file to its value or its faults."""

import difflib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from string import Formatter
from typing import Annotated, Any

from pydantic import AfterValidator, TypeAdapter, ValidationError
from pydantic_core import InitErrorDetails

from bot.adapters.content_files.blanks import unfilled
from bot.adapters.content_files.yaml_text import YamlFault, parse, place_of
from bot.core.faults import Fault, Field, Flaw
from bot.core.plan_rules import PlanRules
from bot.core.records import KINDS, CalendarDay, Hashtag, HelpLine, Id, Record, Source, Words
from bot.core.references import Links, links_of

SINGLE: Mapping[str, TypeAdapter[Any]] = {
    "sources.yaml": TypeAdapter(dict[Id, Source]),
    "help.yaml": TypeAdapter(dict[Id, HelpLine]),
    "calendar.yaml": TypeAdapter(dict[Id, CalendarDay]),
    "hashtags.yaml": TypeAdapter(dict[str, Hashtag]),
    "planning.yaml": TypeAdapter(PlanRules),
}
FORMS = {"one", "other"}


def _can_be_said(entry: str | dict[str, str]) -> str | dict[str, str]:
    if isinstance(entry, dict) and entry.keys() != FORMS:
        raise ValueError("a phrase that depends on a number has the forms one and other")
    for text in entry.values() if isinstance(entry, dict) else (entry,):
        if any(
            name is not None and not name.isidentifier() for _, name, *_ in Formatter().parse(text)
        ):
            raise ValueError("a brace must hold a name: {n}; write {{ for a brace itself")
    return entry


PHRASES = TypeAdapter(dict[str, Annotated[str | dict[str, str], AfterValidator(_can_be_said)]])
LEXICON = TypeAdapter(Words)
"""The files that hold many entries each; of records there is one a file."""

MOST_FLAWS = 500
"""Faults that are told of one file."""

_BRANCHES = {"str", "dict[str,str]"}
_NO_FIELD = {"[key]", *_BRANCHES}
"""Parts of pydantic's places that no file has."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file gave: its value, or None and its faults. `raw` tells where things are."""

    name: str
    raw: bytes
    digest: bytes = b""
    value: Any = None
    links: Links | None = None
    faults: tuple[Fault, ...] = field(default=())

    def fault(self, flaw: Flaw, at: tuple[int, int] | None = None) -> Fault:
        line, column = at or place_of(self.raw, flaw.field)
        dotted = ".".join(map(str, flaw.field))
        return Fault(
            self.name, line, column, flaw.rule, flaw.severity, dotted, flaw.message, flaw.cure
        )


def parsed(name: str, raw: bytes) -> Parsed:
    """Read one file by its path inside the content folder."""
    bare = Parsed(name, raw, hashlib.sha256(raw).digest())
    try:
        value = validator_of(name)(parse(raw))
        if b"FILL" in raw and (blanks := unfilled(raw.decode())):
            flaw = Flaw((), "unfilled", "a blank is not filled", "write what belongs there")
            return replace(bare, faults=tuple(bare.fault(flaw, at) for at in blanks))
    except YamlFault as error:
        return replace(bare, faults=(bare.fault(error.flaw, (error.line, error.column)),))
    except ValidationError as error:
        return replace(bare, faults=tuple(map(bare.fault, _most_of(list(_flaws(error))))))
    links = links_of(value, raw.decode()) if isinstance(value, Record) else None
    return replace(bare, value=value, links=links)


def validator_of(name: str) -> Callable[[Any], Any]:
    """What a file must be, by its path; `KeyError` for a path that content does not have."""
    folder, _, file = name.rpartition("/")
    if folder in KINDS:
        return _with_id(file.removesuffix(".yaml"), KINDS[folder])
    if folder == "phrases":
        return PHRASES.validate_python
    return LEXICON.validate_python if folder == "lexicons" else SINGLE[name].validate_python


def _with_id(record_id: str, model: type[Record]) -> Callable[[Any], Record]:
    def validate(fields: Any) -> Record:
        if isinstance(fields, dict) and "id" in fields:
            told = InitErrorDetails(type="extra_forbidden", loc=("id",), input=fields["id"])
            raise ValidationError.from_exception_data(model.__name__, [told])
        # Anything but a mapping goes to the model as it is, whose error says what was expected.
        with_id = {**fields, "id": record_id} if isinstance(fields, dict) else fields
        return model.model_validate(with_id)

    return validate


def _flaws(error: ValidationError) -> Iterator[Flaw]:
    """Its flaws; a list that seems too short only because its entries are wrong is none."""
    told = error.errors(include_url=False)
    for each in told:
        at = each["loc"]
        if _of_other_branch(each):
            continue
        if each["type"] != "too_short" or not any(
            at == other["loc"][: len(at)] for other in told if other is not each
        ):
            yield _flaw(each)


def _most_of(flaws: list[Flaw]) -> list[Flaw]:
    """All of them but for a file that is wrong throughout: nobody reads thousands."""
    if len(flaws) <= MOST_FLAWS:
        return flaws
    more = Flaw((), "too-many", f"{len(flaws) - MOST_FLAWS} more faults", "mend the others first")
    return [*flaws[:MOST_FLAWS], more]


def _of_other_branch(error: Any) -> bool:
    """Whether it asks forms of a phrase that is a text, or a text of one that has forms."""
    wanted = "dict[str,str]" if isinstance(error["input"], dict) else "str"
    return not _BRANCHES.isdisjoint(error["loc"][-1:]) and error["loc"][-1] != wanted


def _flaw(error: Any) -> Flaw:
    """A validation error of pydantic in the words of an editor."""
    at: Field = tuple(part for part in error["loc"] if part not in _NO_FIELD)
    kind, given = error["type"], error["input"]
    if kind == "missing":
        return Flaw(at, "missing-field", "is missing", "add it")
    if kind == "extra_forbidden":
        return Flaw(at, "unknown-field", "no such field", "remove it, or mend its spelling")
    shown = repr(given)
    message = f"{error['msg'].removeprefix('Value error, ')}"
    if isinstance(given, str | int | float | bool):
        message += f" (found {shown if len(shown) <= 60 else shown[:59] + '…'})"
    if kind.endswith("_type") or kind in {"model_type", "dict_type"}:
        return Flaw(at, "wrong-type", message, _cure_of_type(kind, given))
    return Flaw(at, "wrong-value", message, _cure_of_value(error))


def _cure_of_type(kind: str, given: Any) -> str:
    if given is None:
        return "fill it in, or remove the field"
    if kind == "string_type":
        return "put it into quotes, so that it stays text"
    if kind == "date_type":
        return "write the date as 2026-11-22, without quotes"
    if kind in {"int_type", "float_type"}:
        return "write it as a number, without quotes"
    if kind == "tuple_type":
        return "write it as a list: [one, two], or lines that begin with a hyphen"
    return "write it as lines of 'field: value'"


def _cure_of_value(error: Any) -> str:
    expected = error.get("ctx", {}).get("expected")
    if error["type"] == "literal_error" and expected:
        known = [word.strip("' ") for word in expected.replace(" or ", ", ").split(",")]
        near = difflib.get_close_matches(str(error["input"]), known, 1)
        return f"write {near[0]!r}" if near else f"choose one of: {', '.join(known)}"
    if error["type"] == "string_pattern_mismatch":
        return "use small letters, digits and hyphens, at most 40"
    return "mend the value"
