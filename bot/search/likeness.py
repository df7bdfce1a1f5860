"""How like a question is to the names of a record and to the ways in which people ask for it."""

from collections.abc import Callable
from typing import NamedTuple

from bot.search.meanings import Said

LENGTH = 0.65
"""How much of the likeness is that nothing else stands in the phrasing."""
USUALLY = 0.5
"""The power of the share of phrasings that have a word, of what it counts that it is usual."""


class Meant(NamedTuple):
    """A word of the question: the known words it may stand for, how alike each is, its weight."""

    near: dict[str, float]
    weight: float


class Like(NamedTuple):
    """How like the closest phrasing is, and how usual the question's words are in all (0 to 1)."""

    closest: float
    usual: float


class Phrasings:
    """The phrasings of one record by their words."""

    def __init__(self, spoken: tuple[Said, ...], weight: Callable[[str], float]) -> None:
        self._lengths = [sum(map(weight, said)) for said in spoken]
        self._having: dict[str, list[int]] = {}
        for number, said in enumerate(spoken):
            for word in said:
                self._having.setdefault(word, []).append(number)

    def like(self, question: list[Meant]) -> Like:
        total = sum(each.weight for each in question)
        shared = [0.0] * len(self._lengths)
        usual = 0.0
        for meant in question:
            mine: dict[int, float] = {}
            most = 0.0
            for word, likeness in meant.near.items():
                numbers = self._having.get(word, ())
                for number in numbers:
                    mine[number] = max(mine.get(number, 0.0), likeness)
                most = max(most, likeness * (len(numbers) / len(self._lengths)) ** USUALLY)
            for number, likeness in mine.items():
                shared[number] += likeness * meant.weight
            usual += most * meant.weight
        closest = max(
            (
                share / ((1 - LENGTH) * total + LENGTH * length)
                for share, length in zip(shared, self._lengths, strict=True)
                if share
            ),
            default=0.0,
        )
        return Like(min(1.0, closest), usual / total)
