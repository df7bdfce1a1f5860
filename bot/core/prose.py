"""Prose with inline citations: `Forty-three people were killed [@aje-20150513].`"""

import re
from collections.abc import Iterator

CITATION = re.compile(r"\s*\[@([a-z0-9-]+)\]")


def pieces(prose: str) -> Iterator[tuple[str, str | None]]:
    """The prose as (plain text, None) and ("", source id) in reading order."""
    at = 0
    for found in CITATION.finditer(prose):
        if prose[at : found.start()]:
            yield prose[at : found.start()], None
        yield "", found[1]
        at = found.end()
    if prose[at:]:
        yield prose[at:], None


def cited(prose: str) -> tuple[str, ...]:
    """The ids of the sources, in the order in which they are cited, each once."""
    return tuple(dict.fromkeys(CITATION.findall(prose)))


def without_citations(prose: str) -> str:
    return CITATION.sub("", prose)
