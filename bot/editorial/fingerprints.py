"""Names that a public list can hold without spelling them out."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256

from bot.core.letters import words_of

FEWEST, MOST = 2, 4
"""Words of a name in the list of perpetrators."""

_WORD = re.compile(r"[^\W_]+")


def fingerprint(name: str) -> str:
    """How a perpetrator's name stands in its list: recognised when met, but not readable there."""
    words = words_of(name)
    if not FEWEST <= len(words) <= MOST:
        raise ValueError(f"{name!r}: give {FEWEST} to {MOST} words; one alone is anybody's name")
    return _fingerprint(" ".join(words))


_HINT, _REST = 4, 16


def _fingerprint(name: str) -> str:
    return _digest(name.split()[0])[:_HINT] + _digest(name)[:_REST]


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()


class Fingerprints:
    """Names known by fingerprint alone."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._known = frozenset(lines)
        self._hints = frozenset(line[:_HINT] for line in self._known)

    def may_begin(self, word: str) -> bool:
        """Whether a name on the list may begin with the word."""
        return _digest(word)[:_HINT] in self._hints

    def ends(self, page: str, at: int) -> Iterator[int]:
        """Where the names end that begin at a place of the page."""
        words = list(_WORD.finditer(page, at, at + 120))
        for count in range(FEWEST, min(MOST, len(words)) + 1):
            if _fingerprint(" ".join(each[0] for each in words[:count])) in self._known:
                yield words[count - 1].end()
