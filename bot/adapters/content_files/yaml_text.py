"""YAML text to plain values, and from a field back to its place in the text."""

import math
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from bot.core.faults import Field, Flaw

LARGEST = 512 * 1024
DEEPEST = 24
"""Bytes of a file, and how deep its lists and mappings may lie in each other."""


_ANCHOR = re.compile(r"(?:^|[\s,\[{:-])[&*][\w-]", re.MULTILINE)
_DEEP = re.compile(r"\n[ ?:-]{24}")
_OTHER_LINE_ENDS = "\r\x85\u2028\u2029"
_MOST_BRACKETS = 200
"""Opening brackets that cannot lie too deep for the stack, however they are arranged."""


class YamlFault(Exception):
    """Text that is not YAML as content uses it; `line` and `column` count from 1."""

    def __init__(self, flaw: Flaw, line: int = 1, column: int = 1) -> None:
        super().__init__(flaw.message)
        self.flaw, self.line, self.column = flaw, line, column


_MAPPING, _SEQUENCE = "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
_TEXT = "tag:yaml.org,2002:str"
_PLAIN = SafeConstructor()
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
_PADDED = re.compile(r"[-+]?0+[0-9]+")
_LONGEST_SHOWN = 60


class _OddNumber(Exception):
    """YAML would count `045` in eights, `0x1F` in sixteens and `1:30` in sixties."""

    def __init__(self, node: yaml.ScalarNode) -> None:
        super().__init__(node.value)
        self.node = node


def _integer(node: yaml.ScalarNode) -> int:
    if not _INTEGER.fullmatch(node.value):
        raise _OddNumber(node)
    return int(node.value)


def _decimal(node: yaml.ScalarNode) -> float:
    if not _DECIMAL.fullmatch(node.value):
        raise _OddNumber(node)
    number = float(node.value)
    if not math.isfinite(number):
        raise ValueError("a number beyond all counting")
    return number


class _Loader(yaml.CSafeLoader):
    """Finds the same tags, without looking for what the path to a node could say of it."""

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass

    def resolve(self, kind: type[yaml.Node], value: str, implicit: Any) -> str:
        if kind is not yaml.ScalarNode:
            return _MAPPING if kind is yaml.MappingNode else _SEQUENCE
        if implicit[0]:
            for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()):
                if pattern.match(value):
                    return str(tag)
        return _TEXT


_SCALARS: dict[str, Callable[[Any], Any]] = {
    "tag:yaml.org,2002:null": lambda _: None,
    "tag:yaml.org,2002:bool": _PLAIN.construct_yaml_bool,
    "tag:yaml.org,2002:int": _integer,
    "tag:yaml.org,2002:float": _decimal,
    "tag:yaml.org,2002:timestamp": _PLAIN.construct_yaml_timestamp,
}


def parse(raw: bytes) -> Any:
    """The value of a YAML file. Raises `YamlFault`; no text makes it hang or grow without end."""
    if len(raw) > LARGEST:
        raise YamlFault(
            Flaw((), "too-large", f"{len(raw)} bytes; the most is {LARGEST}", "split it up")
        )
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        message = f"not UTF-8 text: byte {error.start + 1} is {raw[error.start]:#04x}"
        line = raw.count(b"\n", 0, error.start) + 1
        raise YamlFault(Flaw((), "not-text", message, "save it as UTF-8"), line) from error
    try:
        if _looks_dangerous(text):
            _refuse_bombs(text)
        node = yaml.compose(text, Loader=_Loader)
        return None if node is None else _value(node)
    except _OddNumber as error:
        raise _told(error.node, node) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise YamlFault(
            Flaw((), "yaml", f"not YAML: {error.problem}", _cure(error)), *at
        ) from error
    except yaml.reader.ReaderError as error:
        flaw = Flaw((), "yaml", f"not YAML: {error.reason}", "remove the character")
        raise YamlFault(flaw, *_place_at(raw, error.position)) from error
    except yaml.YAMLError as error:
        raise YamlFault(Flaw((), "yaml", f"not YAML: {error}", "write it anew")) from error


def _value(node: Any, depth: int = 0) -> Any:
    """What a node stands for, with lists as tuples, since what is loaded is never changed.

    This is PyYAML's safe constructor without what content has no use for, and several times faster.
    """
    if node.__class__ is yaml.ScalarNode:
        return node.value if node.tag == _TEXT else _scalar(node)
    if depth == DEEPEST:
        raise YamlFault(_too_deep(), node.start_mark.line + 1, node.start_mark.column + 1)
    if node.tag == _MAPPING and node.__class__ is yaml.MappingNode:
        mapping = {_key(key): _value(value, depth + 1) for key, value in node.value}
        if len(mapping) != len(node.value):
            _tell_what_is_twice(node)
        return mapping
    if node.tag == _SEQUENCE and node.__class__ is yaml.SequenceNode:
        return tuple([_value(each, depth + 1) for each in node.value])
    raise _at(node, "yaml", f"not YAML as used here: {node.tag}", "remove the tag")


