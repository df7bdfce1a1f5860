"""What the formats tell beside the fields themselves: derived facts, texts and citations."""

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from bot.core.library import Library
from bot.core.prose import cited
from bot.core.records import Attack, Language, Model, Text
from bot.core.responsibility import derived_status


class Told(NamedTuple):
    """What one field says in one language; the field is a dotted path, such as `tolls.0.by`."""

    field: str
    language: Language
    text: str


class Citation(NamedTuple):
    """A source of one field. `language` is None where the field lists sources of its own."""

    field: str
    language: Language | None
    source: str


COUNTS = ("low", "high", "at_least")
DERIVED = (
    "derived_status",
    *(f"derived_{of}_{part}" for of in ("killed", "injured") for part in COUNTS),
)
"""The derived facts as columns of a table."""


def derived(attack: Attack, library: Library) -> dict[str, object]:
    """What follows from the tolls, the claims and the attributions; null where nobody counted."""
    return {
        "status": derived_status(attack, library.same_body),
        "killed": _range(attack, "killed"),
        "injured": _range(attack, "injured"),
    }


def flat(facts: Mapping[str, object], prefix: str) -> dict[str, str | int | float | bool | None]:
    """The derived facts one level deep: `status`, `killed_low`, `killed_high` ..."""
    row: dict[str, str | int | float | bool | None] = {f"{prefix}status": str(facts["status"])}
    for of in ("killed", "injured"):
        counts = facts[of]
        for part in COUNTS:
            row[f"{prefix}{of}_{part}"] = counts[part] if isinstance(counts, dict) else None
    return row


def texts(record: Model) -> Iterator[Told]:
    """Every text in a record, in the order of its fields."""
    for field, each in _leaves(record):
        if isinstance(each, Text):
            yield from (Told(field, language, text) for language, text in each.by_language())


def citations(record: Model) -> Iterator[Citation]:
    """Every source that a record leans on, with the field that does."""
    for field, each in _leaves(record):
        *owner, name = field.split(".")
        if isinstance(each, Text):
            for language, text in each.by_language():
                yield from (Citation(field, language, source) for source in cited(text))
        elif name == "sources" and isinstance(each, tuple):
            yield from (Citation(".".join(owner), None, source) for source in each)


def _leaves(value: object, at: str = "") -> Iterator[tuple[str, object]]:
    """What a record is made of in the end: texts, words, numbers, lists of words."""
    if isinstance(value, Model) and not isinstance(value, Text):
        for name in type(value).model_fields:
            yield from _leaves(getattr(value, name), f"{at}.{name}" if at else name)
    elif isinstance(value, tuple) and any(isinstance(each, Model) for each in value):
        for number, each in enumerate(value):
            yield from _leaves(each, f"{at}.{number}")
    else:
        yield at, value


def _range(attack: Attack, of: Literal["killed", "injured"]) -> dict[str, int | bool] | None:
    counts = attack.toll_range(of)
    return None if counts is None else dict(zip(COUNTS, counts, strict=True))
