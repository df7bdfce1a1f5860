"""Lines of a word list that are looked for in the words of a question.

`a/b` in a line is one word or the other, `a*` any ending, `...` up to four words between, `@name`
any word of the list `name`. `^` is the beginning of the question and `$` its end. What `&` joins
may stand anywhere, in any order. A line that begins with `!` excepts: a question in which it stands
is not meant.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from bot.core.letters import folded, words_of
from bot.core.records import Words

MOST_BETWEEN = 4

Lists = Mapping[str, Words]


def lines_of(lists: Lists, name: str) -> tuple[str, ...]:
    """Every line of a list; a list that nobody has written has none."""
    return tuple(line for lines in lists.get(name, {}).values() for line in lines)


def words_in(lists: Lists, name: str) -> frozenset[str]:
    """Every word of a list."""
    return frozenset(word for line in lines_of(lists, name) for word in words_of(line))


class Step(NamedTuple):
    words: frozenset[str]
    beginnings: tuple[str, ...]
    far: bool
    """Whether other words may stand before it."""

    def fits(self, word: str) -> bool:
        return word in self.words or word.startswith(self.beginnings)


class Line(NamedTuple):
    steps: tuple[Step, ...]
    from_start: bool
    to_end: bool

    def stands_in(self, words: tuple[str, ...]) -> bool:
        first = self.steps[0]
        return any(first.fits(word) and self.stands_at(words, i) for i, word in enumerate(words))

    def stands_at(self, words: tuple[str, ...], at: int) -> bool:
        return (at == 0 or not self.from_start) and self._goes_on(words, at + 1, 1)

    def _goes_on(self, words: tuple[str, ...], at: int, number: int) -> bool:
        if number == len(self.steps):
            return at == len(words) or not self.to_end
        step = self.steps[number]
        reach = range(at, min(len(words), at + 1 + (MOST_BETWEEN if step.far else 0)))
        return any(step.fits(words[i]) and self._goes_on(words, i + 1, number + 1) for i in reach)


class Phrases:
    """The lines of one list, looked up by their first word."""

    def __init__(self, lists: Lists, name: str) -> None:
        lines = lines_of(lists, name)
        self._meant = _Lines((each for each in lines if not each.startswith("!")), lists)
        self._excepted = _Lines((each[1:] for each in lines if each.startswith("!")), lists)

    def stand_in(self, words: tuple[str, ...]) -> bool:
        """Whether a line stands in these folded words, and none that excepts."""
        return self._meant.any_in(words) and not self._excepted.any_in(words)


class _Lines:
    def __init__(self, lines: Iterable[str], lists: Lists) -> None:
        self._by_word: dict[str, list[tuple[Line, ...]]] = {}
        self._by_beginning: dict[str, list[tuple[Line, ...]]] = {}
        for line in lines:
            parts = tuple(_line(part, lists) for part in line.split("&"))
            for word in parts[0].steps[0].words:
                self._by_word.setdefault(word, []).append(parts)
            for beginning in parts[0].steps[0].beginnings:
                self._by_beginning.setdefault(beginning, []).append(parts)
        self._beginnings = tuple(self._by_beginning)

    def any_in(self, words: tuple[str, ...]) -> bool:
        return any(
            parts[0].stands_at(words, at) and all(part.stands_in(words) for part in parts[1:])
            for at, word in enumerate(words)
            for parts in self._starting_with(word)
        )

    def _starting_with(self, word: str) -> Iterable[tuple[Line, ...]]:
        yield from self._by_word.get(word, ())
        if word.startswith(self._beginnings):
            for beginning, lines in self._by_beginning.items():
                if word.startswith(beginning):
                    yield from lines


def _line(line: str, lists: Lists) -> Line:
    parts = line.split()
    steps, far = [], False
    for part in parts:
        if part == "...":
            far = True
        elif part not in ("^", "$"):
            steps.append(_step(part, lists, far))
            far = False
    return Line(tuple(steps), parts[0] == "^", parts[-1] == "$")


def _step(part: str, lists: Lists, far: bool) -> Step:
    words, beginnings = set[str](), []
    for each in part.split("/"):
        if each.startswith("@"):
            words |= words_in(lists, each[1:])
        elif each.endswith("*"):
            beginnings.append(folded(each[:-1]))
        else:
            words.add(folded(each))
    return Step(frozenset(words), tuple(beginnings), far)
