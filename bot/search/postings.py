"""Which records have a word; shared from one index to the next as far as nothing changed."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable


class Postings(dict[str, "array[int]"]):
    """The numbers of the records that have a word, in order. Never changed, only copied."""

    def having(self, word: str) -> "array[int]":
        return self.get(word, NONE)


class Change:
    """Other postings in the making, which share with the old ones what stays as it was."""

    def __init__(self, before: Postings) -> None:
        self._after, self._own = Postings(before), set[str]()

    def drop(self, number: int, words: Iterable[str]) -> None:
        for word in words:
            numbers = self._having(word)
            del numbers[bisect_left(numbers, number)]

    def add(self, number: int, words: Iterable[str]) -> None:
        """For a record that is new: its number is above all that there were."""
        for word in words:
            self._having(word).append(number)

    def made(self) -> Postings:
        for word in self._own:
            if not self._after[word]:
                del self._after[word]
        return self._after

    def _having(self, word: str) -> "array[int]":
        """The numbers of a word, copied before they are first changed."""
        if word not in self._own:
            self._own.add(word)
            self._after[word] = array("I", self._after.get(word, NONE))
        return self._after[word]


NONE = array("I")


def has(numbers: "array[int]", number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number
