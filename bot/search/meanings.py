"""One word for all that mean the same: "mazar", "dargah" and "درگاہ" are a shrine."""

from collections.abc import Iterable

from bot.core.letters import words_of
from bot.search.spelling import Spellings, sound_of

Said = tuple[str, ...]

MEANINGS = "meanings"
"""The list: a line is `shrine = mazar = درگاہ`, each a word or some words; the first is for all."""


LIKE = 0.85
"""How alike (Damerau-Levenshtein) a misspelt word must be to one of the list."""


class Meanings:
    def __init__(self, lines: Iterable[str]) -> None:
        self._of_one: dict[str, str] = {}
        self._of_some: dict[str, dict[Said, str]] = {}
        self._heard: dict[str, dict[Said, str]] = {}
        some: list[tuple[Said, str]] = []
        for line in lines:
            same = [words for each in line.split("=") if (words := words_of(each))]
            for words in same:
                if len(words) == 1:
                    self._of_one[words[0]] = "".join(same[0])
                else:
                    some.append((words, "".join(same[0])))
        for words, head in some:
            for known in (words, self._each(words)):
                self._of_some.setdefault(known[0], {})[known] = head
                heard = tuple(map(_heard, known))
                self._heard.setdefault(heard[0], {})[heard] = head
        for lines_of_word in (*self._of_some.values(), *self._heard.values()):
            longest_first = sorted(lines_of_word.items(), key=lambda each: -len(each[0]))
            lines_of_word.clear()
            lines_of_word.update(longest_first)
        self._spellings = Spellings().changed((), self._of_one)

    def of(self, words: Said) -> Said:
        """The words, with one for each that the list has others for; the longest line wins."""
        return self._each(self._replaced(words, words, self._of_some))

    def of_question(self, words: Said) -> Said:
        """The same for what somebody typed, where several words need only sound like a line."""
        words = self._replaced(words, tuple(map(_heard, words)), self._heard)
        meant = self._each(words)
        return self._replaced(meant, tuple(map(_heard, meant)), self._heard)

    def _each(self, words: Said) -> Said:
        return tuple(map(self._of_one.get, words, words))

    def nearest(self, word: str) -> str:
        """What a misspelt word means, or the word itself where none is like it."""
        near = self._spellings.near(word, LIKE)
        return self._of_one[max(near, key=lambda known: near[known])] if near else word

    @staticmethod
    def _replaced(words: Said, heard: Said, some: dict[str, dict[Said, str]]) -> Said:
        if some.keys().isdisjoint(heard):
            return words
        said, at = list[str](), 0
        while at < len(words):
            for line, head in some.get(heard[at], {}).items():
                if heard[at : at + len(line)] == line:
                    said.append(head)
                    at += len(line)
                    break
            else:
                said.append(words[at])
                at += 1
        return tuple(said)


def _heard(word: str) -> str:
    """Short words are too alike by their sound."""
    return sound_of(word) if len(word) > 3 else word