def _scalar(node: yaml.ScalarNode) -> Any:
    try:
        return _SCALARS[node.tag](node)
    except KeyError:
        raise _at(node, "yaml", f"not YAML as used here: {node.tag}", "write plain text") from None
    except ValueError as error:
        raise _at(node, "yaml", f"not a value: {error}", "put it into quotes") from error
    except (AttributeError, IndexError):  # how PyYAML fails at `!!int ""` and `!!timestamp soon`
        raise _at(node, "yaml", f"not a value of {node.tag}", "remove the tag") from None


def _told(odd: yaml.ScalarNode, root: Any) -> YamlFault:
    value: str = odd.value
    shown = repr(value if len(value) <= _LONGEST_SHOWN else value[: _LONGEST_SHOWN - 1] + "…")
    plain = "without leading zeros" if _PADDED.fullmatch(value) else "in plain digits"
    cure = f"write it {plain}, or put it into quotes if it is text"
    message = f"neither a plain number nor text: {shown}"
    return _at(odd, "wrong-type", message, cure, next(_ways(root, odd), ()))


def _ways(node: Any, wanted: Any) -> Iterator[Field]:
    """The way from a node to another one that lies in it."""
    if node is wanted:
        yield ()
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from ((str(key.value), *rest) for rest in _ways(value, wanted))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from ((number, *rest) for rest in _ways(value, wanted))


def _key(node: Any) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _at(node, "yaml", "a field's name must be a word", "write 'field: value'")
    if node.tag == _TEXT:
        name: str = node.value
        return name
    message = f"a field is named {node.value!r}, which YAML does not take for text"
    raise _at(node, "wrong-type", message, "mend it, or put it into quotes", (node.value,))


def _at(node: Any, rule: str, message: str, cure: str, field: Field = ()) -> YamlFault:
    mark = node.start_mark
    return YamlFault(Flaw(field, rule, message, cure), mark.line + 1, mark.column + 1)


def place_of(raw: bytes, field: Field) -> tuple[int, int]:
    """Line and column of the field, or of the closest thing around it that is in the file."""
    node, mark = _composed(raw), None
    for part in field:
        found = _inside(node, part)
        if found is None:
            break
        mark, node = found
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


@lru_cache(maxsize=1)
def _composed(raw: bytes) -> Any:
    """The nodes of a file; kept while its faults are told, which may be many."""
    try:
        return yaml.compose(raw, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError):
        return None


def _place_at(raw: bytes, offset: int) -> tuple[int, int]:
    before = raw[:offset].decode(errors="replace")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _inside(node: Any, part: str | int) -> tuple[Any, Any] | None:
    """Where an entry of a mapping or a list begins, and its value."""
    if isinstance(node, yaml.MappingNode):
        return next(((k.start_mark, v) for k, v in node.value if k.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part].start_mark, node.value[part]
    return None


def _tell_what_is_twice(node: yaml.MappingNode) -> None:
    seen: set[str] = set()
    for key, _ in node.value:
        if key.value in seen:
            flaw = Flaw(
                (key.value,), "duplicate-key", f"{key.value!r} is written twice", "keep one of them"
            )
            raise YamlFault(flaw, key.start_mark.line + 1, key.start_mark.column + 1)
        seen.add(key.value)


def _looks_dangerous(text: str) -> bool:
    """Whether it may hold anchors or deep nesting: a quick guess that errs on the safe side."""
    return (
        (("&" in text or "*" in text) and _ANCHOR.search(text) is not None)
        or text.count("[") + text.count("{") > _MOST_BRACKETS
        or any(end in text for end in _OTHER_LINE_ENDS)
        or _DEEP.search("\n" + text[:DEEPEST]) is not None
        or _DEEP.search(text) is not None
    )


def _refuse_bombs(text: str) -> None:
    """Anchors can make a small file huge, and deep nesting can end the process."""
    depth = 0
    for event in _events(text):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            mark = event.start_mark
            flaw = Flaw((), "anchor", "anchors and aliases are not used here", "write it out")
            raise YamlFault(flaw, mark.line + 1, mark.column + 1)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise YamlFault(_too_deep(), event.start_mark.line + 1, event.start_mark.column + 1)


def _events(text: str) -> Iterator[Any]:
    yield from yaml.parse(text, Loader=yaml.CSafeLoader)


def _too_deep() -> Flaw:
    return Flaw((), "too-deep", f"nested deeper than {DEEPEST} levels", "write it flatter")


def _cure(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "tab" in problem or "\\t" in problem:
        return "indent with spaces, not tabs"
    if "mapping values are not allowed" in problem:
        return "put the text into quotes: it holds a colon"
    if "cannot start any token" in problem:
        return "put the text into quotes: it begins with a special character"
    return "look at this line and the one before it: indent, quotes, brackets"
