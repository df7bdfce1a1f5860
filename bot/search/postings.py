"""Which records have a word; shared from one index to the next as far as nothing changed."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping

Keys = Mapping[int, Iterable[str]]


class Postings(dict[str, "array[int]"]):
    """The numbers of the records that have a word, in order. Never changed, only copied."""

    def changed(self, gone: Keys, come: Keys) -> "Postings":
        """Without the words of the records `gone` and with those of `come`, whose numbers are new
        and in order: every one is above all that were ever given.
        """
        after, own = Postings(self), set[str]()
        for number, words in gone.items():
            for word in words:
                numbers = after._own(word, own)
                del numbers[bisect_left(numbers, number)]
        for number, words in come.items():
            for word in words:
                after._own(word, own).append(number)
        for word in own:
            if not after[word]:
                del after[word]
        return after

    def having(self, word: str) -> "array[int]":
        return self.get(word, NONE)

    def _own(self, word: str, own: set[str]) -> "array[int]":
        """The numbers of a word, copied before they are first changed."""
        if word not in own:
            own.add(word)
            self[word] = array("I", self.get(word, NONE))
        return self[word]


NONE = array("I")


def has(numbers: "array[int]", number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number
