"""C1 and C3 to C7: no fame for attackers, no lesson in method, no slogan carried on."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.core.letters import folded
from bot.core.library import Library
from bot.core.records import Organisation
from bot.editorial.findings import Spot
from bot.editorial.lexicons import PERPETRATORS, Hit, pattern_of
from bot.editorial.matching import words
from bot.editorial.reading import Reading

_SOMEBODY = re.compile(r"\s+(?:([A-Z]\w+(?:[\s-]+[A-Z]\w+){1,3})|((?:\w+\s+){1,4})کے نام سے)")
_ATTACKER = re.compile(
    r"\b(?:attackers?|bombers?|gunm[ae]n|suspects?|facilitators?|convicts?|ringleader"
    r"|hamla\s?awar|mulzim|mujrim|حملہ اور|بمبار|ملزم|مجرم|سہولت کار)\b[^.۔\0]{0,30}$"
)
_HASHTAG = re.compile(r"#(\w+)")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|_")
_LONG_ENOUGH = 5
"""Letters of a group's name that is looked for inside a run-together tag: #crisis holds "isis"."""


def named_perpetrator(read: Reading) -> Iterator[Spot]:
    """Names on the list, whoever an attacker is said to be, and heads outside their own record."""
    yield from words(PERPETRATORS, but=())(read)
    if read.subject.kind != "organisation":
        yield from words("heads", but=())(read)
    yield from _attackers_called(read)


def _attackers_called(read: Reading) -> Iterator[Spot]:
    """An attacker "identified as" somebody, who is not an organisation."""
    for hit in read.hits.get("naming", ()):
        before = read.page[max(0, hit.start - 60) : hit.start]
        found = _SOMEBODY.match(read.capitals, hit.end)
        if found and _ATTACKER.search(before):
            groups = _organisation_names(read.subject.library)
            if not groups.search((found[1] or found[2]).lower()):
                yield read.spot(*found.span(found.lastindex or 0))


@lru_cache(maxsize=2)
def _organisation_names(library: Library) -> re.Pattern[str]:
    groups = (each for each in library.records.values() if isinstance(each, Organisation))
    return pattern_of(name for each in groups for name in each.names())


def is_kept_at_a_distance(read: Reading, hit: Hit) -> bool:
    """Whether "self-styled", "so-called" or the like stands beside it."""
    start, end = read.bounds(hit.start)
    beside = read.page[max(start, hit.start - 45) : min(end, hit.end + 30)]
    return read.pattern("self-styled").search(beside) is not None


def group_in_hashtag(read: Reading) -> Iterator[Spot]:
    groups = read.pattern("group-names")
    if "#" not in read.page:
        return
    for piece, text in read.texts:
        for found in _HASHTAG.finditer(text):
            apart = folded(_CAMEL.sub(" ", found[1]))
            if groups.search(apart) or _holds_name(folded(found[1]), groups):
                yield Spot(piece.field, found[0], "a group's name in a hashtag")


def _holds_name(tag: str, groups: re.Pattern[str]) -> bool:
    inside = _unbounded(groups.pattern)
    return any(len(found[0]) >= _LONG_ENOUGH for found in inside.finditer(tag.replace("_", "")))


@lru_cache(maxsize=8)
def _unbounded(expression: str) -> re.Pattern[str]:
    return re.compile(expression.removeprefix(r"(?<![^\W_])").removesuffix(r"(?![^\W_])"))
