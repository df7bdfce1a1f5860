"""Content files to core types, or one error that lists every fault."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from bot.core.errors import ContentError
from bot.core.library import Library
from bot.core.phrases import Phrases
from bot.core.records import KINDS, Id, Record, Source

SOURCES = TypeAdapter(dict[Id, Source])
PHRASES = TypeAdapter(dict[str, str | dict[str, str]])
T = TypeVar("T")
WORDS = TypeAdapter(tuple[str, ...])


class Loader(yaml.CSafeLoader):
    """PyYAML's C loader, with lists as tuples, since what is loaded is never changed."""


def _tuple(loader: Loader, node: yaml.SequenceNode) -> tuple[Any, ...]:
    return tuple(loader.construct_sequence(node, deep=True))


def _mapping(loader: Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    """Refuses a key that is there twice, of which YAML would silently keep the last."""
    seen = set()
    for key, _ in node.value:
        if key.value in seen:
            problem = f"{key.value!r} is there twice; drop one"
            raise yaml.constructor.ConstructorError(None, None, problem, key.start_mark)
        seen.add(key.value)
    return loader.construct_mapping(node, deep=True)


Loader.add_constructor("tag:yaml.org,2002:seq", _tuple)
Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


class Fault(NamedTuple):
    """What is wrong where. `line` counts from 1; the field is a dotted path, empty for the file."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: " + (f"{self.field}: " if self.field else "")
        return where + self.message


class Content(NamedTuple):
    """One loaded set: everything that answers are made of. `revision` changes when a file does."""

    library: Library
    phrases: Phrases
    stop_words: frozenset[str]
    revision: str


def load_content(folder: Path) -> Content:
    """Read everything under `folder`, or raise one `ContentError` that lists all that is wrong."""
    reading = _Reading(folder)
    sources: dict[str, Source] = reading.file("sources.yaml", SOURCES.validate_python) or {}
    records = [record for kind in KINDS for record in reading.folder(kind)]
    phrases = {
        path.stem: reading.file(f"phrases/{path.name}", PHRASES.validate_python) or {}
        for path in sorted((folder / "phrases").glob("*.yaml"))
    }
    stop_words = reading.file("lexicons/stop-words.yaml", WORDS.validate_python) or ()
    library = Library(records, sources)
    reading.faults += [
        reading.fault(f"{KINDS_BY_MODEL[type(record)]}/{record.id}.yaml", field, message)
        for record, field, message in library.faults()
    ]
    if "en" not in phrases:
        reading.faults.append(
            Fault("phrases/en.yaml", 1, "", "missing: every phrase needs its English")
        )
    if reading.faults:
        raise ContentError("\n".join(str(fault) for fault in sorted(reading.faults)))
    return Content(library, Phrases(phrases), frozenset(stop_words), reading.revision())


KINDS_BY_MODEL = {model: kind for kind, model in KINDS.items()}


class _Reading:
    """One pass over a content folder; faults are gathered, not raised."""

    def __init__(self, folder: Path) -> None:
        self.root = folder
        self.faults: list[Fault] = []
        self._digest = hashlib.sha256()
        if not folder.is_dir():
            raise ContentError(
                f"{folder}: no such folder; set WAZAHAT_CONTENT_DIR to the content folder"
            )

    def revision(self) -> str:
        return self._digest.hexdigest()[:12]

    def folder(self, kind: str) -> Iterator[Record]:
        for path in sorted((self.root / kind).glob("*.yaml")):
            model = KINDS[kind]
            record = self.file(f"{kind}/{path.name}", _with_id(path.stem, model.model_validate))
            if record is not None:
                yield record

    def file(self, name: str, validate: Callable[[Any], T]) -> T | None:
        try:
            raw = (self.root / name).read_bytes()
            self._digest.update(name.encode() + b"\0" + raw)
            return validate(yaml.load(raw, Loader=Loader))  # noqa: S506  # Loader is a safe loader
        except ValidationError as error:
            for each in _own(error.errors(include_url=False)):
                field = tuple(part for part in each["loc"] if part != "[key]")
                self.faults.append(self.fault(name, field, _message(each)))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.faults.append(
                Fault(name, mark.line + 1 if mark else 1, "", f"not YAML: {error.problem}")
            )
        except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
            self.faults.append(Fault(name, 1, "", f"cannot be read: {error}"))
        return None

    def fault(self, name: str, field: tuple[str | int, ...], message: str) -> Fault:
        return Fault(name, _line_of(self.root / name, field), ".".join(map(str, field)), message)


def _with_id(name: str, validate: Callable[[Any], Record]) -> Callable[[Any], Record]:
    def validate_named(fields: Any) -> Record:
        # Anything but a mapping goes to the model as it is, whose error says what was expected.
        return validate({**fields, "id": name} if isinstance(fields, dict) else fields)

    return validate_named


def _own(errors: Sequence[Any]) -> Iterator[Any]:
    """Leaves out that a list is too short where that is so because what it holds is wrong."""
    for each in errors:
        at = each["loc"]
        below = any(len(e["loc"]) > len(at) and e["loc"][: len(at)] == at for e in errors)
        if not (each["type"] == "too_short" and below):
            yield each


def _message(error: Any) -> str:
    shown = repr(error["input"])
    given = f" (found {shown if len(shown) <= 60 else shown[:59] + '…'})"
    return str(error["msg"]) + ("" if error["type"] == "missing" else given)


def _line_of(path: Path, field: tuple[str | int, ...]) -> int:
    """The line of the field, or of the closest thing around it that is in the file."""
    try:
        node = yaml.compose(path.read_bytes(), Loader=Loader)
    except (yaml.YAMLError, OSError):
        return 1
    line = 1
    for part in field:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == str(part)), None)
            if found is None:
                break
            line, node = found[0].start_mark.line + 1, found[1]
        elif (
            isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value)
        ):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line
