"""Known words that a misspelt word may be meant for, without looking at all of them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

SHORTEST = 4
"""Letters that a word needs to be taken for another."""
SAME_SOUND, FAIR = 0.9, 0.55
"""How alike two words are that sound the same, as long as their letters are at least so alike."""
MOST = 4

_VOWELS = frozenset("aeiouyاویےعءۓ")
_SOUNDS = str.maketrans(
    {"q": "k", "c": "k", "w": "v", "z": "s", "x": "s", "f": "p"}
    | dict.fromkeys("صث", "س") | dict.fromkeys("ذضظ", "ز")
    | {"ط": "ت", "ٹ": "ت", "ڈ": "د", "ڑ": "ر", "ق": "ک", "غ": "گ", "ح": "ہ", "ں": "ن"}
)  # fmt: skip


def sound_of(word: str) -> str:
    """How a word sounds, roughly: "qalandar" is "kalander", "safoora" "safura", "صفورہ" "صفورا".

    Letters that Roman Urdu mixes up are one; vowels count at the beginning alone, and an h nowhere
    but there.
    """
    letters = [letter for letter, _ in groupby(word.translate(_SOUNDS))]
    first = _first(word)
    rest = (letter for letter in letters[1:] if letter not in _VOWELS and letter not in "hہ")
    return "".join(letter for letter, _ in groupby((first, *rest)))


class Spellings:
    """Words by their first letter and length, and by how they sound. Never changed, only copied."""

    def __init__(self, places: dict[str, tuple[str, ...]] | None = None) -> None:
        self._places = places or {}

    def changed(
        self, gone: Iterable[str], come: Iterable[str], by_sound: bool = True
    ) -> "Spellings":
        leaving, coming = _by_place(gone, by_sound), _by_place(come, by_sound)
        after = dict(self._places)
        for place in leaving.keys() | coming.keys():
            left = frozenset(leaving.get(place, ()))
            stay = (word for word in after.get(place, ()) if word not in left)
            after[place] = (*stay, *coming.get(place, ()))
        return Spellings(after)

    def near(self, word: str, least: float) -> dict[str, float]:
        """Some words that `word` may be meant for, and how alike each is (`least` to 1)."""
        if not _may_be_misspelt(word):
            return {}
        scorer = DamerauLevenshtein.normalized_similarity
        sound = sound_of(word)
        same = self._places.get(sound, ()) if len(sound) > 1 else ()
        alike = process.extract(word, same, scorer=scorer, score_cutoff=FAIR, limit=MOST)
        near = {found: max(SAME_SOUND, likeness) for found, likeness, _ in alike}
        for place in _neighbours(word):
            words = self._places.get(place, ())
            alike = process.extract(word, words, scorer=scorer, score_cutoff=least, limit=MOST)
            for found, likeness, _ in alike:
                near.setdefault(found, likeness)
        return near


def _may_be_misspelt(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def _by_place(words: Iterable[str], by_sound: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in filter(_may_be_misspelt, words):
        found.setdefault(f"{_first(word)}{len(word)}", []).append(word)
        if by_sound:
            found.setdefault(sound_of(word), []).append(word)
    return found


def _first(word: str) -> str:
    first = word[0].translate(_SOUNDS)
    return "a" if first in _VOWELS else first


def _neighbours(word: str) -> Iterator[str]:
    """Where words stand that are a letter or two longer or shorter."""
    first, length = _first(word), len(word)
    reach = 1 if length < 8 else 2
    return (f"{first}{other}" for other in range(length - reach, length + reach + 1))
