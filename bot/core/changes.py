"""What differs between two content sets, or two versions of one record."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from bot.core.faults import Fault
from bot.core.library import Library
from bot.core.records import KINDS, Record

LARGEST_DROP = 0.2
"""The share of a kind's records that may vanish at once without somebody confirming it."""


class News(NamedTuple):
    """What came of looking at the content: another set with its changes, or faults of a bad one."""

    revision: str
    changes: "tuple[Change, ...]" = ()
    faults: tuple[Fault, ...] = ()


class Proposal(NamedTuple):
    """A file that somebody wants to be written. With faults it may not be, and has no token.

    `differences` are (field, before, after); `record` is what it would become, if it is a record.
    """

    file: str
    token: str
    differences: tuple[tuple[str, Any, Any], ...] = ()
    record: Record | None = None
    faults: tuple[Fault, ...] = ()


class Written(NamedTuple):
    """A file that was written, the commit that holds it (empty without a repository), the news."""

    file: str
    commit: str
    news: News


class Change(NamedTuple):
    """One record that is `added`, `changed` or `removed`."""

    record_id: str
    what: str


def changes_between(before: Library, after: Library) -> tuple[Change, ...]:
    """Records that differ, by id; what was not read anew is the same object and costs nothing."""
    return tuple(
        Change(each, _what(before.records.get(each), after.records.get(each)))
        for each in sorted(before.records.keys() | after.records.keys())
        if before.records.get(each) is not after.records.get(each)
        and before.records.get(each) != after.records.get(each)
    )


def shrunk(before: Library, after: Library) -> str:
    """Which kinds lose more than `LARGEST_DROP` of their records, in words; empty if none does."""
    had_of, has_of = _counts(before), _counts(after)
    return "; ".join(
        f"{kind}: {had} before, {has_of[kind]} now"
        for kind, had in had_of.items()
        if had - has_of[kind] > max(1, LARGEST_DROP * had)
    )


def _counts(library: Library) -> dict[str, int]:
    counted = Counter(map(type, library.records.values()))
    return {name: counted[kind] for name, kind in KINDS.items()} | {
        "sources": len(library.sources),
        "help lines": len(library.help_lines),
        "calendar days": len(library.calendar),
        "hashtags": len(library.hashtags),
        "lexicons": len(library.lexicons),
    }


def differences(before: Any, after: Any, at: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Fields that differ between two plain values, as (dotted path, before, after)."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            yield from differences(before.get(key), after.get(key), f"{at}.{key}".lstrip("."))
    elif isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{at}.{number}")
    elif before != after:
        yield at, before, after


def _what(before: object, after: object) -> str:
    return "added" if before is None else "removed" if after is None else "changed"
