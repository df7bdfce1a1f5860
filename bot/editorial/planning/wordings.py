"""How alike two texts are, without keeping either."""

from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

from bot.core.letters import words_of
from bot.core.prose import without_citations

RUN = 3
"""Words that are compared at a time."""
MOST = 64
"""Marks that stand for a text however long it is: the least of those of its runs of words."""


class Sketch(NamedTuple):
    """`exact` is the same for the same words, however they are spelt; `marks` are a sample."""

    exact: int
    marks: frozenset[int]

    def likeness(self, other: "Sketch", at_least: float = 0) -> float:
        """From 0 to 1: about the share of runs of words that both have; 0 below `at_least`."""
        if self.exact == other.exact:
            return 1.0
        both = self.marks & other.marks
        if len(both) < at_least * max(len(self.marks), len(other.marks)):
            return 0.0  # the share is lower still: quickly told, and so of nearly every pair
        least = sorted(self.marks | other.marks)[:MOST]
        share = sum(mark in both for mark in least) / len(least)
        return share if share >= at_least else 0.0


def sketch(text: str) -> Sketch:
    words = words_of(without_citations(text))
    runs = {" ".join(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))}
    whole = blake2b(" ".join(words).encode(), digest_size=6)
    marks = sorted(crc32(run.encode()) for run in runs)[:MOST]
    return Sketch(int.from_bytes(whole.digest()), frozenset(marks))


UNREAD = sketch("")
"""Of a text that nobody asks for."""
