"""The labelled questions, and how the search does on them."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

EVERY = 5
"""One question in this many is kept apart to check with."""


class Asked(NamedTuple):
    question: str
    meant: tuple[str, ...]
    check: bool


def questions() -> list[Asked]:
    listed = yaml.safe_load((Path(__file__).parent / "questions.yaml").read_text("utf8"))
    return [
        *_labelled(listed["attacks"]),
        *_labelled(listed["groups"]),
        *_labelled(listed["others"]),
        *_apart(listed["none"]),
    ]


def _labelled(by_record: dict[str, list[str]]) -> Iterator[Asked]:
    for ids, asked in by_record.items():
        yield from _apart(asked, tuple(ids.split()))


def _apart(asked: list[str], meant: tuple[str, ...] = ()) -> Iterator[Asked]:
    for number, question in enumerate(asked, 1):
        yield Asked(question, meant, number % EVERY == 0)
