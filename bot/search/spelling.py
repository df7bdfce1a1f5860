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
    first = "a" if letters[0] in _VOWELS else letters[0]
    rest = (letter for letter in letters[1:] if letter not in _VOWELS and letter not in "hہ")
    return "".join(letter for letter, _ in groupby((first, *rest)))


class Spellings:
    """Words by how they sound, and by their first sound and length. Never changed, only copied."""

    def __init__(self, places: dict[str, tuple[str, ...]] | None = None) -> None:
        self._places = places or {}

    def changed(self, gone: Iterable[str], come: Iterable[str]) -> "Spellings":
        leaving, coming = _by_place(gone), _by_place(come)
        after = dict(self._places)
        for place in leaving.keys() | coming.keys():
            stay = tuple(w for w in after.get(place, ()) if w not in leaving.get(place, ()))
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
        for place in _neighbours(sound[0], len(word)):
            words = self._places.get(place, ())
            alike = process.extract(word, words, scorer=scorer, score_cutoff=least, limit=MOST)
            for found, likeness, _ in alike:
                near.setdefault(found, likeness)
        return near


def _may_be_misspelt(word: str) -> bool:
    return len(word) >= SHORTEST and not any(letter.isdigit() for letter in word)


def _by_place(words: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word in filter(_may_be_misspelt, words):
        sound = sound_of(word)
        for place in (sound, f"{sound[0]}{len(word)}"):
            found.setdefault(place, []).append(word)
    return found


def _neighbours(first: str, length: int) -> Iterator[str]:
    """Where words stand that are a letter or two longer or shorter."""
    reach = 1 if length < 8 else 2
    return (f"{first}{other}" for other in range(length - reach, length + reach + 1))
