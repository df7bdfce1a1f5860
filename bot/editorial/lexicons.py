"""Word lists, compiled: one expression a list, tried only where it can fit.

A line is a word or a phrase; its words may be joined by spaces or hyphens. `*` at the end of a word
stands for any ending. A line that begins with `!` excepts: what lies within it is no hit, so that
`dogs` and `! sniffer dogs` live in one list. Case, accents, vowel signs and the forms of yeh, kaf
and heh make no difference, and Urdu words in an English text are found as well.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

from bot.core.letters import folded, words_of
from bot.core.library import Library
from bot.core.records import Words
from bot.editorial.fingerprints import Fingerprints

GAP = r"[\s\-‐–—]+"
PERPETRATORS = "perpetrators"
CONTEXT = frozenset(
    {"communities", "deeds", "group-names", "hope", "institutions", "parties", "quantities"}
    | {"reporting", "self-styled", "toll-words"}
)
"""Lists of everyday words, which rules look up beside a find and never by themselves."""

OF_SEARCH = frozenset(
    {"armed-groups", "asked-weapons", "attack-words", "elsewhere", "listed-attacks", "meanings"}
    | {"no-question", "other-matters", "stop-words"}
)
"""Lists that say what readers ask for, beside those called `asking-...` and `concern-...`."""

MOST_REMEMBERED = 200_000
"""Words of which it is known what they anchor."""

_WORD = re.compile(r"[^\W_]+")
_NOTHING = re.compile(r"(?!)")


class Hit(NamedTuple):
    lexicon: str
    start: int
    end: int


_COMMON = frozenset(words_of("that says said people pakistan claim حملہ حملے دعویٰ ذمہ مطابق ہوئے"))
"""Words met too often in our briefs to look for a line there."""

Anchor = tuple[str, int]
"""A list, and how many words before the anchoring word its line begins."""


def _anchor(name: str, line: str) -> tuple[str, Anchor]:
    """The longest word of a line, where the line is looked for: "caliphate", not "the"."""
    words = re.findall(r"[^\W_]+\*?", folded(line))
    back = max(range(len(words)), key=lambda at: (words[at] not in _COMMON, len(words[at])))
    return words[back], (name, back)


class Lexicons:
    """The lists by name. A list that nobody has written finds nothing.

    Lists are tried only where the longest word of one of their lines stands.
    """

    def __init__(self, lists: Mapping[str, Words]) -> None:
        lines = {name: _lines(words) for name, words in lists.items() if not _is_of_search(name)}
        self._names = Fingerprints(lines.pop(PERPETRATORS, ()))
        self._patterns = {name: pattern_of(_plain(listed)) for name, listed in lines.items()}
        self._exceptions = {
            name: pattern_of(line[1:] for line in listed if line.startswith("!"))
            for name, listed in lines.items()
        }
        self._anchors: dict[str, set[Anchor]] = {}
        self._open_anchors: dict[str, set[Anchor]] = {}
        for name in lines.keys() - CONTEXT:
            for line in _plain(lines[name]):
                word, anchor = _anchor(name, line)
                known = self._open_anchors if word.endswith("*") else self._anchors
                known.setdefault(word.removesuffix("*"), set()).add(anchor)
        self._met: dict[str, tuple[Anchor, ...]] = {}
        self._harmless: set[str] = set()

    def pattern(self, name: str) -> re.Pattern[str]:
        """The expression of one list, for folded text; it knows nothing of exceptions."""
        return self._patterns.get(name, _NOTHING)

    def hits(self, page: str) -> Iterator[Hit]:
        """Every hit of every list in folded text."""
        for word in set(_WORD.findall(page)) - self._harmless:
            if anchors := self._anchored(word):
                for at in _places(word, page):
                    for name, back in anchors:
                        if (start := _words_before(page, at, back)) >= 0:
                            yield from self._hits_at(name, page, start)

    def _hits_at(self, name: str, page: str, at: int) -> Iterator[Hit]:
        if name == PERPETRATORS:
            yield from (Hit(name, at, end) for end in self._names.ends(page, at))
            return
        found = self._patterns[name].match(page, at)
        if found and not self._excepted(name, page, *found.span()):
            yield Hit(name, *found.span())

    def _anchored(self, word: str) -> tuple[Anchor, ...]:
        """The lists to be tried where the word stands; mostly none, and that is remembered."""
        if (known := self._met.get(word)) is not None:
            return known
        if len(self._met) > MOST_REMEMBERED:
            self._met.clear()
            self._harmless.clear()
        found = set(self._anchors.get(word, ()))
        for beginning, anchors in self._open_anchors.items():
            if word.startswith(beginning):
                found |= anchors
        if self._names.may_begin(word):
            found.add((PERPETRATORS, 0))
        if not found:
            self._harmless.add(word)
        return self._met.setdefault(word, tuple(found))

    def _excepted(self, name: str, page: str, start: int, end: int) -> bool:
        pattern = self._exceptions[name]
        if pattern is _NOTHING:
            return False
        around = pattern.finditer(page, max(0, start - 60), end + 60)
        return any(each.start() <= start and end <= each.end() for each in around)


class KeptLexicons:
    """The lists of a library, made ready once for all libraries that have the same ones."""

    def __init__(self) -> None:
        self._raw: object = None
        self._lexicons = Lexicons({})

    def of(self, library: Library) -> Lexicons:
        raw = dict(library.lexicons)
        if raw != self._raw:
            self._raw, self._lexicons = raw, Lexicons(library.lexicons)
        return self._lexicons


def _places(word: str, page: str) -> Iterator[int]:
    """Where the word stands by itself."""
    at = page.find(word)
    while at >= 0:
        end = at + len(word)
        if not (page[at - 1 : at].isalnum() or page[end : end + 1].isalnum()):
            yield at
        at = page.find(word, end)


def _words_before(page: str, at: int, count: int) -> int:
    """Where the word begins that stands `count` words before a place; -1 where there is none."""
    if count == 0:
        return at
    before = [found.start() for found in _WORD.finditer(page, max(0, at - 20 * count), at)]
    return before[-count] if len(before) >= count else -1


def _plain(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if not line.startswith("!")]


def pattern_of(lines: Iterable[str]) -> re.Pattern[str]:
    """One expression for many lines, the longest that fits winning."""
    written = sorted({_tokens(line) for line in lines if words_of(line)})
    return re.compile(rf"(?<![^\W_]){_tree(written)}(?![^\W_])") if written else _NOTHING


def _tokens(line: str) -> tuple[str, ...]:
    """A line as the parts of an expression: letters, gaps between words, endings left open."""
    spaced = re.sub(GAP, " ", folded(line).strip())
    return tuple(GAP if c == " " else r"[^\W_]*" if c == "*" else re.escape(c) for c in spaced)


def _tree(written: Iterable[tuple[str, ...]]) -> str:
    """Lines that share a beginning share it in the expression too, so that each is tried once."""
    branches = []
    ends = False
    for first, same in groupby(written, key=lambda each: each[:1]):
        if first:
            branches.append(first[0] + _tree([each[1:] for each in same]))
        else:
            ends = True
    if not branches:
        return ""
    whole = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
    return f"{whole}?" if ends else whole


def _is_of_search(name: str) -> bool:
    return name in OF_SEARCH or name.startswith(("asking-", "concern-"))


def _lines(words: Words) -> tuple[str, ...]:
    return tuple(line for lines in words.values() for line in lines)
