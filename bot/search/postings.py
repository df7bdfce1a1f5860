"""Which records have a word; shared from one index to the next as far as nothing changed."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, KeysView


class Postings(dict[str, "array[int]"]):
    """The numbers of the records that have a word, in order. Never changed, only copied."""

    def having(self, word: str) -> "array[int]":
        return self.get(word, NONE)


class Change:
    """Other postings in the making, which share with the old ones what stays as it was."""

    def __init__(self, before: Postings) -> None:
        self._before, self._own = before, _Copies(before)

    def drop(self, number: int, words: Iterable[str]) -> None:
        for word in words:
            numbers = self._own[word]
            del numbers[bisect_left(numbers, number)]

    def add(self, number: int, words: Iterable[str]) -> None:
        """For a record that is new: its number is above all that there were."""
        own = self._own
        for word in words:
            own[word].append(number)

    def made(self) -> Postings:
        after = Postings(self._before)
        after.update(self._own)
        for word, numbers in self._own.items():
            if not numbers:
                del after[word]
        return after


class _Copies(dict[str, "array[int]"]):
    """The numbers of a word are copied when they change for the first time."""

    def __init__(self, before: Postings) -> None:
        self._before = before

    def __missing__(self, word: str) -> "array[int]":
        copied = self[word] = array("I", self._before.get(word, NONE))
        return copied


NONE = array("I")


def has(numbers: "array[int]", number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def among(numbers: "array[int]", known: KeysView[int]) -> Iterable[int]:
    """Which of the numbers are known already."""
    if len(numbers) <= DENSE * len(known):
        return known & set(numbers)
    return [number for number in known if has(numbers, number)]


DENSE = 8
"""So many times as many numbers, and looking up each known one is faster."""
